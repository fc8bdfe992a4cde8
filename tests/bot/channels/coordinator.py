"""The coordinators' channel against the fake Bot API, with a house that only takes note."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.channels.coordinator_telegram import CoordinatorTelegram, connect
from bot.webhook import Webhook, WebhookServer
from flows.message import Inbound, Urn
from flows.team import Act
from tests.harness.telegram import TelegramServer, make_token

TOKEN = make_token(1002)
SECRET = "a-secret-of-the-test"
GROUP = -500
COMMANDS = {"": (("open", "What is open"),), "he": (("open", "מה פתוח"),)}


class HastyClock:
    """A clock on which every wait is noted and none is long."""

    def __init__(self) -> None:
        self.waits: list[timedelta] = []
        self.waited = asyncio.Event()

    def now(self) -> datetime:
        """An instant like any other."""
        return datetime(2025, 1, 1, 2, tzinfo=UTC)

    async def sleep_until(self, instant: datetime) -> None:
        """Return soon."""
        self.waits.append(instant - self.now())
        self.waited.set()
        await asyncio.sleep(0.01)


@dataclass(eq=False)
class House:
    """What the channel hands its updates to; it commits when it is ``open``."""

    acts: list[Act] = field(default_factory=list)
    tried: list[Act] = field(default_factory=list)
    open: asyncio.Event = field(default_factory=asyncio.Event)
    fails: int = 0
    """So many of the next commits fail."""
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    async def receive(self, update: Inbound | Act) -> None:
        """Commit."""
        assert isinstance(update, Act)
        self._note(self.tried, update)
        await self.open.wait()
        if self.fails:
            self.fails -= 1
            raise OSError("the disk is full")
        self._note(self.acts, update)

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait for it."""
        async with asyncio.timeout(5):
            while not condition():
                self.changed.clear()
                await self.changed.wait()

    async def takes(self, count: int = 1) -> list[Act]:
        """Wait until so many acts are committed; all of them."""
        await self.until(lambda: len(self.acts) >= count)
        return self.acts

    def _note(self, where: list[Act], act: Act) -> None:
        where.append(act)
        self.changed.set()


@dataclass(eq=False)
class Desk:
    """A channel at work, and all around it."""

    server: TelegramServer
    channel: CoordinatorTelegram
    clock: HastyClock
    house: House
    door: WebhookServer | None = None


@asynccontextmanager
async def desk(*, webhook: bool = False, token: str = TOKEN) -> AsyncIterator[Desk]:
    """A channel that runs, by polling or by webhook, until the test leaves."""
    async with TelegramServer(tokens=[TOKEN]) as server:
        clock, house, door = HastyClock(), House(), None
        house.open.set()
        if webhook:
            door = WebhookServer("127.0.0.1", 0)
            await door.start()
        way = Webhook(door, door.address, SECRET) if door else None
        channel = CoordinatorTelegram(
            connect(token, server.base_url),
            clock=clock,
            chance=lambda: 0.0,
            commands=COMMANDS,
            webhook=way,
        )
        running = asyncio.create_task(channel.run(house.receive))
        try:
            yield Desk(server, channel, clock, house, door)
        finally:
            running.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await running
            if door:
                await door.stop()
            await channel.close()


def urn(id: int) -> Urn:
    """An address on the coordinators' channel."""
    return Urn("coordinator", str(id))


def did(act: Act) -> tuple[str, int | None, str]:
    """What was done, without who and where."""
    return act.verb, act.page_id, act.detail
