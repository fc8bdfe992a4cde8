"""What the house knows and no turn changes: the content, handed in by data.load."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from flows.clinic import Clinic
from flows.pace import Pace
from flows.page import PageWaits, Policy
from flows.protocol import Protocol
from flows.understanding.lexicon import Lexicon
from flows.urgency import Urgency

ReadPhone = Callable[[str, str], str | None]


@dataclass(frozen=True)
class Escalation:
    """The escalation policies by level, and the page's other delays, as content."""

    version: str
    policies: Mapping[Urgency, Policy]
    """For emergency, immediate and same day."""
    waits: PageWaits
    known_to_the_team: bool = False
    """Whether findings resolved as known go to the on-call person only; off until signed."""


@dataclass(frozen=True)
class House:
    """The content and settings that every turn is judged by."""

    protocol: Protocol
    clinic: Clinic
    escalation: Escalation
    languages: tuple[str, ...]
    lexicon: Lexicon
    """The words of all languages together, for what families type."""
    read_phone: ReadPhone
    """A phone number in any notation, and a country or "", to E.164; None when it is none."""
    pace: Pace = field(default_factory=Pace)
    demonstration: bool = True
    """Whether content is unsigned; every family is told so in the first message."""
