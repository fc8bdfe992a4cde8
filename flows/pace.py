"""How fast the house's time runs: 1 in earnest, 60 in a rehearsal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Pace:
    """Divides durations when timers are written, multiplies elapsed time in windows."""

    scale: int = 1

    def after(self, now: datetime, wait: timedelta) -> datetime:
        """The instant at which a timer of ``wait``, set ``now``, is due."""
        return now + wait / self.scale

    def elapsed(self, since: datetime, now: datetime) -> timedelta:
        """How long ago ``since`` was, in the house's time."""
        return (now - since) * self.scale
