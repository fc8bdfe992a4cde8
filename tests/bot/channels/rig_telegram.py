"""Telegram rigs: the families' bot against the fake Bot API, by polling and by webhook."""

from __future__ import annotations

from typing import ClassVar

from bot.channels.base import Channel, Trouble
from bot.channels.family_telegram import FamilyTelegram, Profile, connect
from bot.webhook import Webhook, WebhookServer
from tests.bot.channels.contract import HurriedClock, Rig, Shown
from tests.harness.telegram import Message, TelegramServer, fault, make_token
from tests.harness.telegram.fault import Fault

TOKEN = make_token(1001)
SECRET = "open-sesame_7"
ANA = 77
ENGLISH = Profile(
    commands=(("start", "Begin"), ("help", "How this works")),
    description="Answers families at any hour.",
    about="For families.",
    private_only="I answer in private chats only. In danger call 101.",
)
HEBREW = Profile(
    commands=(("start", "התחלה"), ("help", "איך זה עובד")),
    description="עונה למשפחות בכל שעה.",
    about="למשפחות.",
    private_only="אני עונה רק בצ'אט פרטי. בסכנה חייגו 101.",
)
PROFILES = {"": ENGLISH, "en": ENGLISH, "he": HEBREW}
SENDS = ("sendMessage", "sendContact", "editMessageText", "editMessageReplyMarkup")
FAULTS = {
    Trouble.busy: fault.too_many(3),
    Trouble.down: fault.server_error(502),
    Trouble.blocked: fault.blocked(),
    Trouble.refused: fault.refused(400, "Bad Request: something that is not liked"),
    Trouble.moved: fault.migrated_to(-1005),
}


class PollingRig(Rig):
    """Ana's phone at the families' bot, which polls."""

    troubles: ClassVar[frozenset[Trouble]] = frozenset(FAULTS)

    def __init__(self) -> None:
        super().__init__()
        self.address = str(ANA)
        self.server = TelegramServer(tokens=[TOKEN])
        self.clock = HurriedClock()
        self.phone = self.server.phone(ANA, bot=TOKEN, language_code="he")

    def make(self) -> Channel:
        return self.make_telegram()

    def make_telegram(self) -> FamilyTelegram:
        """The families' channel with this rig's way in."""
        return FamilyTelegram(
            connect(TOKEN, self.server.base_url),
            clock=self.clock,
            chance=lambda: 0.0,
            profiles=PROFILES,
            webhook=self.webhook(),
        )

    def webhook(self) -> Webhook | None:
        """The way in for updates; none: they are polled."""
        return None

    async def open(self) -> None:
        await self.server.open()
        self.phone.start()
        self.server.account(TOKEN).updates.pending.clear()

    async def close(self) -> None:
        await self.server.close()

    async def say(self, text: str) -> None:
        self.phone.send(text)

    async def tap(self, label: str) -> None:
        self.phone.tap(label)

    async def send_other(self) -> None:
        self.phone.send_kind("dice")

    def deliver_again(self) -> None:
        self.server.deliver_again(TOKEN)

    def unconfirmed(self) -> int:
        return len(self.server.account(TOKEN).updates.pending)

    def shown(self) -> list[Shown]:
        return [_shown(one) for one in self.phone.chat if one.by_bot]

    def trouble(self, trouble: Trouble) -> None:
        self.strike(FAULTS[trouble])

    def hang_up(self) -> None:
        self.strike(fault.dropped_before())

    def strike(self, trouble: Fault) -> None:
        """The next message, or change of one, meets this."""
        self.server.inject(trouble, match=lambda call: call.method in SENDS)


class WebhookRig(PollingRig):
    """The same phone at the same bot, to which Telegram brings the updates."""

    def __init__(self) -> None:
        super().__init__()
        self.hooks = WebhookServer("127.0.0.1", 0)

    def webhook(self) -> Webhook | None:
        return Webhook(self.hooks, self.hooks.address, SECRET)

    async def open(self) -> None:
        await self.hooks.start()
        await super().open()

    async def close(self) -> None:
        await self.hooks.stop()
        await super().close()


def _shown(message: Message) -> Shown:
    labels = tuple(label for row in message.labels for label in row)
    card = message.contact or {}
    return Shown(message.text, labels, str(card.get("phone_number", "")))
