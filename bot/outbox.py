"""The outbox as the sender sees it: the store's rows, with messages in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.channels.base import Rendered
from bot.owed import Owed, What
from data.codec import Shape
from data.store import OutboxRow, Store
from flows.message import Outbound, Urn
from flows.scene import Scene

RENDERED: Shape[Rendered] = Shape(Rendered)


@dataclass(frozen=True)
class Piece:
    """One row's worth of a message."""

    message: Rendered
    what: What = What.send
    slot: str = ""


class Renderer(Protocol):
    """Makes messages in words; called within the turn, on the writer's thread."""

    def pieces(self, scene: Scene, outbound: Outbound, now: datetime) -> Sequence[Piece]:
        """What is to be sent, changed and retired for one message, in order."""


def rows_of(outbound: Outbound, pieces: Sequence[Piece]) -> tuple[OutboxRow, ...]:
    """The rows of one message: the first has its key, the others are numbered."""
    return tuple(
        OutboxRow(
            key=outbound.key if not place else f"{outbound.key}#{place + 1}",
            urn=outbound.to,
            payload=RENDERED.dump(piece.message),
            what=piece.what,
            slot=piece.slot,
        )
        for place, piece in enumerate(pieces)
    )


class StoredOutbox:
    """What the sender reads and settles rows in; each call is on disk when it returns."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def owed(self, limit: int) -> Sequence[Owed]:
        """Rows not settled, in order of id, every urn's oldest first."""
        rows = await self._store.run(lambda ledger: ledger.owed(limit))
        return [
            Owed(
                id=row.id,
                urn=row.urn,
                message=RENDERED.load(row.payload),
                what=What(row.what),
                slot=row.slot,
                attempts=row.attempts,
                not_before=row.not_before,
            )
            for row in rows
        ]

    async def latest_receipt(self, urn: Urn, slot: str, before: int) -> str:
        """What the channel called the slot's message."""
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
