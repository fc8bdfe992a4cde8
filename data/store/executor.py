"""Who runs the writer's jobs: a thread of its own, or the caller, so that a test repeats."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import Protocol

from data.store.job import Job

MOST = 256
"""Jobs that share a commit at most: the first of them waits for the last."""

Run = Callable[[Sequence[Job]], None]


class Executor(Protocol):
    """Takes jobs in order and hands all that wait to the writer at once."""

    def start(self, run: Run) -> None:
        """Begin; ``run`` is called by one thread at a time and never raises."""

    def submit(self, job: Job) -> None:
        """Add a job after those that wait; RuntimeError once closed."""

    def hold(self) -> None:
        """Let jobs wait."""

    def release(self) -> None:
        """Run those that wait, and go on."""

    def close(self) -> None:
        """Run what waits, and end."""


class Inline:
    """Runs each job in the call that submits it; what was held waits for the release."""

    def __init__(self) -> None:
        self._waiting: deque[Job] = deque()
        self._held = False
        self._closed = False
        self._run: Run = _nothing

    def start(self, run: Run) -> None:
        """Begin."""
        self._run = run

    def submit(self, job: Job) -> None:
        """Run the job now, unless held."""
        if self._closed:
            raise RuntimeError("the store is closed")
        self._waiting.append(job)
        if not self._held:
            self._go()

    def hold(self) -> None:
        """Let jobs wait."""
        self._held = True

    def release(self) -> None:
        """Run those that wait."""
        self._held = False
        self._go()

    def close(self) -> None:
        """Run what waits, and end."""
        self.release()
        self._closed = True

    def _go(self) -> None:
        while self._waiting:
            self._run(_taken(self._waiting))


class Thread:
    """One thread for the life of the store."""

    def __init__(self) -> None:
        self._waiting: deque[Job] = deque()
        self._changed = threading.Condition()
        self._held = False
        self._closed = False
        self._thread: threading.Thread | None = None

    def start(self, run: Run) -> None:
        """Begin."""
        self._thread = threading.Thread(
            target=self._work, args=(run,), name="store-writer", daemon=True
        )
        self._thread.start()

    def submit(self, job: Job) -> None:
        """Add a job after those that wait."""
        with self._changed:
            if self._closed:
                raise RuntimeError("the store is closed")
            self._waiting.append(job)
            self._changed.notify()

    def hold(self) -> None:
        """Let jobs wait; the batch that is running still ends."""
        with self._changed:
            self._held = True

    def release(self) -> None:
        """Run those that wait, and go on."""
        with self._changed:
            self._held = False
            self._changed.notify()

    def close(self) -> None:
        """Run what waits, and end; returns when the thread has ended."""
        with self._changed:
            self._closed = True
            self._held = False
            self._changed.notify()
        if self._thread is not None:
            self._thread.join()

    def _work(self, run: Run) -> None:
        while jobs := self._next():
            run(jobs)

    def _next(self) -> Sequence[Job]:
        """All that wait; none when the store was closed and nothing waits."""
        with self._changed:
            while self._held or not (self._waiting or self._closed):
                self._changed.wait()
            return _taken(self._waiting)


def _taken(waiting: deque[Job]) -> list[Job]:
    return [waiting.popleft() for _ in range(min(MOST, len(waiting)))]


def _nothing(jobs: Sequence[Job]) -> None:
    raise RuntimeError("the store has not begun")
