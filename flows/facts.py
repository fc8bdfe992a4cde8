"""What is known of a patient at one instant, ready to be judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from flows.record import Answer

CONTACTS = "contacts_24h"
"""The id by which the protocol calls the earlier contacts."""


@dataclass(frozen=True)
class Facts:
    """Answers and numbers by id. What is absent counts as no; what is unknown counts as yes."""

    answers: Mapping[str, Answer] = field(default_factory=dict)
    """Findings. Unknown for a count is its S band, for the temperature "hot, no reading"."""
    readings: tuple[Decimal, ...] = ()
    """Temperatures in degrees Celsius that count now, of the last 24 h; one that no thermometer
    can show counts as "hot, no reading"."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """Findings that are numbers: how often."""
    contexts: Mapping[str, Answer] = field(default_factory=dict)
    """Contexts answered by yes, no or unknown; one that was never asked is left out."""
    contacts_24h: int = 0
    """Earlier assessments of the last 24 h; when not sure, what the protocol says."""
    persisting: frozenset[str] = frozenset()
    """Findings that were there 48 h ago and in every assessment since."""
    second_grey: bool = False
    """Whether a reading from 37.5 to below 38.0 is the second such within 24 h."""
    reading_overdue: bool = False
    """Whether the reading asked for after such a one was not given in time (75 min)."""
