"""FamilyTelegram: the channel on which families talk to Vigil, by polling or by webhook."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import partial
from typing import TypeVar

from aiogram import Bot
from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteWebhook,
    LeaveChat,
    SendMessage,
    SetWebhook,
    TelegramMethod,
)

from bot.backoff import Backoff, Chance
from bot.bot_api import SECRET_HEADER, insist
from bot.channels.base import Limits, Receipt, Receive, Rendered, SendFailed, Trouble
from bot.channels.family_telegram.outgoing import change, extras, sendings
from bot.channels.family_telegram.profile import Profiles, chosen, introduce
from bot.channels.family_telegram.update import CHANNEL, KINDS, Arrival, Elsewhere, read_raw
from bot.channels.family_telegram.wire import Wire
from bot.clock import Clock
from bot.errand import Errands
from bot.fit import fit, units
from bot.lane import Lanes
from bot.poll import Poll
from bot.webhook import Webhook
from flows.message import Inbound

log = logging.getLogger(__name__)

PATH = "/telegram/family"

T = TypeVar("T")


class FamilyTelegram:
    """One Telegram bot; an update is confirmed only after the house has committed it."""

    name = CHANNEL
    limits = Limits()

    def __init__(
        self,
        bot: Bot,
        *,
        clock: Clock,
        chance: Chance,
        profiles: Profiles,
        webhook: Webhook | None = None,
    ) -> None:
        self._wire = Wire(bot)
        self._clock = clock
        self._backoff = Backoff(chance)
        self._profiles = profiles
        self._webhook = webhook
        self._errands = Errands()
        self._lanes = Lanes()

    # --- in -------------------------------------------------------------------------------------

    async def run(self, receive: Receive) -> None:
        """Take updates in until cancelled."""
        self._errands.send(introduce(self._profiles, self._insist))
        if self._webhook is None:
            await self._poll(receive)
        else:
            await self._listen(self._webhook, receive)

    async def _poll(self, receive: Receive) -> None:
        await self._insist(DeleteWebhook(drop_pending_updates=False))

        async def take(arrival: Arrival) -> None:
            await self._take(arrival, receive)

        await Poll(self._wire.fetch, take, _chat, clock=self._clock, backoff=self._backoff).run()

    async def _listen(self, webhook: Webhook, receive: Receive) -> None:
        async def take(raw: object) -> None:
            if not isinstance(raw, Mapping):
                raise TypeError("an update is a JSON object")
            arrival = read_raw(raw)
            async with self._lanes.hold(arrival.chat or str(arrival.id)):
                await self._take(arrival, receive)

        told = SetWebhook(
            url=webhook.at(PATH),
            secret_token=webhook.secret,
            allowed_updates=list(KINDS),
            drop_pending_updates=False,
        )
        await webhook.listen(PATH, SECRET_HEADER, take, partial(self._insist, told))

    async def _take(self, arrival: Arrival, receive: Receive) -> None:
        """Commit first; what the person sees of it beside the answer is done by the way."""
        if isinstance(arrival.meaning, Inbound):
            await receive(arrival.meaning)
        elif arrival.meaning is not None:
            self._errands.send(self._decline(arrival.meaning))
        if arrival.tap:
            self._errands.send(self._try(AnswerCallbackQuery(callback_query_id=arrival.tap)))

    async def _decline(self, place: Elsewhere) -> None:
        """A group is no family's conversation: say so once and leave, so as to read no more."""
        words = chosen(self._profiles, place.language_code).private_only
        await self._try(SendMessage(chat_id=place.chat, text=words))
        await self._try(LeaveChat(chat_id=place.chat))

    # --- out ------------------------------------------------------------------------------------

    async def send(self, address: str, message: Rendered) -> Receipt:
        """Deliver a message; its receipt names the one that carries the buttons."""
        message = fit(message, self.limits)
        chat = int(address)
        receipt = Receipt("")
        for method in sendings(chat, message, self.limits.text):
            receipt = await self._wire.deliver(method)
        for method in extras(chat, message):
            await self._try(method)
        return receipt

    async def edit(self, address: str, receipt: Receipt, message: Rendered) -> Receipt:
        """Change a delivered message; one that has become too long for it is to be sent anew."""
        message = fit(message, self.limits)
        if units(message.text) > self.limits.text or not receipt.message.isdecimal():
            raise SendFailed(Trouble.gone)
        return await self._wire.deliver(change(int(address), int(receipt.message), message))

    async def close(self) -> None:
        """Let go of the network."""
        await self._errands.close()
        await self._wire.close()

    # --- calls ----------------------------------------------------------------------------------

    async def _try(self, method: TelegramMethod[T]) -> None:
        """Call once; a failure is only logged: what the call gives is said elsewhere as well."""
        try:
            await self._wire.call(method)
        except SendFailed as failed:
            log.info("%s was not done: %s", type(method).__name__, failed)

    async def _insist(self, method: TelegramMethod[T]) -> None:
        await insist(partial(self._wire.call, method), self._clock, self._backoff)


def _chat(arrival: Arrival) -> str:
    return arrival.chat
