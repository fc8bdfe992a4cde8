"""The tables of messages owed, and of what the channel answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from data.store.instant import read, written
from data.store.table import Table
from flows.message import Urn


@dataclass(frozen=True)
class OutboxRow:
    """One message owed, in words: what it holds is the channel's business."""

    key: str
    """Names it for ever: a second row of the key is no row."""
    urn: Urn
    payload: bytes
    what: str = "send"
    """send, edit or retire."""
    slot: str = ""
    dropped: str = ""
    """Why it is not to be sent after all; it is kept, so that the record is whole."""


@dataclass(frozen=True)
class OwedRow:
    """A row that is not settled yet."""

    id: int
    urn: Urn
    what: str
    slot: str
    attempts: int
    not_before: datetime | None
    payload: bytes


class Outbox(Table):
    """Messages owed, with receipts."""

    def owe(self, rows: Iterable[OutboxRow], patient_id: int | None, now: datetime) -> None:
        """Add messages in order; one whose key is known is left out."""
        self.conn.executemany(
            "INSERT INTO outbox"
            " (key, urn, channel, slot, what, state, why, patient_id, created_at, sealed)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            [
                (
                    *(row.key, str(row.urn), row.urn.channel, row.slot, row.what),
                    *("dropped" if row.dropped else "owed", row.dropped),
                    *(patient_id, written(now), self.codec.seal(row.payload)),
                )
                for row in rows
            ],
        )

    def owed(self, limit: int) -> tuple[OwedRow, ...]:
        """Rows not settled, in order of id; every urn's oldest go before others' newer ones."""
        rows = self.conn.execute(
            "WITH ranked AS (SELECT o.id, coalesce(m.moved_to, o.urn) AS urn, o.what, o.slot,"
            " o.attempts, o.not_before, o.sealed,"
            " row_number() OVER (PARTITION BY o.urn ORDER BY o.id) AS place"
            " FROM outbox o LEFT JOIN moves m ON m.urn = o.urn WHERE o.state = 'owed'),"
            " first AS (SELECT * FROM ranked ORDER BY place, id LIMIT ?)"
            " SELECT id, urn, what, slot, attempts, not_before, sealed FROM first ORDER BY id",
            (limit,),
        )
        return tuple(
            OwedRow(
                *(id, Urn.parse(urn), what, slot, attempts),
                not_before=None if not_before is None else read(not_before),
                payload=self.codec.open(sealed),
            )
            for id, urn, what, slot, attempts, not_before, sealed in rows
        )

    def receipt(self, outbox_id: int, message: str, now: datetime) -> None:
        """Settle a row as delivered; ``message`` is "" when it left none of its own."""
        self._settle(outbox_id, "sent", "")
        self.conn.execute(
            "INSERT INTO receipts (outbox_id, message, at) SELECT id, ?, ? FROM outbox"
            " WHERE id = ?",
            (message, written(now), outbox_id),
        )

    def postpone(self, outbox_id: int, until: datetime, attempts: int) -> None:
        """Note when a row is tried again."""
        self.conn.execute(
            "UPDATE outbox SET not_before = ?, attempts = ? WHERE id = ? AND state = 'owed'",
            (written(until), attempts, outbox_id),
        )

    def drop(self, outbox_id: int, why: str) -> None:
        """Settle a row as never to be delivered, and no longer wanted."""
        self._settle(outbox_id, "dropped", why)

    def fail(self, outbox_id: int, why: str) -> None:
        """Settle a row as never to be delivered, though it was wanted."""
        self._settle(outbox_id, "failed", why)

    def latest_receipt(self, urn: Urn, slot: str, before: int) -> str:
        """What the channel called the slot's message among rows older than ``before``.

        An address that moved numbers its messages anew: what it called one before means another.
        """
        row = self.conn.execute(
            "SELECT r.message FROM outbox o JOIN receipts r ON r.outbox_id = o.id"
            " WHERE (o.urn = ? OR o.urn IN (SELECT urn FROM moves WHERE moved_to = ?))"
            " AND o.slot = ? AND o.id < ? AND r.message <> ''"
            " AND NOT EXISTS (SELECT 1 FROM moves m WHERE m.urn = o.urn AND m.at >= r.at)"
            " ORDER BY o.id DESC, r.id DESC LIMIT 1",
            (str(urn), str(urn), slot, before),
        ).fetchone()
        return "" if row is None else str(row[0])

    def move(self, old: Urn, new: Urn, now: datetime) -> None:
        """An address became another one: whatever is owed to the old goes to the new."""
        at = written(now)
        self.conn.execute(
            "UPDATE moves SET moved_to = ?, at = ? WHERE moved_to = ?", (str(new), at, str(old))
        )
        self.conn.execute(
            "INSERT INTO moves (urn, moved_to, at) VALUES (?, ?, ?)"
            " ON CONFLICT (urn) DO UPDATE SET moved_to = excluded.moved_to, at = excluded.at",
            (str(old), str(new), at),
        )
        self.conn.execute("DELETE FROM moves WHERE urn = moved_to")

    def _settle(self, outbox_id: int, state: str, why: str) -> None:
        self.conn.execute(
            "UPDATE outbox SET state = ?, why = ? WHERE id = ?", (state, why, outbox_id)
        )
