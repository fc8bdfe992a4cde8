"""The table of timers: what is owed to the future, by key."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from data.store.instant import read, written
from data.store.shape import TIMER
from data.store.table import Table
from flows.timer import Timer


class Timers(Table):
    """Timers as rows, so that nothing that matters waits in memory."""

    def set(self, timers: Iterable[Timer]) -> None:
        """Set timers, or move them."""
        self.conn.executemany(
            "INSERT INTO timers (key, due_at, kind, person_id, page_id, sealed)"
            " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET"
            " due_at = excluded.due_at, kind = excluded.kind, person_id = excluded.person_id,"
            " page_id = excluded.page_id, sealed = excluded.sealed",
            [
                (
                    timer.key,
                    written(timer.due_at),
                    timer.kind,
                    timer.person_id,
                    timer.page_id,
                    self.sealed(TIMER, timer),
                )
                for timer in timers
            ],
        )

    def drop(self, keys: Iterable[str]) -> None:
        """Forget timers."""
        self.conn.executemany("DELETE FROM timers WHERE key = ?", [(key,) for key in keys])

    def due(self, now: datetime, limit: int) -> tuple[Timer, ...]:
        """Timers whose instant has come, the longest due first."""
        rows = self.conn.execute(
            "SELECT sealed FROM timers WHERE due_at <= ? ORDER BY due_at, key LIMIT ?",
            (written(now), limit),
        )
        return self.opened(TIMER, rows)

    def take(self, key: str, now: datetime) -> Timer | None:
        """Remove a due timer and return it; None when it is gone, or was moved past now."""
        rows = self.conn.execute(
            "SELECT sealed FROM timers WHERE key = ? AND due_at <= ?", (key, written(now))
        )
        timer = self.one(TIMER, rows)
        if timer is not None:
            self.drop([key])
        return timer

    def next_due_at(self) -> datetime | None:
        """When the next one is due; None when there is none."""
        (due_at,) = self.conn.execute("SELECT min(due_at) FROM timers").fetchone()
        return None if due_at is None else read(due_at)
