"""Timekeeper: fires each timer once it is due, and sleeps until the next one."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from bot.clock import Clock
from bot.handling import Handling
from bot.log import cause
from data.store import Ledger, Store, StoreFailed

log = logging.getLogger(__name__)

AGAIN = timedelta(seconds=1)
"""How soon a broken store is tried again."""
LOOK = timedelta(seconds=60)
"""The longest that timers sleep: a clock that was put right must not oversleep them."""
BATCH = 64
"""Timers fired at once; they share a commit."""


@dataclass(frozen=True)
class Watch:
    """Whom the timekeeper tells how the store is."""

    committed: Callable[[], None]
    """Timers were fired, and what they owe is on disk."""
    works: Callable[[], None]
    """The store could be read, and nothing was due."""
    failed: Callable[[], None]
    """The store could not do it."""


class Timekeeper:
    """Timers are rows; what is overdue, after an outage too, fires once."""

    def __init__(self, store: Store, handling: Handling, clock: Clock, watch: Watch) -> None:
        self._store = store
        self._handling = handling
        self._clock = clock
        self._watch = watch
        self._changed = asyncio.Event()

    def look(self) -> None:
        """Look again: an earlier timer may have been set."""
        self._changed.set()

    async def run(self) -> None:
        """Fire what is due until cancelled."""
        while True:
            self._changed.clear()
            await self._rest(await self._fire())

    async def _fire(self) -> datetime:
        """Fire what is due now; when to look again."""
        now = self._clock.now()
        try:
            keys, next_at = await self._store.run(partial(self._due, now=now))
            await self._fire_all(keys, now)
        except StoreFailed:
            self._watch.failed()
            return now + AGAIN
        except Exception as error:  # noqa: BLE001 - the other timers must go on
            log.error("timers could not be fired: %s", cause(error))
            return now + AGAIN
        if keys:
            self._watch.committed()
            return now
        self._watch.works()
        return min(now + LOOK, next_at or now + LOOK)

    async def _fire_all(self, keys: list[str], now: datetime) -> None:
        """All of them, whatever becomes of one; then the first error, if there was any."""
        fired = [partial(self._fire_one, key=key, now=now) for key in keys]
        done = await asyncio.gather(*map(self._store.run, fired), return_exceptions=True)
        for error in done:
            if isinstance(error, BaseException):
                raise error

    def _due(self, ledger: Ledger, now: datetime) -> tuple[list[str], datetime | None]:
        """A timer may only fire once everything that was said before it is known."""
        if self._store.behind:
            raise StoreFailed
        keys = [timer.key for timer in ledger.due_timers(now, BATCH)]
        return keys, ledger.next_due_at()

    def _fire_one(self, ledger: Ledger, key: str, now: datetime) -> None:
        if self._store.behind:
            raise StoreFailed
        self._handling.fire(ledger, key, now)

    async def _rest(self, until: datetime) -> None:
        """Until the instant, or until a turn may have set an earlier timer."""
        waits = [
            asyncio.ensure_future(self._clock.sleep_until(until)),
            asyncio.ensure_future(self._changed.wait()),
        ]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
            await asyncio.gather(*waits, return_exceptions=True)
