"""Turns that wait share a commit, and none of them pays for its neighbour."""

from __future__ import annotations

import sqlite3
from collections import Counter
from concurrent.futures import Future
from pathlib import Path

import pytest

from data.store import Ledger, Spare, Store, StoreFailed, open_store
from data.store.executor import Executor, Inline, Thread
from tests.data.jobs import NOW, ana, breaking, count, fragile, heard, says

EXECUTORS = [Thread, Inline]


def _queue(store: Store, raising: int | None = None) -> list[Future[bool]]:
    """64 turns of 8 families behind a held writer, each with words that tell its place."""

    def fails(ledger: Ledger) -> bool:
        says(f"u{raising}", ana(1), "lost")(ledger)
        raise ValueError("the 10th raises")

    with store.held():
        return [
            store.submit(
                fails if place == raising else says(f"u{place}", ana(place % 8), str(place)),
                spare=Spare(str(place % 8), b"%d" % place),
            )
            for place in range(64)
        ]


def _orders(store: Store) -> list[list[int]]:
    def words(ledger: Ledger) -> list[list[str]]:
        return [heard(ledger, ana(family)) for family in range(8)]

    return [[int(each) for each in family] for family in store.submit(words).result()]


@pytest.mark.parametrize("executor", EXECUTORS)
def test_waiting_turns_share_a_commit(tmp_path: Path, executor: type[Executor]) -> None:
    """64 turns queued behind a held writer make at most 2 commits, in each family's order."""
    with open_store(tmp_path / "v.db", executor=executor()) as store:
        before = store.commits
        done = _queue(store)
        assert all(each.result() for each in done)
        assert store.commits - before <= 2
        assert _orders(store) == [list(range(family, 64, 8)) for family in range(8)]


@pytest.mark.parametrize("executor", EXECUTORS)
def test_a_turn_that_raises_undoes_itself_alone(tmp_path: Path, executor: type[Executor]) -> None:
    """When the 10th of 64 raises, 63 are stored and their order within a family is kept."""
    with open_store(tmp_path / "v.db", executor=executor()) as store:
        before = store.commits
        done = _queue(store, raising=9)
        with pytest.raises(ValueError, match="the 10th raises"):
            done[9].result()
        assert sum(each.result() for each in done if each is not done[9]) == 63
        assert store.commits - before <= 2
        assert [place for family in _orders(store) for place in family].count(9) == 0
        assert all(family == sorted(family) for family in _orders(store))
    assert count(tmp_path / "v.db", "inbox") == 63


def test_nothing_is_told_before_the_commit(tmp_path: Path) -> None:
    """A job's future is done only once another process can read what it wrote."""
    path = tmp_path / "v.db"
    seen: list[int] = []
    with open_store(path) as store:
        with store.held():
            done = [store.submit(says(f"u{place}", ana(place))) for place in range(5)]
            done[0].add_done_callback(lambda _: seen.append(count(path, "inbox")))
        assert done[4].result()
    assert seen == [5]


def test_a_full_disk_in_mid_batch_loses_none(tmp_path: Path) -> None:
    """SQLITE_FULL voids the whole batch; its turns run again one by one and all are stored."""
    path = tmp_path / "v.db"
    full = Counter[str]()

    def once(sql: str) -> None:
        full["inbox"] += sql.startswith("INSERT INTO inbox")
        if full["inbox"] == 33 and not full["raised"]:
            full["raised"] = 1
            raise sqlite3.OperationalError("database or disk is full")

    with open_store(path, connection=fragile(path)) as store, breaking(once):
        assert all(each.result() for each in _queue(store))
        assert _orders(store) == [list(range(family, 64, 8)) for family in range(8)]
    assert full["raised"] == 1


def test_who_fails_again_is_kept_and_the_others_are_stored(tmp_path: Path) -> None:
    """A turn that fails twice goes to the spool with what its family said after it; the other
    families' turns are stored."""
    path = tmp_path / "v.db"

    def always(sql: str) -> None:
        if sql.startswith("INSERT INTO inbox"):
            attempts.append(sql)
        if len(attempts) in (10, 20):
            attempts.append("raised")
            raise sqlite3.OperationalError("disk I/O error")

    attempts: list[str] = []
    with open_store(path, connection=fragile(path)) as store:
        with breaking(always):
            done = _queue(store)
            lost = [place for place, each in enumerate(done) if each.exception()]
        assert lost == list(range(lost[0], 64, 8))
        failed = [done[place].exception() for place in lost]
        assert all(isinstance(each, StoreFailed) and each.kept for each in failed)
        assert store.behind


def test_a_disk_that_is_really_full_loses_nothing(tmp_path: Path) -> None:
    """With no page left in the file, each turn is either stored or kept, and none is half."""
    path = tmp_path / "v.db"

    def small() -> sqlite3.Connection:
        conn = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        conn.execute(f"PRAGMA max_page_count = {limit}")
        return conn

    with open_store(path):
        limit = -(-path.stat().st_size // 4096) + 4

    with open_store(path, connection=small) as store:
        done = [each.exception() for each in _queue(store)]
        kept = [each for each in done if each is not None]
        assert all(isinstance(each, StoreFailed) and each.kept for each in kept)
        assert kept
    assert count(path, "inbox") + len(kept) == 64
    assert count(path, "records") == count(path, "outbox") == count(path, "inbox")


def test_an_update_delivered_again_has_one_effect(tmp_path: Path) -> None:
    """The same update id a second time changes nothing."""
    with open_store(tmp_path / "v.db", executor=Inline()) as store:
        assert store.submit(says("u1", ana())).result()
        assert not store.submit(says("u1", ana())).result()
        assert store.submit(lambda ledger: heard(ledger, ana())).result() == ["38.4"]
        assert len(store.submit(lambda ledger: ledger.owed(10)).result()) == 1


def test_a_locked_store_fails_every_turn_quickly(tmp_path: Path) -> None:
    """While another process holds the file, only the first turns wait for it: the others must
    not wait in line, each with a family behind it."""
    path = tmp_path / "v.db"
    waits: list[str] = []

    def noted(sql: str) -> None:
        if "busy_timeout" in sql:
            waits.append(sql)

    with open_store(path, connection=fragile(path)) as store:
        store.submit(says("u0", ana())).result()
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with breaking(noted):
            with store.held():
                done = [
                    store.submit(says(f"u{n}", ana(n)), spare=Spare(f"{n}", b"%d" % n))
                    for n in range(1, 64)
                ]
            assert all(isinstance(each.exception(), StoreFailed) for each in done)
        other.close()
        assert waits.count("PRAGMA busy_timeout = 0") >= 62
        assert waits[-1] == "PRAGMA busy_timeout = 200"


def test_a_read_only_file_fails_turns_and_heals(tmp_path: Path) -> None:
    """A database that cannot be written is a failed store; it works again when it can be."""
    path = tmp_path / "v.db"
    mode = ["ro"]

    def opened() -> sqlite3.Connection:
        uri = f"{path.as_uri()}?mode={mode[0]}"
        return sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)

    with open_store(path, connection=opened) as store:
        failed = store.submit(says("u1", ana()), spare=Spare("7", b"u1")).exception()
        assert isinstance(failed, StoreFailed)
        assert failed.kept
        assert count(path, "inbox") == 0
        mode[0] = "rw"
        store.on_recovery(lambda ledger, content: says("u1", ana())(ledger), lambda outcomes: None)
        assert store.submit(lambda ledger: heard(ledger, ana())).result() == ["38.4"]


def test_the_clock_of_the_ledger_is_the_callers(tmp_path: Path) -> None:
    """Instants are stored as they were handed in, in UTC, and come back aware."""
    with open_store(tmp_path / "v.db", executor=Inline()) as store:
        store.submit(says("u1", ana())).result()
        run = store.submit(lambda ledger: ledger.scene_of(ana(), NOW)).result().assessment
        assert run is not None
        assert run.opened_at == NOW
        assert run.opened_at.utcoffset() is not None
