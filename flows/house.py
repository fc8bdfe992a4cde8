"""What the house knows and no turn changes: the content, handed in by data.load."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from flows.clinic import Clinic
from flows.pace import Pace
from flows.page import Policy
from flows.protocol import Protocol
from flows.urgency import Urgency


@dataclass(frozen=True)
class Escalation:
    """The escalation policies by level, and the page's other delays, as content."""

    version: str
    policies: Mapping[Urgency, Policy]
    """For emergency and immediate."""
    waits: Mapping[str, object]
    """Durations by name; see data/content/escalation.toml."""


@dataclass(frozen=True)
class House:
    """The content and settings that every turn is judged by."""

    protocol: Protocol
    clinic: Clinic
    escalation: Escalation
    languages: tuple[str, ...]
    names: Mapping[str, Mapping[str, str]]
    """Language -> folded plain name of a sign or finding -> its id."""
    pace: Pace = field(default_factory=Pace)
    demonstration: bool = True
    """Whether content is unsigned; every family is told so in the first message."""
