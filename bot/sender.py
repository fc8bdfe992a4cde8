"""Sender: what is owed, on its way; in order for each address, addresses beside each other."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import count

from bot.attempt import Attempts, Closing, PausedError, Ports
from bot.backoff import Backoff, Chance
from bot.channels.base import Channel, Rendered
from bot.clock import Clock
from bot.delivery import Delivery
from bot.errand import Errands
from bot.hold import Holds
from bot.owed import Ledger, Owed, What
from flows.message import Urn

log = logging.getLogger(__name__)

WIDTH = 16
"""Messages in flight at once on one channel, each to another address."""
READ = 256
"""Rows read at once."""


class Sender:
    """Reads what is owed, sends it, and writes receipts; it changes nothing else.

    A row that was sent but whose receipt could not be written is kept in mind: in this process
    it is not sent again, and its receipt is tried until it is written.
    """

    def __init__(
        self,
        ledger: Ledger,
        channels: Mapping[str, Channel],
        clock: Clock,
        chance: Chance,
        ports: Ports,
        *,
        width: int = WIDTH,
    ) -> None:
        self._ledger = ledger
        self._clock = clock
        self._backoff = Backoff(chance)
        self._holds = Holds()
        delivery = Delivery(channels, ledger)
        self._attempts = Attempts(delivery, clock, self._backoff, self._holds, ports)
        self._widths: dict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(width))
        self._woken = asyncio.Event()
        self._quiet = asyncio.Event()
        self._errands = Errands()
        self._lanes: dict[Urn, asyncio.Task[None]] = {}
        self._carried: dict[Urn, frozenset[int]] = {}
        self._closings: dict[int, Closing] = {}
        self._direct: dict[int, Owed] = {}
        self._numbers = count(-1, -1)
        self._postponed: set[int] = set()
        self._blind = 0

    # --- what others call -----------------------------------------------------------------------

    def wake(self) -> None:
        """Something new is owed."""
        self._quiet.clear()
        self._woken.set()

    async def settled(self) -> None:
        """Return once all that can be sent now was sent and written down; what waits for the
        network, or for its time, is not waited for."""
        await self._quiet.wait()

    def say(self, urn: Urn, message: Rendered) -> None:
        """Send without the ledger, before all else that the address is owed.

        For the texts of a house whose store is broken; each is tried until it is delivered or
        this process ends.
        """
        number = next(self._numbers)
        self._direct[number] = Owed(number, urn, message)
        self.wake()

    async def run(self) -> None:
        """Send until cancelled."""
        try:
            while True:
                self._woken.clear()
                self._begin(await self._read())
                if not (self._lanes or self._woken.is_set()):
                    self._quiet.set()
                await self._wait()
        finally:
            await self._stop()

    # --- the round ------------------------------------------------------------------------------

    async def _read(self) -> Sequence[Owed]:
        """What is owed now; with a ledger that cannot be read, what is to be said without it."""
        try:
            rows = await self._ledger.owed(READ)
        except Exception as error:  # noqa: BLE001 - the sender must outlive a broken store
            log.warning("what is owed could not be read: %s", type(error).__name__)
            self._errands.send(self._wake_at(self._clock.now() + self._backoff.wait(self._blind)))
            self._blind += 1
            return tuple(self._direct.values())
        self._blind = 0
        return (*self._direct.values(), *rows)

    async def _wake_at(self, instant: datetime) -> None:
        await self._clock.sleep_until(instant)
        self.wake()

    def _begin(self, rows: Iterable[Owed]) -> None:
        """Set a lane going for each address that has none and need not wait."""
        # An address that moves meanwhile has its rows under another name: each goes out once.
        carried = frozenset(id for ids in self._carried.values() for id in ids)
        owed: dict[Urn, list[Owed]] = {}
        for row in rows:
            if row.id not in carried:
                owed.setdefault(row.urn, []).append(row)
        for urn, lane in owed.items():
            if urn not in self._lanes and not self._must_wait(urn, lane):
                self._carried[urn] = frozenset(_ids(lane))
                self._lanes[urn] = asyncio.ensure_future(self._go(urn, lane))

    def _must_wait(self, urn: Urn, lane: Sequence[Owed]) -> bool:
        first = lane[0]
        if first.not_before is not None and first.id not in self._postponed:
            self._postponed.add(first.id)  # by a process before this one
            self._holds.rest(urn, first.not_before, _ids(lane))
        return self._holds.holds(urn, _ids(lane), self._clock.now())

    async def _wait(self) -> None:
        """Until somebody wakes the sender, or a pause ends."""
        until = self._holds.next(self._clock.now())
        waits: list[asyncio.Task[object]] = [asyncio.ensure_future(self._woken.wait())]
        if until is not None:
            waits.append(asyncio.ensure_future(self._wake_at(until)))
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()

    async def _stop(self) -> None:
        lanes = tuple(self._lanes.values())
        for lane in lanes:
            lane.cancel()
        await asyncio.gather(*lanes, return_exceptions=True)
        await self._errands.close()
        await self._attempts.close()

    # --- one address ----------------------------------------------------------------------------

    async def _go(self, urn: Urn, lane: Sequence[Owed]) -> None:
        """Settle an address's rows in order, until one has to wait.

        What is new goes before what only takes old buttons away: advice first.
        """
        try:
            for row in sorted(lane, key=lambda one: one.what is What.retire):
                async with self._widths[urn.channel]:
                    await self._settle(row, lane)
        except PausedError as paused:
            self._holds.rest(urn, paused.until, _ids(lane))
        except Exception as error:  # noqa: BLE001 - one address's trouble is not the others'
            log.error("sending failed: %s", type(error).__name__)
            self._holds.rest(urn, self._clock.now() + self._backoff.wait(0), _ids(lane))
        finally:
            del self._lanes[urn], self._carried[urn]
            self.wake()

    async def _settle(self, row: Owed, lane: Sequence[Owed]) -> None:
        """Bring a row to its end and write that down; PausedError when it has to wait."""
        if row.id not in self._closings:
            self._closings[row.id] = await self._make(row)
            self._postponed.discard(row.id)
        if self._direct.pop(row.id, None) is None:
            await self._write(row, lane)
        else:
            del self._closings[row.id]

    async def _make(self, row: Owed) -> Closing:
        try:
            return await self._attempts.make(row)
        except PausedError as paused:
            self._postponed.add(row.id)
            if row.id not in self._direct:
                await self._postpone(row, paused)
            raise

    async def _postpone(self, row: Owed, paused: PausedError) -> None:
        """A note for the next process only; this one knows by itself."""
        try:
            await self._ledger.postpone(row.id, paused.until, paused.attempts)
        except Exception as error:  # noqa: BLE001 - the row is still owed
            log.warning("a postponement could not be written: %s", type(error).__name__)

    async def _write(self, row: Owed, lane: Sequence[Owed]) -> None:
        """Settle the row in the ledger, or keep in mind that it is only to be written."""
        closing = self._closings[row.id]
        try:
            if closing.why:
                await self._ledger.drop(row.id, closing.why)
            else:
                await self._ledger.receipt(row.id, closing.message, self._clock.now())
        except Exception as error:  # noqa: BLE001 - the next message must not wait for it
            log.warning("a receipt could not be written: %s", type(error).__name__)
            until = self._clock.now() + self._backoff.wait(0)
            self._holds.rest(row.urn, until, _ids(lane))
        else:
            del self._closings[row.id]


def _ids(lane: Iterable[Owed]) -> list[int]:
    return [row.id for row in lane]
