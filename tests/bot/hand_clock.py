"""Hand clock: time that stands until a test moves it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta


class HandClock:
    """A clock moved by hand; whoever sleeps on it wakes when it is moved far enough."""

    def __init__(self, now: datetime = datetime(2025, 1, 1, 2, tzinfo=UTC)) -> None:
        self._now = now
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
        """Move it, and let everybody who then wakes go on until all is quiet."""
        self._now += timedelta(**by)
        for end, sleeper in self._sleepers:
            if end <= self._now and not sleeper.done():
                sleeper.set_result(None)
        await settle()


async def settle(rounds: int = 50) -> None:
    """Let every task run as far as it can."""
    for _ in range(rounds):
        await asyncio.sleep(0)
