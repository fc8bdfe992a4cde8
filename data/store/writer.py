"""The one writer: jobs that wait share a transaction, each in a savepoint of its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Protocol

from data.spool import SpoolFailed
from data.store.connection import PATIENCE, Connect, StoreFailed, broken, busy, wait
from data.store.job import Job, Outcome
from data.store.ledger import Ledger


class Refuge(Protocol):
    """Where inputs go that the store cannot take: the spool beside the database."""

    def append(self, content: bytes) -> None:
        """Keep an input on disk; SpoolFailed when that is not possible either."""

    def entries(self) -> Sequence[bytes]:
        """What is kept, in order."""

    def clear(self) -> None:
        """Forget what is kept: the store has it now."""


Replay = Callable[[Ledger, bytes], object]
"""Stores an input of the spool, as its own job would have."""


class Writer:
    """Runs batches of jobs on its connection; called by one thread at a time.

    While the spool holds anything the writer is *behind*: the spool goes into the store before
    any newer input does, and newer inputs go to the spool as long as that is not possible.
    """

    def __init__(
        self, connect: Connect, ledger: Callable[[sqlite3.Connection], Ledger], refuge: Refuge
    ) -> None:
        self._connect = connect
        self._ledger_of = ledger
        self._refuge = refuge
        self._conn: sqlite3.Connection | None = None
        self._ledger: Ledger | None = None
        self._jammed = False
        self.commits = 0
        self.replay: Replay | None = None
        self.recovered: Callable[[Sequence[Outcome]], None] = _ignored

    @property
    def behind(self) -> bool:
        """Whether inputs are known that the store has not taken yet."""
        return self._jammed or bool(self._refuge.entries())

    def run(self, jobs: Sequence[Job]) -> None:
        """Bring each job to its end; raises nothing."""
        live = [job for job in jobs if job.future.set_running_or_notify_cancel()]
        self._catch_up()
        if self.behind:
            live = [job for job in live if not self._diverted(job)]
        if live and not self._together(live):
            self._singly(live)

    def close(self) -> None:
        """Let go of the database file."""
        conn, self._conn, self._ledger = self._conn, None, None
        if conn is not None:
            with suppress(sqlite3.Error):
                conn.close()

    # --- transactions ---------------------------------------------------------------------------

    def _together(self, jobs: Sequence[Job]) -> bool:
        """All jobs under one commit; False when the store failed, and then nothing was done."""
        try:
            ledger = self._begin()
            outcomes = [_attempt(ledger, job) for job in jobs]
            self._commit(ledger)
        except Exception as error:  # noqa: BLE001 - whatever it was, the jobs have another try
            self._give_way(error)
            return False
        for job, outcome in zip(jobs, outcomes, strict=True):
            job.settle(outcome)
        return True

    def _singly(self, jobs: Sequence[Job]) -> None:
        """Each job under a commit of its own, in order; one that fails again has failed."""
        failed: set[str] = set()
        for job in jobs:
            if job.spare is not None and job.spare.lane in failed:
                self._fail(job)
            elif not self._alone(job):
                failed.update([job.spare.lane] if job.spare is not None else [])
        if self._conn is not None:
            with suppress(sqlite3.Error):
                wait(self._conn, PATIENCE)

    def _alone(self, job: Job) -> bool:
        try:
            ledger = self._begin()
            outcome = _attempt(ledger, job)
            self._commit(ledger)
        except Exception as error:  # noqa: BLE001 - whatever it was, it is told as StoreFailed
            self._give_way(error, impatient=True)
            self._fail(job)
            return False
        job.settle(outcome)
        return True

    def _begin(self) -> Ledger:
        if self._conn is None or self._ledger is None:
            self._conn = self._connect()
            self._ledger = self._ledger_of(self._conn)
        self._conn.execute("BEGIN IMMEDIATE")
        return self._ledger

    def _commit(self, ledger: Ledger) -> None:
        ledger.conn.execute("COMMIT")
        self.commits += 1

    def _give_way(self, error: Exception, *, impatient: bool = False) -> None:
        """Undo what is half done; after anything but a lock the connection is opened anew, for
        it may be what is broken.

        The jobs after one that has just waited in vain do not wait as long again: behind each
        of them is a family.
        """
        conn = self._conn
        if conn is None:
            return
        try:
            if conn.in_transaction:
                conn.execute("ROLLBACK")
            wait(conn, 0 if impatient else PATIENCE)
        except sqlite3.Error:
            self.close()
            return
        if not busy(error):
            self.close()

    # --- the spool ------------------------------------------------------------------------------

    def _catch_up(self) -> None:
        """Take what the spool holds into the store, before anything newer."""
        entries = self._refuge.entries()
        if not entries:
            self._jammed = False
        elif self.replay is not None:
            jobs = [Job(_replayed(self.replay, content)) for content in entries]
            if self._together(jobs):
                self._forget([_outcome(job) for job in jobs])

    def _forget(self, outcomes: Sequence[Outcome]) -> None:
        """The store has it all: a spool that cannot be emptied is replayed, to no effect."""
        with suppress(SpoolFailed):
            self._refuge.clear()
            self._jammed = False
            self.recovered(outcomes)

    def _diverted(self, job: Job) -> bool:
        if job.spare is None:
            return False
        self._fail(job)
        return True

    def _fail(self, job: Job) -> None:
        """The job's input goes to the spool, if it has one; the submitter hears of it."""
        kept = False
        if job.spare is not None and not self._jammed:
            try:
                self._refuge.append(job.spare.content)
                kept = True
            except SpoolFailed:
                self._jammed = True
        job.settle(Outcome(error=StoreFailed(kept=kept)))


def _attempt(ledger: Ledger, job: Job) -> Outcome:
    """Do the work in a savepoint; an error of the work's own undoes the work alone."""
    conn = ledger.conn
    conn.execute("SAVEPOINT job")
    try:
        outcome = Outcome(value=job.work(ledger))
    except Exception as error:
        if broken(error) or not conn.in_transaction:
            raise
        conn.execute("ROLLBACK TO job")
        outcome = Outcome(error=error)
    conn.execute("RELEASE job")
    return outcome


def _outcome(job: Job) -> Outcome:
    error = job.future.exception()
    assert error is None or isinstance(error, Exception)
    return Outcome(error=error)


def _replayed(replay: Replay, content: bytes) -> Callable[[Ledger], object]:
    return lambda ledger: replay(ledger, content)


def _ignored(outcomes: Sequence[Outcome]) -> None:
    """Nobody wants to know."""
