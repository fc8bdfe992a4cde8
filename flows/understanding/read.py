"""What one message says: readings, findings and signs named, and commands."""

from __future__ import annotations

from dataclasses import dataclass, field

from flows.protocol import Range
from flows.understanding.lexicon import Lexicon
from flows.understanding.number import Temperatures, read_temperatures


@dataclass(frozen=True)
class Understood:
    """The meaning of a message, each part with certainty of its own."""

    temperatures: Temperatures = field(default_factory=Temperatures)
    finding: str = ""
    """The message is the plain name of this finding, and nothing else."""
    sign: str = ""
    command: str = ""
    proposed: tuple[str, ...] = ()
    """Findings named within a longer message: put back to the family before they count."""

    @property
    def dangerous(self) -> bool:
        """Whether it may not wait: it names a finding, a sign or a temperature."""
        return bool(self.finding or self.sign or self.proposed or self.temperatures.celsius)


def understand(written: str, lexicon: Lexicon, readable: Range) -> Understood:
    """Read a message; pure, and the same for the same words always."""
    kind, _, named = lexicon.named(written).partition(":")
    mentioned = [what.partition(":") for what in lexicon.mentions(written)] if not named else []
    return Understood(
        temperatures=read_temperatures(written, lexicon, readable),
        finding=named if kind == "finding" else "",
        sign=named if kind == "sign" else _first(mentioned, "sign"),
        command=named if kind == "command" else "",
        proposed=tuple(id for sort, _, id in mentioned if sort == "finding"),
    )


def _first(mentioned: list[tuple[str, str, str]], kind: str) -> str:
    return next((id for sort, _, id in mentioned if sort == kind), "")
