"""Owed: one row of the outbox, as the sender needs it, and the ledger that it settles rows in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.channels.base import Rendered
from flows.message import Urn


class What(StrEnum):
    """What is to be done with a row's message."""

    send = "send"
    """A new message."""
    edit = "edit"
    """The slot's present message becomes this one; a new one where that cannot be."""
    retire = "retire"
    """The slot's earlier message becomes this one, or only loses its buttons."""


@dataclass(frozen=True)
class Owed:
    """A message that somebody is owed."""

    id: int
    """Grows with each row; rows of one urn leave in this order."""
    urn: Urn
    message: Rendered | None
    """None: what was stored cannot be read any more, and the static text goes instead."""
    what: What = What.send
    slot: str = ""
    attempts: int = 0
    not_before: datetime | None = None
    """An instant before which it is not to be tried again."""


class Ledger(Protocol):
    """The outbox and its receipts; each call returns once it is on disk."""

    async def owed(self, limit: int) -> Sequence[Owed]:
        """Rows not settled, in order of id; every urn's oldest rows go before others' newer
        ones, so that an urn that cannot be reached crowds out nobody."""

    async def latest_receipt(self, urn: Urn, slot: str, before: int) -> str:
        """What the channel called the slot's message; only rows with a lower id than ``before``
        count, and only those that left a name. "" when there is none."""

    async def receipt(self, outbox_id: int, message: str, now: datetime) -> None:
        """Settle a row as delivered; ``message`` is "" when it left no message of its own."""

    async def postpone(self, outbox_id: int, until: datetime, attempts: int) -> None:
        """Note when a row is tried again, for the next process."""

    async def drop(self, outbox_id: int, why: str) -> None:
        """Settle a row as never to be delivered."""
