"""The vignettes, and what the protocol says of each: by the code path of `main.py assess`."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from pathlib import Path

from bot.case import read_case
from data.folder import CONTENT, PROTOCOL
from data.protocol import read_protocol
from flows.facts import Facts
from flows.judgement import Judgement, judge
from flows.protocol import Protocol
from flows.urgency import Urgency

FOLDERS = ("vignettes", "vignettes_over_time")


@dataclass(frozen=True)
class Vignette:
    """A case with the urgency that it must be given."""

    title: str
    findings: dict[str, object]
    context: dict[str, object]
    unsure: tuple[str, ...]
    urgency: Urgency
    source: str
    names: frozenset[str] = frozenset()
    """Ids that the criteria which held, at routine or above, must speak of."""
    over_time: dict[str, object] = field(default_factory=dict)

    def facts(self, protocol: Protocol) -> Facts:
        """What is known in this case."""
        facts = read_case(protocol, self.context, self.findings, self.unsure)
        return replace(facts, **self.over_time)  # type: ignore[arg-type]

    def judged(self, protocol: Protocol) -> Judgement:
        """What the protocol says of it."""
        return judge(protocol, self.facts(protocol))

    def wrong(self, protocol: Protocol) -> str:
        """What is wrong with the judgement; empty when nothing is."""
        judgement = self.judged(protocol)
        if judgement.urgency is not self.urgency:
            return f"{self.title!r} is judged {judgement.urgency}, not {self.urgency}"
        weighty = [h for h in judgement.held if h.criterion.urgency >= Urgency.routine]
        silent = self.names - {id for held in weighty for id in held.evidence}
        return f"{self.title!r}: no criterion speaks of {sorted(silent)}" if silent else ""


@cache
def protocol() -> Protocol:
    """The protocol as it is shipped."""
    return read_protocol(CONTENT / PROTOCOL)


@cache
def vignettes() -> tuple[Vignette, ...]:
    """Every vignette of the folders."""
    here = Path(__file__).parent
    files = [path for folder in FOLDERS for path in sorted((here / folder).glob("*.toml"))]
    return tuple(vignette for path in files for vignette in _read(path))


def _read(path: Path) -> Iterator[Vignette]:
    content = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    for entry in content["vignette"]:
        persisting = entry.pop("persisting", None)
        lasting = {} if persisting is None else {"persisting": frozenset(persisting)}
        flags = {key: entry.pop(key) for key in ("second_grey", "reading_overdue") if key in entry}
        yield Vignette(
            urgency=Urgency(entry.pop("urgency")),
            unsure=tuple(entry.pop("unsure")),
            names=frozenset(entry.pop("names", ())),
            over_time={**flags, **lasting},
            **entry,
        )
