"""Narrow rig: the narrow channel, its gateway and the webhook between them."""

from __future__ import annotations

from typing import ClassVar

from bot.channels.base import Channel, Trouble
from bot.channels.narrow import Gateway, Narrow
from bot.webhook import WebhookServer
from tests.bot.channels.contract import Rig, Shown
from tests.harness.narrow import Answer, NarrowGateway

SECRET = "sësame"
ANSWERS = {
    Trouble.busy: Answer(429, {"Retry-After": "3"}),
    Trouble.down: Answer(503),
    Trouble.blocked: Answer(403),
    Trouble.refused: Answer(400),
}


class NarrowRig(Rig):
    """Ana's plain phone."""

    troubles: ClassVar[frozenset[Trouble]] = frozenset(ANSWERS)

    def __init__(self) -> None:
        super().__init__()
        self.address = "+972501234567"
        self.gateway = NarrowGateway(SECRET)
        self.server = WebhookServer("127.0.0.1", 0)

    def make(self) -> Channel:
        return Narrow(Gateway(self.gateway.url, SECRET), self.server)

    async def open(self) -> None:
        await self.server.start()
        await self.gateway.__aenter__()
        self.gateway.hook = self.server.address

    async def close(self) -> None:
        await self.server.stop()
        await self.gateway.__aexit__()
        assert self.gateway.broken == []

    async def say(self, text: str) -> None:
        self.gateway.write(self.address, text=text)

    async def tap(self, label: str) -> None:
        self.gateway.tap(self.address, label)

    async def send_other(self) -> None:
        self.gateway.write(self.address, kind="fax")

    def deliver_again(self) -> None:
        self.gateway.deliver_again()

    def unconfirmed(self) -> int:
        return len(self.gateway.pending)

    def shown(self) -> list[Shown]:
        return [
            Shown(one.text, tuple(label for _, label in one.buttons))
            for one in self.gateway.messages
        ]

    def trouble(self, trouble: Trouble) -> None:
        self.gateway.answers.append(ANSWERS[trouble])

    def hang_up(self) -> None:
        self.gateway.answers.append(Answer())
