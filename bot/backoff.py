"""Back-off: how long to wait before the next try, longer each time, never in step with others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

Chance = Callable[[], float]
"""A port: a number from 0 up to 1, as ``random.random`` gives."""

FIRST = timedelta(seconds=1)
CAP = timedelta(seconds=60)
DOUBLINGS = 16
"""Beyond these the cap has long been reached; it keeps the power of two small."""


@dataclass(frozen=True)
class Backoff:
    """Waits that double from ``first`` to ``cap``; the later half of each is left to chance."""

    chance: Chance
    first: timedelta = FIRST
    cap: timedelta = CAP

    def wait(self, attempt: int) -> timedelta:
        """The wait after so many failures before this one: 0, 1, 2 ..."""
        doubled: int = 2 ** min(attempt, DOUBLINGS)
        full = min(self.cap, self.first * doubled)
        return full * (0.5 + 0.5 * self.chance())
