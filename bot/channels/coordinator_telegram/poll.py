"""Poll: updates asked for again and again; the offset moves only past what is committed."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import NoReturn

from bot.backoff import Backoff
from bot.channels.base import SendFailed
from bot.channels.coordinator_telegram.update import Arrival
from bot.channels.coordinator_telegram.wire import Wire, explain
from bot.clock import Clock

log = logging.getLogger(__name__)

Take = Callable[[Arrival], Awaitable[None]]
"""Hands one update in; returns once it is committed."""


class Poll:
    """One bot's updates, strictly in order: of two who tap at once the first has the page."""

    def __init__(self, wire: Wire, take: Take, clock: Clock, backoff: Backoff) -> None:
        self._wire = wire
        self._take = take
        self._clock = clock
        self._backoff = backoff
        self._offset: int | None = None
        self._failures = 0

    async def run(self) -> NoReturn:
        """Poll until cancelled; nothing that Telegram or the network does ends it."""
        while True:
            try:
                arrivals = await self._wire.fetch(self._offset)
            except SendFailed as failed:
                log.warning("Telegram gives no updates: %s", explain(failed))
                await self._rest(failed.retry_after)
                continue
            if await self._take_all(arrivals):
                self._failures = 0
            else:
                await self._rest()

    async def _take_all(self, arrivals: list[Arrival]) -> bool:
        """Whether all were committed; the offset stays at the first that was not."""
        for arrival in arrivals:
            try:
                await self._take(arrival)
            except Exception as error:  # noqa: BLE001 - whatever it is, the update must come again
                log.error("an update was not committed: %s", type(error).__name__)
                return False
            # Never back: an update delivered once more may bear a number from long ago.
            self._offset = max(self._offset or 0, arrival.id + 1)
        return True

    async def _rest(self, wait: timedelta | None = None) -> None:
        wait = wait or self._backoff.wait(self._failures)
        self._failures += 1
        await self._clock.sleep_until(self._clock.now() + wait)
