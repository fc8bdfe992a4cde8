"""Attempt: one try to deliver a row, and what its failure means for the row and its address."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from bot.backoff import Backoff
from bot.channels.base import Rendered, SendFailed, Trouble
from bot.clock import Clock
from bot.delivery import Delivery, NoChannelError
from bot.errand import Errands
from bot.hold import Holds
from bot.owed import Owed, What
from flows.message import Urn

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Ports:
    """Whom the sender tells, and what it asks for, beyond the ledger."""

    unreachable: Callable[[Urn], Awaitable[None]]
    """An address can no longer be reached; returns once the house has committed it."""
    moved: Callable[[Urn, Urn], Awaitable[None]]
    """An address has become another one; returns once that is stored."""
    fault: Callable[[str], Awaitable[None]]
    """Something is wrong that a person must look at: the cause, which holds nothing said."""
    instead: Callable[[Owed], Rendered | None]
    """The static text for a message that the channel will never take; None: nothing goes."""


@dataclass(frozen=True)
class Closing:
    """How a row ended: what the channel called it, or why it was dropped."""

    message: str = ""
    why: str = ""


class PausedError(Exception):
    """A row has to wait, and with it all that its address is owed."""

    def __init__(self, until: datetime, attempts: int) -> None:
        super().__init__("paused")
        self.until = until
        self.attempts = attempts


class Attempts:
    """Tries rows, remembers how often each failed, and reports what a person must know."""

    def __init__(
        self, delivery: Delivery, clock: Clock, backoff: Backoff, holds: Holds, ports: Ports
    ) -> None:
        self._delivery = delivery
        self._clock = clock
        self._backoff = backoff
        self._holds = holds
        self._ports = ports
        self._errands = Errands()
        self._failures: dict[int, int] = {}
        self._addresses: dict[Urn, str] = {}
        self._lost: set[Urn] = set()

    async def make(self, row: Owed) -> Closing:
        """Bring a row to its end; PausedError when it has to wait."""
        closing = await self._try(row)
        self._failures.pop(row.id, None)
        return closing

    async def close(self) -> None:
        """Break off what still runs beside."""
        await self._errands.close()

    async def _try(self, row: Owed) -> Closing:
        try:
            receipt = await self._delivery.do(row, self._address(row.urn))
        except SendFailed as failed:
            return await self._fail(row, failed)
        except NoChannelError:
            return self._give_up(f"no_channel:{row.urn.channel}")
        except Exception as error:  # noqa: BLE001 - a fault of ours must not stop the address
            log.error("a message could not be made: %s", type(error).__name__)
            return await self._send_instead(row)
        self._holds.works(row.urn.channel)
        self._lost.discard(row.urn)
        return Closing(message=receipt.message)

    async def _fail(self, row: Owed, failed: SendFailed) -> Closing:
        """What becomes of a row that the channel did not take."""
        if failed.trouble.passing:
            raise self._pause(row, failed)
        if failed.trouble is Trouble.blocked:
            await self._tell_lost(row.urn)
            return Closing(why=Trouble.blocked.value)
        if failed.trouble is Trouble.moved and failed.moved_to != self._address(row.urn):
            await self._move(row.urn, failed.moved_to)
            return await self._try(row)
        return await self._send_instead(row)

    def _pause(self, row: Owed, failed: SendFailed) -> PausedError:
        """Keep the row for later: after the time that was asked for, or ever more rarely."""
        now = self._clock.now()
        failures = self._failures.get(row.id, row.attempts)
        self._failures[row.id] = failures + 1
        until = now + self._backoff.wait(failures)
        if failed.trouble is Trouble.busy:
            until = now + (failed.retry_after or self._backoff.first)
            self._holds.busy(row.urn, until, now)
        log.info("a message to %s has to wait: %s", row.urn.channel, failed)
        return PausedError(until, failures + 1)

    async def _tell_lost(self, urn: Urn) -> None:
        """Once for each time that an address is lost; a row is not dropped before it is known."""
        if urn not in self._lost:
            await self._ports.unreachable(urn)
            self._lost.add(urn)

    async def _send_instead(self, row: Owed) -> Closing:
        """The static text, once the channel has refused the message for good."""
        dropped = self._give_up(f"refused:{row.urn.channel}")
        message = self._ports.instead(row) if row.what is not What.retire else None
        if message is None:
            return dropped
        try:
            receipt = await self._delivery.send(row.urn, self._address(row.urn), message)
        except SendFailed as failed:
            if failed.trouble.passing:
                raise self._pause(row, failed) from failed
            return dropped
        return Closing(message=receipt.message)

    def _give_up(self, cause: str) -> Closing:
        log.error("a message was given up: %s", cause)
        self._errands.send(self._report(cause))
        return Closing(why=cause)

    async def _report(self, cause: str) -> None:
        try:
            await self._ports.fault(cause)
        except Exception as error:  # noqa: BLE001 - it stands in the log
            log.error("a fault could not be reported: %s", type(error).__name__)

    def _address(self, urn: Urn) -> str:
        return self._addresses.get(urn, urn.address)

    async def _move(self, urn: Urn, address: str) -> None:
        """Use the new address at once, also where it cannot be stored."""
        self._addresses[urn] = address
        try:
            await self._ports.moved(urn, Urn(urn.channel, address))
        except Exception as error:  # noqa: BLE001 - the message goes before the bookkeeping
            log.error("a new address could not be stored: %s", type(error).__name__)
