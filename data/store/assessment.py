"""The tables of assessments and of their records, which are only ever added to."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from data.store.instant import written, written_or_none
from data.store.shape import ASSESSMENT, RECORD
from data.store.table import Table
from flows.record import Record, Told
from flows.scene import Assessment
from flows.urgency import gravest


class RecordsChanged(Exception):
    """A turn would change or forget what was recorded; records are only added."""


class Assessments(Table):
    """Runs of the protocol."""

    def open_of(self, patient_id: int) -> Assessment | None:
        """The patient's running assessment."""
        rows = self.conn.execute(
            "SELECT sealed FROM assessments WHERE patient_id = ? AND closed_at IS NULL"
            " ORDER BY id DESC LIMIT 1",
            (patient_id,),
        )
        assessment = self.one(ASSESSMENT, rows)
        return None if assessment is None else self._whole(assessment)

    def closed_since(self, patient_id: int, since: datetime) -> tuple[Assessment, ...]:
        """The patient's assessments that ended at or after the instant, oldest first."""
        rows = self.conn.execute(
            "SELECT sealed FROM assessments WHERE patient_id = ? AND closed_at >= ? ORDER BY id",
            (patient_id, written(since)),
        )
        return tuple(self._whole(each) for each in self.opened(ASSESSMENT, rows))

    def next_id(self) -> int:
        """The id of the next one; ids are never used again."""
        row = self.conn.execute(
            "SELECT seq FROM sqlite_sequence WHERE name = 'assessments'"
        ).fetchone()
        return 1 if row is None else int(row[0]) + 1

    def save(self, before: Assessment | None, after: Assessment) -> None:
        """Write what a turn made of an assessment; RecordsChanged when it did not only add."""
        known = before.records if before is not None else ()
        if after.records[: len(known)] != known:
            raise RecordsChanged(f"assessment {after.id}")
        if before is None:
            self._insert(after)
        elif before != after:
            self._update(after)
        self._append(after.id, len(known), after.records[len(known) :])

    def _insert(self, assessment: Assessment) -> None:
        self.conn.execute(
            "INSERT INTO assessments"
            " (id, patient_id, person_id, opened_at, closed_at, level, sealed)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                assessment.id,
                assessment.patient_id,
                assessment.person_id,
                written(assessment.opened_at),
                *self._changing(assessment),
            ),
        )

    def _update(self, assessment: Assessment) -> None:
        self.conn.execute(
            "UPDATE assessments SET closed_at = ?, level = ?, sealed = ? WHERE id = ?",
            (*self._changing(assessment), assessment.id),
        )

    def _changing(self, assessment: Assessment) -> tuple[str | None, str | None, bytes]:
        """When it closed, the gravest level told, and the sealed rest without the records."""
        levels = [record.level for record in assessment.records if isinstance(record, Told)]
        return (
            written_or_none(assessment.closed_at),
            gravest(levels).value if levels else None,
            self.sealed(ASSESSMENT, replace(assessment, records=())),
        )

    def _append(self, id: int, position: int, records: tuple[Record, ...]) -> None:
        self.conn.executemany(
            "INSERT INTO records (assessment_id, position, at, kind, sealed)"
            " VALUES (?, ?, ?, ?, ?)",
            [
                (id, at, written(record.at), record.kind, self.sealed(RECORD, record))
                for at, record in enumerate(records, position)
            ],
        )

    def _whole(self, assessment: Assessment) -> Assessment:
        rows = self.conn.execute(
            "SELECT sealed FROM records WHERE assessment_id = ? ORDER BY position",
            (assessment.id,),
        )
        return replace(assessment, records=self.opened(RECORD, rows))
