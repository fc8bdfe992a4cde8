"""Outbox in memory, and a channel that does as it is told: what the sender is tested against."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.channels.base import Limits, Receipt, Receive, Rendered, SendFailed
from bot.owed import Owed, What
from flows.message import Urn

Stumble = Callable[[], Awaitable[None]]


class MemoryLedger:
    """Rows and receipts; `broken` names the calls that fail."""

    def __init__(self) -> None:
        self.rows: dict[int, Owed] = {}
        self.receipts: dict[int, str] = {}
        self.dropped: dict[int, str] = {}
        self.broken: set[str] = set()
        self.reads = 0

    def owe(
        self,
        urn: Urn,
        words: str,
        *,
        what: What = What.send,
        slot: str = "",
        not_before: datetime | None = None,
    ) -> int:
        """Add a row; its id."""
        number = len(self.rows) + 1
        self.rows[number] = Owed(
            number, urn, Rendered(text=words), what, slot, not_before=not_before
        )
        return number

    @property
    def open(self) -> list[int]:
        """The rows that are not settled."""
        return [one for one in self.rows if one not in self.receipts and one not in self.dropped]

    async def owed(self, limit: int) -> Sequence[Owed]:
        self._break("owed")
        self.reads += 1
        return [self.rows[one] for one in self.open][:limit]

    async def latest_receipt(self, urn: Urn, slot: str, before: int) -> str:
        self._break("latest_receipt")
        found = [
            self.receipts[row.id]
            for row in self.rows.values()
            if (row.urn, row.slot) == (urn, slot) and row.id < before and self.receipts.get(row.id)
        ]
        return found[-1] if found else ""

    async def receipt(self, outbox_id: int, message: str, now: datetime) -> None:
        self._break("receipt")
        self.receipts[outbox_id] = message

    async def postpone(self, outbox_id: int, until: datetime, attempts: int) -> None:
        self._break("postpone")
        row = self.rows[outbox_id]
        self.rows[outbox_id] = replace(row, not_before=until, attempts=attempts)

    async def drop(self, outbox_id: int, why: str) -> None:
        self._break("drop")
        self.dropped[outbox_id] = why

    def _break(self, call: str) -> None:
        if call in self.broken:
            raise OSError("disk full")


@dataclass
class ToldChannel:
    """Notes what it is given; `stumbles` are met one a call, None lets the call through."""

    name: str = "telegram"
    limits: Limits = field(default_factory=Limits)
    stumbles: list[SendFailed | Exception | Stumble | None] = field(default_factory=list)
    said: list[tuple[str, str]] = field(default_factory=list)
    edited: list[tuple[str, str, str]] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    """The words of everything that was delivered or changed, in order."""
    tries: int = 0
    flying: int = 0
    most_flying: int = 0

    async def run(self, receive: Receive) -> None:
        """Nobody writes on it."""

    async def send(self, address: str, message: Rendered) -> Receipt:
        await self._stumble()
        self.said.append((address, message.text))
        self.done.append(message.text)
        return Receipt(f"m{len(self.said)}")

    async def edit(self, address: str, receipt: Receipt, message: Rendered) -> Receipt:
        await self._stumble()
        self.edited.append((address, receipt.message, message.text))
        self.done.append(message.text)
        return receipt

    async def close(self) -> None:
        """It holds nothing."""

    async def _stumble(self) -> None:
        self.tries += 1
        self.flying += 1
        self.most_flying = max(self.most_flying, self.flying)
        try:
            stumble = self.stumbles.pop(0) if self.stumbles else None
            if isinstance(stumble, Exception):
                raise stumble
            if stumble is not None:
                await stumble()
        finally:
            self.flying -= 1
