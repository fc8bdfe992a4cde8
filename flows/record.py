"""What an assessment is made of: an ordered list of records that is only ever added to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from flows.urgency import Urgency


class Answer(StrEnum):
    """What is known of a finding. Unknown counts as yes; it is never lost on the way."""

    yes = "yes"
    no = "no"
    unknown = "unknown"

    @property
    def holds(self) -> bool:
        """Whether it counts as yes."""
        return self is not Answer.no


class By(StrEnum):
    """How an answer came to be."""

    tap = "tap"
    typed = "typed"
    next = "next"
    """Unmarked when the family pressed Next or None of these."""
    sweep = "sweep"
    """Denied with its line of the sweep."""
    silence = "silence"
    setup = "setup"
    confirmed = "confirmed"


@dataclass(frozen=True)
class Opened:
    """A sign's screen was opened."""

    at: datetime
    sign: str
    by: By = By.tap
    kind: Literal["opened"] = "opened"


@dataclass(frozen=True)
class Answered:
    """A finding or a context was answered; a later record of the same id corrects it."""

    at: datetime
    finding: str
    answer: Answer
    by: By
    number: Decimal | None = None
    """Degrees Celsius for the temperature, a count for counts; None for yes and no."""
    words: str = ""
    """What was typed, as it was typed."""
    kind: Literal["answered"] = "answered"


@dataclass(frozen=True)
class Asked:
    """A context, or a screen of the sweep, was put to the family."""

    at: datetime
    question: str
    kind: Literal["asked"] = "asked"


@dataclass(frozen=True)
class Finished:
    """A sign's screen, or a screen of the sweep, was left by Next or None of these."""

    at: datetime
    screen: str
    kind: Literal["finished"] = "finished"


@dataclass(frozen=True)
class Proposed:
    """Free text seemed to say a finding; it waits for a tap, or for three minutes of silence."""

    at: datetime
    finding: str
    words: str
    number: Decimal | None = None
    kind: Literal["proposed"] = "proposed"


@dataclass(frozen=True)
class Withdrawn:
    """The record at this place of the list no longer stands (Back, or a declined proposal)."""

    at: datetime
    index: int
    kind: Literal["withdrawn"] = "withdrawn"


@dataclass(frozen=True)
class Told:
    """A level was told to the family; it never falls within the assessment."""

    at: datetime
    level: Urgency
    texts: tuple[str, ...]
    language: str
    protocol: str
    criteria: tuple[str, ...]
    kind: Literal["told"] = "told"


@dataclass(frozen=True)
class Reported:
    """What the family said beside the questions: called, no_answer, reached, said ..."""

    at: datetime
    what: str
    words: str = ""
    """The family's own words, for what no question asked."""
    kind: Literal["reported"] = "reported"


Record = Opened | Answered | Asked | Finished | Proposed | Withdrawn | Told | Reported
