"""A house that only families reach: the real channel over loopback, a real store, no staff."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Iterable
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path
from typing import TypeVar

from bot.app import App, World, opened
from bot.channels.family_telegram import FamilyTelegram, connect
from bot.speech import Speech
from bot.voice import Voice
from data.load import Content
from flows.message import Text, Urn
from flows.protocol import Protocol
from flows.scene import Scene
from flows.team import EMPTY_TEAM
from tests.harness.clock import MovableClock
from tests.harness.house import FAMILY_BOT, NIGHT, shipped
from tests.harness.telegram import Phone, TelegramServer

FIRST_PHONE = 7000
AT_ONCE = 24
"""Phones in use at once."""
WITHIN_S = 30.0
"""How long an answer may take; many phones are served at once."""
LOOK_S = 0.002
OWED = "SELECT 1 FROM outbox WHERE urn = ? AND state = 'owed' LIMIT 1"

T = TypeVar("T")


class WalkedHouse:
    """The running house, and a new phone for whoever walks."""

    def __init__(self, server: TelegramServer, app: App, clock: MovableClock) -> None:
        self.server = server
        self.app = app
        self.clock = clock
        self._phones = 0
        self._speech = Speech(Voice("en"), app.content.catalogues, NIGHT)
        self._stack = ExitStack()
        self._reader: sqlite3.Connection = self._stack.enter_context(app.store.reader())

    @property
    def content(self) -> Content:
        """The content as it is shipped."""
        return self.app.content

    @property
    def protocol(self) -> Protocol:
        """The protocol that families are asked by."""
        return self.content.house.protocol

    def say(self, text: Text) -> str:
        """A text as these families read it."""
        return self._speech.say(text)

    def phone(self) -> Phone:
        """Of a family that never wrote before."""
        self._phones += 1
        return self.server.phone(FIRST_PHONE + self._phones, bot=FAMILY_BOT)

    async def answered(self, phone: Phone) -> None:
        """Until all that this phone said is committed, and all that is owed to it has come."""
        async with asyncio.timeout(WITHIN_S):
            while self._said(phone) or self._owed(phone):  # noqa: ASYNC110 - both are tables
                await asyncio.sleep(LOOK_S)

    def _said(self, phone: Phone) -> bool:
        pending = self.server.account(FAMILY_BOT).updates.pending
        return any(_sender(update) == phone.id for update in pending)

    def _owed(self, phone: Phone) -> bool:
        return self._reader.execute(OWED, (str(_urn(phone)),)).fetchone() is not None

    async def scene(self, phone: Phone) -> Scene:
        """What the store holds for a phone's family."""
        now = self.clock.now()
        return await self.app.store.run(lambda ledger: ledger.scene_of(_urn(phone), now))

    async def at_once(self, jobs: Iterable[Awaitable[T]]) -> list[T]:
        """Let families walk beside each other, as many as there are free phones."""
        free = asyncio.Semaphore(AT_ONCE)

        async def one(job: Awaitable[T]) -> T:
            async with free:
                return await job

        return await asyncio.gather(*map(one, jobs))

    def close(self) -> None:
        """Let go of the reader."""
        self._stack.close()


def _urn(phone: Phone) -> Urn:
    return Urn("telegram", str(phone.id))


def _sender(update: dict[str, dict[str, dict[str, int]]]) -> int:
    body = update.get("message") or update["callback_query"]
    return int(body["from"]["id"])


@asynccontextmanager
async def walked_house(folder: Path) -> AsyncIterator[WalkedHouse]:
    """Open it; closing it raises for whatever the fake Telegram could not accept."""
    content, clock = shipped(), MovableClock(NIGHT)
    async with TelegramServer(tokens=[FAMILY_BOT]) as server:
        family = FamilyTelegram(
            connect(FAMILY_BOT, server.base_url), clock=clock, chance=lambda: 0.5, profiles={}
        )
        world = World(clock=clock, chance=lambda: 0.5)
        path = folder / "walked.db"
        async with opened(path, content, EMPTY_TEAM, {family.name: family}, world) as app:
            running = asyncio.ensure_future(app.run())
            house = WalkedHouse(server, app, clock)
            try:
                await server.polled(FAMILY_BOT)
                yield house
            finally:
                house.close()
                running.cancel()
                await asyncio.gather(running, return_exceptions=True)
