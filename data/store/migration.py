"""The schema as a list of migrations: it is only ever added to, and never edited."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from sqlite_utils import Database, Migrations

SCHEMA = Path(__file__).with_name("schema.sql")
"""The generated drawing of all tables; a test holds that it is fresh."""

FIRST = """
CREATE TABLE people (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    urn TEXT NOT NULL UNIQUE,
    patient_id INTEGER NOT NULL REFERENCES patients (id),
    created_at TEXT NOT NULL,
    erased_at TEXT,
    sealed BLOB NOT NULL
) STRICT;
CREATE TABLE patients (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    created_at TEXT NOT NULL,
    erased_at TEXT,
    sealed BLOB NOT NULL
) STRICT;
CREATE TABLE carers (
    patient_id INTEGER NOT NULL REFERENCES patients (id),
    person_id INTEGER NOT NULL REFERENCES people (id),
    since TEXT NOT NULL,
    PRIMARY KEY (patient_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE conversations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL UNIQUE REFERENCES people (id),
    state TEXT NOT NULL,
    sealed BLOB NOT NULL
) STRICT;
CREATE TABLE assessments (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    patient_id INTEGER NOT NULL REFERENCES patients (id),
    person_id INTEGER NOT NULL REFERENCES people (id),
    opened_at TEXT NOT NULL,
    closed_at TEXT,
    level TEXT,
    sealed BLOB NOT NULL
) STRICT;
CREATE INDEX assessments_by_patient ON assessments (patient_id, closed_at);
CREATE TABLE records (
    assessment_id INTEGER NOT NULL REFERENCES assessments (id),
    position INTEGER NOT NULL,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (assessment_id, position)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER records_stand BEFORE UPDATE ON records
BEGIN SELECT RAISE(ABORT, 'a record is never changed'); END;
CREATE TRIGGER records_stay BEFORE DELETE ON records
WHEN (SELECT p.erased_at FROM assessments a JOIN patients p ON p.id = a.patient_id
      WHERE a.id = OLD.assessment_id) IS NULL
BEGIN SELECT RAISE(ABORT, 'a record is never removed'); END;
CREATE TABLE pages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    patient_id INTEGER REFERENCES patients (id),
    reason TEXT NOT NULL,
    cause TEXT NOT NULL,
    level TEXT NOT NULL,
    state TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    resolved_at TEXT,
    sealed BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX pages_one_open_for_a_patient ON pages (patient_id)
    WHERE state <> 'resolved' AND patient_id IS NOT NULL;
CREATE UNIQUE INDEX pages_one_open_for_a_cause ON pages (cause)
    WHERE state <> 'resolved' AND cause <> '';
CREATE INDEX pages_open ON pages (opened_at) WHERE state <> 'resolved';
CREATE INDEX pages_by_patient ON pages (patient_id, resolved_at);
CREATE TABLE coordinators (
    id INTEGER PRIMARY KEY,
    sealed BLOB NOT NULL
) STRICT;
CREATE TABLE inbox (
    update_id TEXT PRIMARY KEY,
    urn TEXT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    at TEXT NOT NULL,
    sealed BLOB NOT NULL DEFAULT x''
) STRICT, WITHOUT ROWID;
CREATE INDEX inbox_failed ON inbox (at) WHERE state = 'failed';
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    urn TEXT NOT NULL,
    channel TEXT NOT NULL,
    slot TEXT NOT NULL,
    what TEXT NOT NULL,
    state TEXT NOT NULL,
    patient_id INTEGER,
    created_at TEXT NOT NULL,
    not_before TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    why TEXT NOT NULL DEFAULT '',
    sealed BLOB NOT NULL
) STRICT;
CREATE INDEX outbox_owed ON outbox (urn, id) WHERE state = 'owed';
CREATE INDEX outbox_slots ON outbox (urn, slot, id) WHERE slot <> '';
CREATE INDEX outbox_by_patient ON outbox (patient_id);
CREATE TABLE receipts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    outbox_id INTEGER NOT NULL REFERENCES outbox (id) ON DELETE CASCADE,
    message TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;
CREATE INDEX receipts_by_row ON receipts (outbox_id);
CREATE TABLE moves (
    urn TEXT PRIMARY KEY,
    moved_to TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE timers (
    key TEXT PRIMARY KEY,
    due_at TEXT NOT NULL,
    kind TEXT NOT NULL,
    person_id INTEGER,
    page_id INTEGER,
    sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX timers_due ON timers (due_at);
CREATE TABLE journal (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    kind TEXT NOT NULL,
    person_id INTEGER,
    patient_id INTEGER,
    page_id INTEGER,
    digest TEXT NOT NULL,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    sealed BLOB NOT NULL
) STRICT;
CREATE INDEX journal_by_patient ON journal (patient_id);
CREATE TRIGGER journal_stays BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is never cut'); END;
CREATE TRIGGER journal_stands BEFORE UPDATE ON journal
WHEN NEW.sealed <> x'' OR NEW.position IS NOT OLD.position OR NEW.at IS NOT OLD.at
  OR NEW.actor IS NOT OLD.actor OR NEW.kind IS NOT OLD.kind
  OR NEW.person_id IS NOT OLD.person_id OR NEW.patient_id IS NOT OLD.patient_id
  OR NEW.page_id IS NOT OLD.page_id OR NEW.digest IS NOT OLD.digest
  OR NEW.previous_hash IS NOT OLD.previous_hash OR NEW.hash IS NOT OLD.hash
BEGIN SELECT RAISE(ABORT, 'the journal is never changed'); END;
"""

MIGRATIONS: tuple[tuple[str, str], ...] = (("0001_the_house", FIRST),)
"""Name and SQL, in order. An entry that was released is never edited: write the next one."""


def migrate(conn: sqlite3.Connection) -> tuple[str, ...]:
    """Bring the schema up to date; the names of what was applied, in order."""
    db = Database(conn, execute_plugins=False)
    migrations = Migrations("vigil")
    for name, sql in MIGRATIONS:
        migrations(name=name)(_step(sql))
    before = {done.name for done in migrations.applied(db)}
    migrations.apply(db)
    return tuple(done.name for done in migrations.applied(db) if done.name not in before)


def schema() -> str:
    """All tables as SQL, as the migrations from empty make them."""
    conn = sqlite3.connect(":memory:", isolation_level=None)
    try:
        migrate(conn)
        return f"{Database(conn, execute_plugins=False).schema}\n"
    finally:
        conn.close()


def _step(sql: str) -> Callable[[Database], None]:
    def apply(db: Database) -> None:
        """Statement by statement: ``executescript`` would commit the migration's transaction."""
        for statement in statements(sql):
            db.conn.execute(statement)

    return apply


def statements(sql: str) -> list[str]:
    """A script cut into statements, triggers whole."""
    done, begun = [], ""
    for line in sql.splitlines(keepends=True):
        begun += line
        if sqlite3.complete_statement(begun):
            done.append(begun.strip())
            begun = ""
    return done
