"""Store faults: a house's own database made unusable in earnest, and put right again."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from data.store import Ledger
from data.store.connection import connect
from tests.harness.house import Harness

HOLDER = """
import sqlite3, sys
other = sqlite3.connect(sys.argv[1], isolation_level=None)
other.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""
"""Another program with its hand on the database until its input ends."""
NO_LIMIT = 1_073_741_823
"""Pages; more than any database here will have."""
KINDS = ("locked", "full", "read_only")


class StoreFault:
    """One way in which a store breaks; `broken` is the time within which it is."""

    def __init__(self, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self._kind = kind
        self._pages = 0
        monkeypatch.setattr("data.store.store.connect", self._connect)

    @contextmanager
    def broken(self, house: Harness) -> Iterator[None]:
        """Break the store of a running house, and mend it."""
        within = {"locked": _held, "full": self._filled, "read_only": self._sealed}
        with within[self._kind](house):
            yield

    def _connect(self, path: Path) -> sqlite3.Connection:
        """What the store opens when it tries again: no better than what it had."""
        if self._kind == "read_only" and self._pages:
            return sqlite3.connect(
                f"{path.absolute().as_uri()}?mode=ro",
                uri=True,
                isolation_level=None,
                check_same_thread=False,
            )
        conn = connect(path)
        if self._pages:
            _limit(conn, self._pages)
        return conn

    @contextmanager
    def _filled(self, house: Harness) -> Iterator[None]:
        """Not one page more: what SQLite does when the disk is full."""
        self._pages = house.app.store.submit(_full).result()
        yield
        self._pages = 0
        house.app.store.submit(lambda ledger: _limit(ledger.conn, NO_LIMIT)).result()

    @contextmanager
    def _sealed(self, house: Harness) -> Iterator[None]:
        """The file may be read and not be written."""
        self._pages = house.app.store.submit(_seal).result()
        yield
        self._pages = 0


@contextmanager
def _held(house: Harness) -> Iterator[None]:
    """Another process has begun to write, and does not end."""
    command = [sys.executable, "-c", HOLDER, str(house.database)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == "held"
        yield


def _full(ledger: Ledger) -> int:
    pages = int(ledger.conn.execute("PRAGMA page_count").fetchone()[0])
    _limit(ledger.conn, pages)
    return pages


def _limit(conn: sqlite3.Connection, pages: int) -> None:
    conn.execute(f"PRAGMA max_page_count = {pages}")


def _seal(ledger: Ledger) -> int:
    ledger.conn.execute("PRAGMA query_only = on")
    return 1
