"""A scenario file, read: who does what, who hears what, line by line; README.md has the words."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.harness.house import NIGHT

ACTS = {
    "family": (
        "opens says taps sends edits shares_number blocks returns hears hears_card hears_nothing "
        "never_hears offered"
    ).split(),
    "coordinator": (
        "says taps acknowledges resolves gets reads gets_nothing never_gets offered"
    ).split(),
    "group": ["gets", "gets_nothing", "never_gets", "offered"],
}
"""What each kind of speaker can do; one of them a line."""
BESIDE = {"with", "without", "offered", "not_offered", "on", "before"}
"""What may stand beside the act."""
HOUSE = {"after", "outage", "restart"}
"""What happens to the house; alone on its line."""
TOP = {"title", "source", "language", "staff_language", "begins", "known", "steps"}
KNOWN = "reporter name form under_5 country ward_phone day_1 on_ward previous_transplant".split()
"""What a family may have told in the set-up before the scenario begins, in the order asked."""
UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


class NotAScenario(ValueError):
    """A scenario that cannot be read, and where."""


@dataclass(frozen=True)
class Line:
    """One line: a speaker, an act, and what stands beside it."""

    number: int
    kind: str
    """family, coordinator, group or house."""
    who: str
    act: str
    value: Any
    beside: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"line {self.number}: {self.who or 'the house'} {self.act} {self.value!r}"

    def all(self, name: str) -> tuple[str, ...]:
        """What stands beside the act under this name: one text or several."""
        return texts(self.beside.get(name, ()))


@dataclass(frozen=True)
class Script:
    """A whole scenario."""

    title: str
    source: str
    language: str
    """Of the families' own clients."""
    staff_language: str
    begins: datetime
    known: Mapping[str, Mapping[str, str]]
    lines: tuple[Line, ...]


def texts(value: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """One text or several, as several."""
    return (value,) if isinstance(value, str) else tuple(value)


def span(written: str) -> timedelta:
    """A duration such as ``15m``."""
    return timedelta(**{UNITS[written[-1]]: int(written[:-1])})


def read_script(path: Path) -> Script:
    """Read a scenario; NotAScenario names what is wrong with it."""
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    if strange := set(raw) - TOP:
        raise NotAScenario(f"{path.name}: unknown {sorted(strange)}")
    known = raw.get("known", {})
    for who, told in known.items():
        if strange := set(told) - set(KNOWN):
            raise NotAScenario(f"{path.name}: {who}: unknown {sorted(strange)}")
    return Script(
        title=raw["title"],
        source=raw["source"],
        language=raw.get("language", "en"),
        staff_language=raw.get("staff_language", raw.get("language", "en")),
        begins=raw.get("begins", NIGHT).astimezone(UTC),
        known=known,
        lines=tuple(_line(n, entry) for n, entry in enumerate(raw["steps"], 1)),
    )


def _line(number: int, entry: Mapping[str, Any]) -> Line:
    kind = next((kind for kind in ACTS if kind in entry), "house")
    rest = {name: value for name, value in entry.items() if name != kind}
    possible = ACTS.get(kind, HOUSE)
    act = next((name for name in rest if name in possible), "")
    beside = {name: value for name, value in rest.items() if name != act}
    if not act or set(beside) - (BESIDE if kind != "house" else set()):
        raise NotAScenario(f"line {number}: {dict(entry)}")
    return Line(number, kind, str(entry.get(kind, "")), act, rest[act], beside)
