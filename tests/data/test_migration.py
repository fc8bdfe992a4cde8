"""The schema is what the migrations make, and migrations are only added."""

from __future__ import annotations

import sqlite3
from hashlib import sha256
from pathlib import Path

import pytest

from data.store.connection import connect
from data.store.migration import MIGRATIONS, SCHEMA, migrate, schema

RELEASED = {
    "0001_the_house": "8ba8681c5be140ed4855652dc15d580587fbb7f47040dec6f3aef1fe981cf837",
}
"""SHA-256 of each migration's SQL. A line here is never changed, only added."""


def test_migrations_are_append_only() -> None:
    """No migration that was released is edited, renamed, moved or left out."""
    written = {name: sha256(sql.encode()).hexdigest() for name, sql in MIGRATIONS}
    assert list(written.items()) == list(RELEASED.items())


def test_the_drawn_schema_is_fresh() -> None:
    """``schema.sql`` is what the migrations make from nothing."""
    assert SCHEMA.read_text(encoding="utf-8") == schema()


def test_migrating_twice_changes_nothing(tmp_path: Path) -> None:
    """A database that is up to date is left as it is."""
    conn = connect(tmp_path / "v.db")
    assert migrate(conn) == tuple(name for name, _ in MIGRATIONS)
    assert migrate(conn) == ()
    conn.close()


def test_a_migration_that_fails_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A migration is done whole or not at all, and may be tried again."""
    broken = ((*MIGRATIONS[0],), ("0002_broken", "CREATE TABLE half (id);\nCREATE TABLE half;\n"))
    conn = connect(tmp_path / "v.db")
    migrate(conn)
    before = conn.execute("SELECT count(*) FROM sqlite_master").fetchone()
    monkeypatch.setattr("data.store.migration.MIGRATIONS", broken)
    with pytest.raises(sqlite3.OperationalError):
        migrate(conn)
    assert conn.execute("SELECT count(*) FROM sqlite_master").fetchone() == before
    monkeypatch.undo()
    assert migrate(conn) == ()
    conn.close()


def test_what_is_committed_has_reached_the_disk(tmp_path: Path) -> None:
    """The writer's connection logs ahead, waits for the disk, and blanks what it deletes."""
    conn = connect(tmp_path / "v.db")
    pragmas = ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
    found = [conn.execute(f"PRAGMA {name}").fetchone()[0] for name in pragmas]
    assert found == ["wal", 2, 1, 1]
    conn.close()
