"""The table of updates seen: each has one effect, however often it is delivered."""

from __future__ import annotations

from datetime import datetime

from data.store.instant import written
from data.store.table import Table


class Inbox(Table):
    """Updates by the network's own id."""

    def record(self, update_id: str, urn: str, kind: str, now: datetime) -> bool:
        """Note an update; False when it was seen before."""
        done = self.conn.execute(
            "INSERT INTO inbox (update_id, urn, kind, state, at) VALUES (?, ?, ?, 'committed', ?)"
            " ON CONFLICT DO NOTHING",
            (update_id, urn, kind, written(now)),
        )
        return done.rowcount == 1

    def fail(self, update_id: str, content: bytes) -> None:
        """Mark an update whose turn raised, and keep what it said: somebody must read it."""
        self.conn.execute(
            "UPDATE inbox SET state = 'failed', sealed = ? WHERE update_id = ?",
            (self.codec.seal(content), update_id),
        )

    def failed(self) -> tuple[str, ...]:
        """The ids of updates whose turn raised, oldest first."""
        rows = self.conn.execute("SELECT update_id FROM inbox WHERE state = 'failed' ORDER BY at")
        return tuple(id for (id,) in rows)
