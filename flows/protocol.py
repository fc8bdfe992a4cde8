"""A treatment's protocol: the findings, signs, contexts, criteria and advice, as content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum, StrEnum
from functools import cached_property

from flows.criteria import Criterion, Rule, Vocabulary, compile_rule
from flows.measure import Measure
from flows.rulebook import Rulebook, arrange

__all__ = [
    "Advice",
    "AskedAt",
    "Context",
    "Criterion",
    "Finding",
    "Kind",
    "Measure",
    "Protocol",
    "Range",
    "Sign",
    "SweepLine",
]

BESIDE = "beside"
"""Where the findings beside the seven signs are filed."""


class Kind(Enum):
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
    unsure_means: str = ""
    """The finding that "not sure", or a reading that no thermometer can show, stands for; empty
    unless the kind is temperature."""
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


class AskedAt(StrEnum):
    """When a context is asked for."""

    when_it_matters = "when_it_matters"
    at_the_end = "at_the_end"
    in_set_up = "in_set_up"
    never = "never"
    """The house counts it itself."""


@dataclass(frozen=True)
class Context:
    """Something about the course, asked only when it matters."""

    id: str
    kind: Kind
    question: str
    source: str
    asked: AskedAt
    choices: tuple[str, ...] = ()
    """What may be answered, when the kind is choice."""
    unsure_as: int | None = None
    """The count that "not sure" stands for; None unless the kind is count."""


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
    grey: tuple[Decimal, Decimal]
    """Degrees Celsius, from and below: readings that are neither fever nor normal."""
    findings: Mapping[str, Finding]
    signs: Mapping[str, Sign]
    contexts: Mapping[str, Context]
    criteria: tuple[Criterion, ...]
    sweep: tuple[SweepLine, ...]
    advice: tuple[Advice, ...]
    alarm: str = ""
    """The finding that the first button of home says; it stands on no screen."""
    at_once: tuple[str, ...] = ()
    """The plainly life-threatening findings: typed in a message of any length, they count at
    once."""
    measures: tuple[Measure, ...] = ()
    """What numbers in a message mean; of those that share a name the gravest first."""
    sources: Mapping[str, str] = field(default_factory=dict)
    """Source tag -> what it stands for."""
    digest: str = ""
    """SHA-256 of the file it was read from."""

    @property
    def stamp(self) -> str:
        """The name that every result carries: ``clofarabine 1 (3f9a0c12)``."""
        return f"{self.id} {self.version} ({self.digest[:8]})"

    def measured(self, said: str, numbers: tuple[Decimal, ...]) -> str:
        """The finding that a number means, by what it measures; empty where it means none."""
        rows = (row for row in self.measures if row.said == said)
        return next((row.finding for row in rows if row.holds(numbers)), "")

    @cached_property
    def seven(self) -> tuple[str, ...]:
        """The ids of the signs of the clinic's seven criteria, in the table's order."""
        return tuple(dict.fromkeys(f.sign for f in self.findings.values() if f.sign != BESIDE))

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The ids that a criterion may name."""
        contexts = self.contexts.values()
        return Vocabulary(
            plain=self._of_kind(Kind.yes_no),
            counts=self._of_kind(Kind.count),
            temperatures=self._of_kind(Kind.temperature),
            contexts=frozenset(c.id for c in contexts if c.kind is not Kind.count),
            counted_contexts=frozenset(c.id for c in contexts if c.kind is Kind.count),
            signs={sign: self._filed_under(sign) for sign in (*self.seven, BESIDE)},
            implied={id: self._implied(id) for id, f in self.findings.items() if f.implies},
        )

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The criteria made ready to be tested; CriterionError when one cannot be read."""
        return tuple(
            compile_rule(place, criterion, self.vocabulary)
            for place, criterion in enumerate(self.criteria)
        )

    @cached_property
    def rulebook(self) -> Rulebook:
        """The rules arranged for judging."""
        return arrange(self.rules)

    @cached_property
    def order(self) -> Mapping[str, int]:
        """Id -> its place: the findings and then the contexts, as the content lists them."""
        return {id: place for place, id in enumerate((*self.findings, *self.contexts))}

    def _of_kind(self, kind: Kind) -> frozenset[str]:
        return frozenset(id for id, finding in self.findings.items() if finding.kind is kind)

    def _filed_under(self, sign: str) -> frozenset[str]:
        return frozenset(id for id, finding in self.findings.items() if finding.sign == sign)

    def _implied(self, id: str) -> frozenset[str]:
        found: set[str] = set()
        ahead = list(self.findings[id].implies)
        while ahead:
            truth = ahead.pop()
            if truth not in found:
                found.add(truth)
                ahead.extend(self.findings[truth].implies)
        return frozenset(found)
