"""One piece of work for the writer, and what is kept of it when the store fails."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from data.store.ledger import Ledger

Work = Callable[[Ledger], Any]


@dataclass(frozen=True)
class Spare:
    """An input that must not be lost: it goes to the spool when its job cannot be stored."""

    lane: str
    """Whose it is: nothing newer of one lane is stored before it."""
    content: bytes


@dataclass(frozen=True)
class Outcome:
    """What a job came to, told to nobody before the commit."""

    value: object = None
    error: Exception | None = None


@dataclass(frozen=True)
class Job:
    """Work, and the future by which its submitter learns how it ended."""

    work: Work
    spare: Spare | None = None
    future: Future[Any] = field(default_factory=Future)

    def settle(self, outcome: Outcome) -> None:
        """Tell the submitter."""
        if outcome.error is not None:
            self.future.set_exception(outcome.error)
        else:
            self.future.set_result(outcome.value)
