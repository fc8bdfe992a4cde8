"""The store: the writer, its executor, the spool and the lock, as one thing with one life."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from data.lock import Lock
from data.private import make_private
from data.spool import Spool
from data.store.connection import Connect, connect, connect_to_read
from data.store.executor import Executor, Thread
from data.store.job import Job, Outcome, Spare
from data.store.ledger import Ledger, Trade
from data.store.migration import migrate
from data.store.writer import Refuge, Replay, Writer

T = TypeVar("T")


class Store:
    """Takes jobs; each is on disk, or has failed, when its future is done."""

    def __init__(
        self, path: Path, trade: Trade, connect: Connect, executor: Executor, refuge: Refuge
    ) -> None:
        self.path = path
        self.trade = trade
        self._executor = executor
        self._writer = Writer(connect, lambda conn: Ledger(conn, trade), refuge)
        self._executor.start(self._writer.run)

    def submit(self, job: Callable[[Ledger], T], *, spare: Spare | None = None) -> Future[T]:
        """Queue a job; jobs run in the order in which they were submitted.

        The future raises what the job raised, or StoreFailed. With a ``spare`` the input is
        then in the spool, if ``StoreFailed.kept`` says so.
        """
        queued = Job(job, spare)
        self._executor.submit(queued)
        return queued.future

    async def run(self, job: Callable[[Ledger], T], *, spare: Spare | None = None) -> T:
        """The same, awaited."""
        return await asyncio.wrap_future(self.submit(job, spare=spare))

    def on_recovery(self, replay: Replay, recovered: Callable[[Sequence[Outcome]], None]) -> None:
        """Say how an input of the spool is stored, and who hears that all of them were.

        Both are called by the writer's thread; ``recovered`` after the commit.
        """
        self._writer.replay = replay
        self._writer.recovered = recovered

    @property
    def behind(self) -> bool:
        """Whether the spool holds inputs that the store has not taken yet."""
        return self._writer.behind

    @property
    def commits(self) -> int:
        """How many transactions were committed."""
        return self._writer.commits

    @contextmanager
    def held(self) -> Iterator[None]:
        """Let jobs wait within, so that they share what comes after; for tests and drills."""
        self._executor.hold()
        try:
            yield
        finally:
            self._executor.release()

    @contextmanager
    def reader(self) -> Iterator[sqlite3.Connection]:
        """A read-only connection of its own, for exports and searches."""
        with closing(connect_to_read(self.path)) as conn:
            yield conn

    def close(self) -> None:
        """Do what waits, and let go of the file."""
        self._executor.close()
        self._writer.close()


@contextmanager
def open_store(
    path: Path,
    trade: Trade | None = None,
    *,
    connection: Connect | None = None,
    executor: Executor | None = None,
) -> Iterator[Store]:
    """The store on this file, alone on it, its schema up to date; closed at the end.

    Locked when another process has the file; sqlite3.Error when it cannot be opened.
    """
    lock = Lock(path)
    try:
        make_private(path)
        with closing(connect(path)) as conn:
            migrate(conn)
        with closing(Spool(path.with_name(f"{path.name}.spool"))) as spool:
            open_writer = connection or (lambda: connect(path))
            store = Store(path, trade or Trade(), open_writer, executor or Thread(), spool)
            try:
                yield store
            finally:
                store.close()
    finally:
        with suppress(OSError):
            lock.close()
