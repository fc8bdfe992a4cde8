"""Poll: updates asked for again and again; the offset moves only past what is committed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from datetime import timedelta
from typing import Generic, NoReturn, Protocol, TypeVar

from bot.backoff import Backoff
from bot.bot_api import explain
from bot.channels.base import SendFailed
from bot.clock import Clock

log = logging.getLogger(__name__)


class Arrival(Protocol):
    """One update as a channel reads it."""

    @property
    def id(self) -> int:
        """Its number; Telegram counts up."""


A = TypeVar("A", bound=Arrival)

Fetch = Callable[[int | None], Awaitable[list[A]]]
"""Updates from this offset on; SendFailed otherwise."""
Take = Callable[[A], Awaitable[None]]
"""Hands one update in; returns once it is committed."""
Lane = Callable[[A], str]
"""Names those updates that must be taken in order."""


def in_one_lane(arrival: Arrival) -> str:
    """Strictly one after the other."""
    return ""


class Poll(Generic[A]):
    """One bot's updates, in order within a lane and together across lanes.

    Lanes are taken together so that their turns share a commit.
    """

    def __init__(
        self, fetch: Fetch[A], take: Take[A], lane: Lane[A], *, clock: Clock, backoff: Backoff
    ) -> None:
        self._fetch = fetch
        self._take = take
        self._lane = lane
        self._clock = clock
        self._backoff = backoff
        self._offset: int | None = None
        self._failures = 0

    async def run(self) -> NoReturn:
        """Poll until cancelled; nothing that Telegram or the network does ends it."""
        while True:
            try:
                arrivals = await self._fetch(self._offset)
            except SendFailed as failed:
                log.warning("Telegram gives no updates: %s", explain(failed))
                await self._rest(failed.retry_after)
                continue
            except Exception as error:  # noqa: BLE001 - a fault of ours must not end the polling
                log.error("updates could not be read: %s", type(error).__name__)
                await self._rest()
                continue
            if await self._take_all(arrivals):
                self._failures = 0
            else:
                await self._rest()

    async def _take_all(self, arrivals: list[A]) -> bool:
        """Whether all were committed; the offset stays at the first that was not."""
        lanes: dict[str, list[A]] = {}
        for arrival in arrivals:
            lanes.setdefault(self._lane(arrival), []).append(arrival)
        ends = await asyncio.gather(*(self._take_lane(lane) for lane in lanes.values()))
        left = [end for end in ends if end is not None]
        if arrivals:
            self._move(min(left) if left else max(one.id for one in arrivals) + 1)
        return not left

    async def _take_lane(self, lane: Iterable[A]) -> int | None:
        """One lane's updates in order; the id of the first that was not committed."""
        for arrival in lane:
            try:
                await self._take(arrival)
            except Exception as error:  # noqa: BLE001 - whatever it is, the update must come again
                log.error("an update was not committed: %s", type(error).__name__)
                return arrival.id
        return None

    def _move(self, offset: int) -> None:
        """Never back: an update delivered once more may bear a number from long ago."""
        self._offset = max(self._offset or 0, offset)

    async def _rest(self, wait: timedelta | None = None) -> None:
        wait = wait or self._backoff.wait(self._failures)
        self._failures += 1
        await self._clock.sleep_until(self._clock.now() + wait)
