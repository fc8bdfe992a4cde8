"""Clock: the instant, and waiting for one; a port, so that tests move time themselves."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """What tells the time to the house."""

    def now(self) -> datetime:
        """The instant, aware and in UTC."""

    async def sleep_until(self, instant: datetime) -> None:
        """Return once the instant has come."""


class SystemClock:
    """The time of the machine."""

    def now(self) -> datetime:
        """The instant, aware and in UTC."""
        return datetime.now(UTC)

    async def sleep_until(self, instant: datetime) -> None:
        """Return once the instant has come."""
        await asyncio.sleep(max(0.0, (instant - self.now()).total_seconds()))
