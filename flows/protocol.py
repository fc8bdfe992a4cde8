"""A treatment's protocol: the findings, signs, contexts, criteria and advice, as content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from flows.urgency import Urgency


class Kind(StrEnum):
    """What answers a finding or a context takes."""

    yes_no = "yes_no"
    count = "count"
    temperature = "temperature"
    choice = "choice"


@dataclass(frozen=True)
class Finding:
    """One fact about the patient."""

    id: str
    sign: str
    """The group the decision table files it under: fever faint breathing liver bleeding urine
    change, or beside."""
    kind: Kind
    label: str
    """At most 24 characters: the button, in English."""
    means: str
    """One line of the family's words, in English."""
    source: str
    implies: tuple[str, ...] = ()
    """Findings that are true whenever this one is: they never count as another."""
    unsure_as: int | None = None
    """The count that "not sure" stands for; None unless the kind is count."""
    bands: tuple[int, ...] = ()
    """Lower ends of the count's bands, as choices on the screen."""


@dataclass(frozen=True)
class Sign:
    """A screen: the findings that a family looks for together, worst first."""

    id: str
    label: str
    means: str
    findings: tuple[str, ...]
    menu: str
    """Where it is reached from: home, or something_else."""


@dataclass(frozen=True)
class Context:
    """Something about the course, asked only when it matters."""

    id: str
    kind: Kind
    question: str
    source: str


@dataclass(frozen=True)
class SweepLine:
    """One line of the sweep: what can be seen; a denied line denies all of its findings."""

    id: str
    screen: int
    means: str
    label: str
    opens: str
    """The sign whose screen a ticked or doubtful line opens."""
    findings: tuple[str, ...]


@dataclass(frozen=True)
class Advice:
    """What to do until help comes, for any of these findings."""

    id: str
    findings: tuple[str, ...]
    means: str
    source: str


@dataclass(frozen=True)
class Criterion:
    """The condition that gives an urgency, with its source."""

    id: str
    urgency: Urgency
    when: Mapping[str, object]
    source: str
    recheck: timedelta | None = None
    """Ask for the reading again after this long, when the criterion holds alone."""


@dataclass(frozen=True)
class Range:
    """What a thermometer can show, in degrees Celsius; outside it a reading is no reading."""

    lowest: Decimal
    highest: Decimal


@dataclass(frozen=True)
class Protocol:
    """Everything that one treatment's triage knows."""

    id: str
    version: str
    source: str
    readable: Range
    findings: Mapping[str, Finding]
    signs: Mapping[str, Sign]
    contexts: Mapping[str, Context]
    criteria: tuple[Criterion, ...]
    sweep: tuple[SweepLine, ...]
    advice: tuple[Advice, ...]
    digest: str = ""
    """SHA-256 of the file it was read from."""
    reviewed: Mapping[str, str] = field(default_factory=dict)

    @property
    def stamp(self) -> str:
        """The name that every result carries: ``clofarabine 1 (3f9a0c12)``."""
        return f"{self.id} {self.version} ({self.digest[:8]})"

    @cached_property
    def seven(self) -> tuple[str, ...]:
        """The ids of the signs of the clinic's seven criteria, in the table's order."""
        return tuple(dict.fromkeys(f.sign for f in self.findings.values() if f.sign != "beside"))
