"""Lanes and back-off: who waits for whom, and how long."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from bot.backoff import Backoff
from bot.lane import Lanes
from tests.harness.clock import settled


async def test_first_come_first_served() -> None:
    """On one key the next waits for the one before; another key does not wait."""
    lanes, gate, seen = Lanes(), asyncio.Event(), []

    async def go(key: str, name: str) -> None:
        async with lanes.hold(key):
            seen.append(name)
            await gate.wait()

    tasks = [asyncio.ensure_future(go(*one)) for one in (("a", "1"), ("a", "2"), ("b", "3"))]
    await settled()
    assert seen == ["1", "3"]
    gate.set()
    await asyncio.gather(*tasks)
    assert seen == ["1", "3", "2"]


def test_waits_double_to_the_cap() -> None:
    """Waits double from the first to the cap, however many failures there were."""
    backoff = Backoff(lambda: 1.0, first=timedelta(seconds=1), cap=timedelta(seconds=10))
    waits = [backoff.wait(attempt).total_seconds() for attempt in (0, 1, 2, 3, 4, 10**9)]
    assert waits == [1, 2, 4, 8, 10, 10]


def test_chance_spreads_the_waits() -> None:
    """Chance takes up to half of a wait away, so that those who failed together part."""
    assert Backoff(lambda: 0.0).wait(0) == timedelta(seconds=0.5)
    assert Backoff(lambda: 0.5).wait(0) == timedelta(seconds=0.75)
