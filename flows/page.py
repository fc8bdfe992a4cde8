"""The urgent case put to coordinators: triggered, acknowledged by a named person, resolved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from flows.urgency import Urgency


class PageState(StrEnum):
    """Where a page stands."""

    triggered = "triggered"
    acknowledged = "acknowledged"
    resolved = "resolved"


class Resolution(StrEnum):
    """How a page ended."""

    reached = "reached"
    sent_to_hospital = "sent_to_hospital"
    advised = "advised"
    known_to_the_team = "known_to_the_team"
    false_alarm = "false_alarm"
    done = "done"
    """A fault or a drill was seen to."""


class Reason(StrEnum):
    """Why a page exists."""

    findings = "findings"
    unfinished = "unfinished"
    not_reached = "not_reached"
    asked_for = "asked_for"
    fault = "fault"
    drill = "drill"


@dataclass(frozen=True)
class Step:
    """One step of the policy: whom to alert, how long after the round began."""

    role: str
    """on_call, second, group or supervisor."""
    after: timedelta


@dataclass(frozen=True)
class Policy:
    """The escalation policy of one level, frozen into the page when it is triggered."""

    level: Urgency
    steps: tuple[Step, ...]
    repeat: timedelta
    """From the last step to the first of the next round."""
    tell_family: timedelta
    """When the family hears that nobody has answered yet."""
    version: str = ""


@dataclass(frozen=True)
class PageWaits:
    """The delays of every page beside those of its policy, as content."""

    progress: timedelta
    """From an acknowledgement, call, reply or hand-on to triggered again."""
    hand_on: timedelta
    """How long the giver keeps a page that was offered to another."""
    everyone: timedelta
    """From alerting who has it to alerting everyone, when a page rises."""
    drill: timedelta
    """How long a drill stays open."""
    known: timedelta
    """How long findings that the team resolved as known stay known."""
    night_from: time
    night_until: time
    """A page of same day rings nobody between these, on the clinic's clock."""


@dataclass(frozen=True)
class Page:
    """One case in the coordinators' hands; a patient has at most one open."""

    id: int
    patient_id: int | None
    """None for a fault or a drill, which concern no patient."""
    reason: Reason
    cause: str
    """Names a fault's cause, so that one cause opens one page; empty otherwise."""
    level: Urgency
    state: PageState
    policy: Policy
    opened_at: datetime
    triggered_at: datetime
    """When the present round of alerts began to run."""
    round: int = 0
    step: int = 0
    """The next step to alert, within the round."""
    holder: int | None = None
    """The coordinator's user id."""
    holder_name: str = ""
    acknowledged_at: datetime | None = None
    progress_at: datetime | None = None
    offered_to: int | None = None
    offered_at: datetime | None = None
    assessments: tuple[int, ...] = ()
    alerted: tuple[str, ...] = ()
    """Urns that were alerted, in order, each once."""
    told_unanswered_at: datetime | None = None
    """When the family heard that nobody has it, since it was raised last."""
    raises: int = 0
    """How often it was triggered, raised, or fell back: what its timers are recognised by."""
    progresses: int = 0
    """How often somebody took it or did something about it: likewise."""
    queued: bool = False
    """It was told once and rings nobody until its time comes: same day, or known to the team."""
    known_as: datetime | None = None
    """The team resolved the same findings as known on the page opened at this instant."""
    unreachable: tuple[str, ...] = ()
    """Urns that an alert of this page could not be delivered to; tried again when it is raised."""
    skipped: tuple[str, ...] = ()
    """Roles of the policy that had no working address."""
    serial: int = 0
    """Grows with everything told about the page, so that no two messages share a key."""
    resolved_at: datetime | None = None
    resolution: Resolution | None = None

    @property
    def code(self) -> str:
        """The case's public name: a number and nothing about health."""
        return f"V-{self.id:04d}"

    @property
    def open(self) -> bool:
        """Whether somebody still has to deal with it."""
        return self.state is not PageState.resolved
