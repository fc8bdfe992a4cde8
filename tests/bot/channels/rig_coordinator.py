"""Coordinator rigs: the coordinators' bot against the fake Bot API, by polling and by webhook."""

from __future__ import annotations

from bot.channels.base import Channel
from bot.channels.coordinator_telegram import CoordinatorTelegram, connect
from bot.webhook import Webhook, WebhookServer
from flows.message import Inbound, InboundKind
from flows.team import Act
from tests.bot.channels.contract import Heard, House
from tests.bot.channels.rig_telegram import SECRET, TOKEN, PollingRig

KINDS = {"text": InboundKind.text, "other": InboundKind.other}
"""Every other verb is a button's."""


class CoordinatorPollingRig(PollingRig):
    """A coordinator's phone at the coordinators' bot, which polls."""

    def house(self) -> House:
        return House(read=heard)

    def make(self) -> Channel:
        return CoordinatorTelegram(
            connect(TOKEN, self.server.base_url),
            clock=self.clock,
            chance=lambda: 0.0,
            commands={"": (("open", "What is open"),)},
            webhook=self.way_in(),
        )

    def way_in(self) -> Webhook | None:
        """The way in for updates; none: they are polled."""
        return None


class CoordinatorWebhookRig(CoordinatorPollingRig):
    """The same phone at the same bot, to which Telegram brings the updates."""

    def __init__(self) -> None:
        super().__init__()
        self.hooks = WebhookServer("127.0.0.1", 0)

    def way_in(self) -> Webhook | None:
        return Webhook(self.hooks, self.hooks.address, SECRET)

    async def open(self) -> None:
        await self.hooks.start()
        await super().open()

    async def close(self) -> None:
        await self.hooks.stop()
        await super().close()


def heard(item: Inbound | Act) -> Heard:
    """A coordinator's act in the contract's words."""
    assert isinstance(item, Act)
    kind = KINDS.get(item.verb, InboundKind.tap)
    token = f"{item.verb}:{item.page_id}" if kind is InboundKind.tap else ""
    return Heard(item.update, str(item.urn), kind, item.detail, token)
