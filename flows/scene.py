"""All that one turn may read: the person, the patient, the running assessment, the open page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flows.page import Page
from flows.person import Patient, Person
from flows.record import Record
from flows.team import EMPTY_TEAM, Coordinator, Team


@dataclass(frozen=True)
class Assessment:
    """One run of the protocol, as its records tell it."""

    id: int
    patient_id: int
    person_id: int
    """Who began it."""
    opened_at: datetime
    protocol: str
    """The stamp of the protocol it was opened under."""
    records: tuple[Record, ...] = ()
    last_input_at: datetime | None = None
    closed_at: datetime | None = None
    closed_why: str = ""


@dataclass(frozen=True)
class Screen:
    """What a person was last shown to choose from."""

    serial: int = 0
    """Grows with each new screen; a tap that carries another is stale."""
    tokens: tuple[str, ...] = ()
    """The choices in the order shown, so that "reply 1 4" can be read."""
    labels: tuple[str, ...] = ()
    """The text ids of their labels, so that a typed "yes" can be read."""


@dataclass(frozen=True)
class Conversation:
    """A conversation with a person: where it stands and what was shown."""

    id: int
    person_id: int
    state: str = "first_contact"
    """The stored state of the machine; on load it must agree with the derived one."""
    screen: Screen = Screen()
    expecting: str = ""
    """The set-up field that the next typed text answers; empty when none."""
    disclaimed_at: datetime | None = None
    setup_step: str = ""
    aside: str = ""
    """Where the person went beside the running assessment: home, or nowhere."""
    last_input_at: datetime | None = None
    offered_at: datetime | None = None
    """When the set-up was offered after an outcome: once."""
    started_at: datetime | None = None
    """When the first message was answered."""
    offered_language: str = ""
    """The language last offered to somebody who wrote in it: each is offered once in a row."""


@dataclass(frozen=True)
class Scene:
    """What the store loads for one input, and saves after it."""

    person: Person
    patient: Patient
    conversation: Conversation
    assessment: Assessment | None
    """The open one, if any."""
    past: tuple[Assessment, ...]
    """The patient's assessments closed within the last 72 hours, oldest first."""
    page: Page | None
    """The patient's open page; for a page without patient, that page."""
    resolved: tuple[Page, ...]
    """The patient's pages resolved within the last 24 hours."""
    carers: tuple[Person, ...]
    """Everybody who shares the patient, the person included."""
    team: Team = EMPTY_TEAM
    open_pages: tuple[Page, ...] = ()
    """All open pages: loaded for a coordinator's act only."""
    actor: Coordinator | None = None
    """The coordinator whose act this is."""
    next_assessment_id: int = 1
    next_page_id: int = 1
