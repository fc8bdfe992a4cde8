"""What happened in a turn, in the past tense; each is written to the journal."""

from __future__ import annotations

from dataclasses import dataclass

from flows.record import Record
from flows.urgency import Urgency


@dataclass(frozen=True)
class AssessmentOpened:
    """A run of the protocol began."""

    assessment_id: int


@dataclass(frozen=True)
class Recorded:
    """A record was added to an assessment."""

    assessment_id: int
    record: Record


@dataclass(frozen=True)
class AssessmentClosed:
    """A run of the protocol ended."""

    assessment_id: int
    why: str


@dataclass(frozen=True)
class Moved:
    """The conversation went from one state to another."""

    source: str
    trigger: str
    target: str


@dataclass(frozen=True)
class PersonChanged:
    """Something about a person, or the patient, was learned; names only, never the value."""

    fields: tuple[str, ...]


@dataclass(frozen=True)
class PageTriggered:
    """A page was opened, or fell back to triggered."""

    page_id: int
    level: Urgency
    why: str


@dataclass(frozen=True)
class PageRaised:
    """An open page rose to a higher level, or was raised again."""

    page_id: int
    level: Urgency
    why: str


@dataclass(frozen=True)
class StepAlerted:
    """A step of the policy was alerted."""

    page_id: int
    round: int
    step: int
    urns: tuple[str, ...]


@dataclass(frozen=True)
class StepSkipped:
    """A step had no working address."""

    page_id: int
    role: str
    why: str


@dataclass(frozen=True)
class PageAcknowledged:
    """A named person has the page."""

    page_id: int
    coordinator: int
    name: str


@dataclass(frozen=True)
class PageProgressed:
    """The holder did something: called, replied, asked for a number."""

    page_id: int
    coordinator: int
    what: str


@dataclass(frozen=True)
class PageHandedOn:
    """A holder offered the page to another, or the other took it."""

    page_id: int
    giver: int
    taker: int
    accepted: bool


@dataclass(frozen=True)
class PageResolved:
    """A page was ended by a person."""

    page_id: int
    coordinator: int
    resolution: str


@dataclass(frozen=True)
class FamilyTold:
    """The family was told something about the page."""

    page_id: int
    what: str


@dataclass(frozen=True)
class Refused:
    """Somebody without rights was turned away."""

    urn: str


Event = (
    AssessmentOpened
    | Recorded
    | AssessmentClosed
    | Moved
    | PersonChanged
    | PageTriggered
    | PageRaised
    | StepAlerted
    | StepSkipped
    | PageAcknowledged
    | PageProgressed
    | PageHandedOn
    | PageResolved
    | FamilyTold
    | Refused
)
