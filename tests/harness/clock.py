"""Movable clock: time that stands until a test moves it, and then passes through each instant."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

NIGHT = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
"""Two in the morning of a Tuesday in Jerusalem."""

Settle = Callable[[], Awaitable[None]]


async def settled(rounds: int = 50) -> None:
    """Let every task run as far as it can without the network or another thread."""
    for _ in range(rounds):
        await asyncio.sleep(0)


class MovableClock:
    """Whoever sleeps on it wakes at the very instant that was asked for, one after the other.

    ``settle`` waits, after each move, until the house is quiet.
    """

    def __init__(self, now: datetime = NIGHT, settle: Settle = settled) -> None:
        self._now = now
        self._settle = settle
        self._sleepers: list[tuple[datetime, asyncio.Future[None]]] = []

    def now(self) -> datetime:
        """The instant it shows."""
        return self._now

    async def sleep_until(self, instant: datetime) -> None:
        """Return once it was moved there."""
        if instant > self._now:
            sleeper = asyncio.get_running_loop().create_future()
            self._sleepers.append((instant, sleeper))
            await sleeper

    @property
    def waits(self) -> list[timedelta]:
        """How long each sleeper still has to wait, the shortest first."""
        return sorted(end - self._now for end, sleeper in self._sleepers if not sleeper.done())

    async def forward(self, **by: float) -> None:
        """Move it by ``timedelta``'s arguments, stopping wherever somebody wakes."""
        end = self._now + timedelta(**by)
        await self._settle()
        while (instant := self._next()) is not None and instant <= end:
            self._wake(instant)
            await self._settle()
        self._wake(end)
        await self._settle()

    async def jump(self, **by: float) -> None:
        """Move it all at once, as after an outage: who slept meanwhile wakes at the end."""
        self._wake(self._now + timedelta(**by))
        await self._settle()

    def _next(self) -> datetime | None:
        self._sleepers = [one for one in self._sleepers if not one[1].done()]
        return min((instant for instant, _ in self._sleepers), default=None)

    def _wake(self, instant: datetime) -> None:
        self._now = max(self._now, instant)
        for end, sleeper in self._sleepers:
            if end <= self._now and not sleeper.done():
                sleeper.set_result(None)
