"""Jobs as the house would submit them: one answer of one family, stored whole."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from data.store import Ledger, OutboxRow
from data.store.connection import connect
from flows.event import Recorded
from flows.message import Urn
from flows.record import Answer, Answered, By
from flows.scene import Assessment, Scene
from flows.timer import Timer
from flows.turn import Turn

NOW = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)


def ana(number: int = 7) -> Urn:
    """A family's address."""
    return Urn("telegram", str(number))


def answered(scene: Scene, words: str = "38.4") -> Turn:
    """A turn in which a temperature was told."""
    run = scene.assessment or Assessment(
        scene.next_assessment_id, scene.patient.id, scene.person.id, NOW, "clofarabine 1"
    )
    record = Answered(NOW, "temperature", Answer.yes, By.typed, Decimal("38.40"), words)
    turn = Turn(scene).become(assessment=replace(run, records=(*run.records, record)))
    timer = Timer(f"nudge:assessment:{run.id}", NOW, "nudge", person_id=scene.person.id)
    return turn.happened(Recorded(run.id, record)).set(timer)


def says(update: str, urn: Urn, words: str = "38.4") -> Callable[[Ledger], bool]:
    """A job that stores an update with its turn; whether it was new."""

    def job(ledger: Ledger) -> bool:
        if not ledger.record_update(update, urn, "text", NOW):
            return False
        scene = ledger.scene_of(urn, NOW, language_code="he", name="Ana")
        rows = [OutboxRow(f"answer:{update}", urn, b'{"text": "%s"}' % words.encode())]
        ledger.save(scene, answered(scene, words), NOW, rows)
        return True

    return job


def heard(ledger: Ledger, urn: Urn) -> list[str]:
    """What the family's records say, in order."""
    run = ledger.scene_of(urn, NOW).assessment
    return [one.words for one in run.records if isinstance(one, Answered)] if run else []


def count(path: Path, table: str) -> int:
    """How many rows a table has, as another process sees it."""
    conn = sqlite3.connect(path)
    try:
        return int(conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
    finally:
        conn.close()


class Fragile(sqlite3.Connection):
    """A connection on which a test breaks statements."""

    fault: Callable[[str], None] = staticmethod(lambda sql: None)

    def execute(self, sql: str, *args: object) -> sqlite3.Cursor:
        """Run a statement, unless the test has something against it."""
        type(self).fault(sql)
        return super().execute(sql, *args)  # type: ignore[arg-type]

    def executemany(self, sql: str, rows: object, /) -> sqlite3.Cursor:
        """The same for many rows."""
        type(self).fault(sql)
        return super().executemany(sql, rows)  # type: ignore[arg-type]


@contextmanager
def breaking(fault: Callable[[str], None]) -> Iterator[None]:
    """Break statements of fragile connections within."""
    Fragile.fault = staticmethod(fault)
    try:
        yield
    finally:
        Fragile.fault = staticmethod(lambda sql: None)


def fragile(path: Path) -> Callable[[], sqlite3.Connection]:
    """The connection port, opening fragile connections."""

    def open_one() -> sqlite3.Connection:
        connect(path).close()
        conn = sqlite3.connect(path, isolation_level=None, check_same_thread=False, factory=Fragile)
        for pragma in ("busy_timeout = 200", "synchronous = full", "foreign_keys = on"):
            conn.execute(f"PRAGMA {pragma}")
        return conn

    return open_one
