"""What is owed to the future: a row with a key, and the input it becomes when it is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Timer:
    """One thing to do at an instant; setting the same key again moves it."""

    key: str
    """Names what it belongs to: ``nudge:assessment:7``, ``step:page:12``."""
    due_at: datetime
    kind: str
    person_id: int | None = None
    page_id: int | None = None
    detail: str = ""
    """What must still be true for it to matter, so that a stale one is recognised."""


@dataclass(frozen=True)
class Due:
    """A timer whose instant has come: the third kind of input."""

    timer: Timer
