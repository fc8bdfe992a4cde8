"""The table of pages: at most one open for a patient, and one for a fault's cause."""

from __future__ import annotations

from datetime import datetime

from data.store.instant import written, written_or_none
from data.store.shape import PAGE
from data.store.table import Table
from flows.page import Page


class Pages(Table):
    """The urgent cases put to coordinators."""

    def page(self, id: int) -> Page | None:
        """The page of this id."""
        return self.one(PAGE, self.conn.execute("SELECT sealed FROM pages WHERE id = ?", (id,)))

    def open_of(self, patient_id: int) -> Page | None:
        """The patient's open page."""
        rows = self.conn.execute(
            "SELECT sealed FROM pages WHERE patient_id = ? AND state <> 'resolved'", (patient_id,)
        )
        return self.one(PAGE, rows)

    def open_for(self, cause: str) -> Page | None:
        """The open page of a fault's cause."""
        rows = self.conn.execute(
            "SELECT sealed FROM pages WHERE cause = ? AND state <> 'resolved'", (cause,)
        )
        return self.one(PAGE, rows)

    def open(self) -> tuple[Page, ...]:
        """All open pages, the oldest first."""
        rows = self.conn.execute(
            "SELECT sealed FROM pages WHERE state <> 'resolved' ORDER BY opened_at, id"
        )
        return self.opened(PAGE, rows)

    def resolved_since(self, patient_id: int, since: datetime) -> tuple[Page, ...]:
        """The patient's pages resolved at or after the instant, oldest first."""
        rows = self.conn.execute(
            "SELECT sealed FROM pages WHERE patient_id = ? AND resolved_at >= ? ORDER BY id",
            (patient_id, written(since)),
        )
        return self.opened(PAGE, rows)

    def next_id(self) -> int:
        """The id of the next one; ids are never used again."""
        row = self.conn.execute("SELECT seq FROM sqlite_sequence WHERE name = 'pages'").fetchone()
        return 1 if row is None else int(row[0]) + 1

    def save(self, before: Page | None, after: Page) -> None:
        """Write what a turn made of a page."""
        if before is None:
            self._insert(after)
        elif before != after:
            self._update(after)

    def _insert(self, page: Page) -> None:
        self.conn.execute(
            "INSERT INTO pages"
            " (id, patient_id, reason, cause, opened_at, level, state, resolved_at, sealed)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                page.id,
                page.patient_id,
                page.reason,
                page.cause,
                written(page.opened_at),
                *self._changing(page),
            ),
        )

    def _update(self, page: Page) -> None:
        self.conn.execute(
            "UPDATE pages SET level = ?, state = ?, resolved_at = ?, sealed = ? WHERE id = ?",
            (*self._changing(page), page.id),
        )

    def _changing(self, page: Page) -> tuple[str, str, str | None, bytes]:
        """What of a page a turn may change; the cause stays, for it names the page."""
        return (
            page.level,
            page.state,
            written_or_none(page.resolved_at),
            self.sealed(PAGE, page),
        )
