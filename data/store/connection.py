"""The connection to SQLite: how it is opened, and which of its errors mean a broken store."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

PATIENCE = 200
"""Milliseconds to wait for another process's lock: a family waits for advice meanwhile."""

Connect = Callable[[], sqlite3.Connection]
"""A port: opens the writer's connection; faults are injected here."""

_BROKEN = frozenset(
    {
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_INTERRUPT,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_NOTADB,
    }
)


class StoreFailed(Exception):
    """The store could not do a job, tried twice; says nothing about what the job held."""

    def __init__(self, *, kept: bool = False) -> None:
        super().__init__("the store failed" + (", the input is kept" if kept else ""))
        self.kept = kept
        """Whether the job's input is on disk in the spool, and so may be confirmed."""


def connect(path: Path) -> sqlite3.Connection:
    """The writer's connection: what it commits has reached the disk."""
    conn = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    wait(conn, PATIENCE)
    conn.execute("PRAGMA journal_mode = wal")
    conn.execute("PRAGMA synchronous = full")
    conn.execute("PRAGMA foreign_keys = on")
    conn.execute("PRAGMA secure_delete = on")
    return conn


def connect_to_read(path: Path) -> sqlite3.Connection:
    """A connection of its own for exports and searches; it can change nothing."""
    conn = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
    wait(conn, 10 * PATIENCE)
    conn.execute("PRAGMA query_only = on")
    return conn


def wait(conn: sqlite3.Connection, milliseconds: int) -> None:
    """Wait so long for another process's lock."""
    conn.execute(f"PRAGMA busy_timeout = {milliseconds}")


def broken(error: BaseException) -> bool:
    """Whether an error means that the store, not the job, is at fault."""
    if isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError):
        return False
    if not isinstance(error, sqlite3.DatabaseError):
        return False
    code: int | None = getattr(error, "sqlite_errorcode", None)
    return code is None or code & 0xFF in _BROKEN


def busy(error: BaseException) -> bool:
    """Whether another process held the lock, and nothing else is wrong."""
    code: int | None = getattr(error, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
