"""Ledger: the sender's view of the store: what is owed, and how it ended."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime

from bot.channels.base import Rendered
from bot.owed import Owed, What
from bot.parcel import unpack
from data.store.outbox import OwedRow
from data.store.store import Store
from flows.message import Urn

log = logging.getLogger(__name__)


class StoreLedger:
    """Each call is a job of the store's writer, and is on disk when it returns."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def owed(self, limit: int) -> Sequence[Owed]:
        """Rows not settled, every urn's oldest before others' newer ones."""
        rows = await self._store.run(lambda ledger: ledger.owed(limit))
        return [_owed(row) for row in rows]

    async def latest_receipt(self, urn: Urn, slot: str, before: int) -> str:
        """What the channel called the slot's message, among rows older than ``before``."""
        return await self._store.run(lambda ledger: ledger.latest_receipt(urn, slot, before))

    async def receipt(self, outbox_id: int, message: str, now: datetime) -> None:
        """Settle a row as delivered."""
        await self._store.run(lambda ledger: ledger.receipt(outbox_id, message, now))

    async def postpone(self, outbox_id: int, until: datetime, attempts: int) -> None:
        """Note when a row is tried again."""
        await self._store.run(lambda ledger: ledger.postpone(outbox_id, until, attempts))

    async def drop(self, outbox_id: int, why: str) -> None:
        """Settle a row as never to be delivered."""
        await self._store.run(lambda ledger: ledger.drop(outbox_id, why))


def _owed(row: OwedRow) -> Owed:
    message, what = _read(row)
    return Owed(
        id=row.id,
        urn=row.urn,
        message=message,
        what=what,
        slot=row.slot,
        attempts=row.attempts,
        not_before=row.not_before,
    )


def _read(row: OwedRow) -> tuple[Rendered | None, What]:
    """What a row holds; one spoilt row must not hold up all others."""
    try:
        return unpack(row.payload), What(row.what)
    except (ValueError, KeyError, TypeError) as error:
        log.error("an owed message could not be read: %s", type(error).__name__)
        return None, What.send
