"""CoordinatorTelegram: the channel on which coordinators get pages and act on them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Mapping, Sequence
from functools import partial
from typing import Any

from telegram import BotCommand

from bot.backoff import Backoff, Chance
from bot.bot_api import SECRET_HEADER, insist
from bot.channels.base import Limits, Receipt, Receive, Rendered, SendFailed, Trouble
from bot.channels.coordinator_telegram.outgoing import change, send_card, send_text
from bot.channels.coordinator_telegram.update import CHANNEL, KINDS, Arrival
from bot.channels.coordinator_telegram.wire import Wire
from bot.clock import Clock
from bot.errand import Errands
from bot.fit import fit, pieces, units
from bot.poll import Poll, in_one_lane
from bot.webhook import Webhook

log = logging.getLogger(__name__)

PATH = "/telegram/coordinator"
ONE_AT_A_TIME = 1
"""Connections that Telegram may bring updates on: more would let a second tap overtake a first."""

Commands = Mapping[str, Sequence[tuple[str, str]]]
"""By two-letter language code, "" for all others: each command and what it does."""
Call = Callable[[], Coroutine[Any, Any, object]]
"""A method of the bot, ready to be called, and called again."""


class CoordinatorTelegram:
    """One Telegram bot; it hands on whoever speaks to it, and the desk knows who has rights."""

    name = CHANNEL
    limits = Limits()

    def __init__(
        self,
        wire: Wire,
        *,
        clock: Clock,
        chance: Chance,
        commands: Commands,
        webhook: Webhook | None = None,
    ) -> None:
        self._wire = wire
        self._clock = clock
        self._backoff = Backoff(chance)
        self._commands = commands
        self._webhook = webhook
        self._errands = Errands()
        self._lane = asyncio.Lock()

    # --- in -------------------------------------------------------------------------------------

    async def run(self, receive: Receive) -> None:
        """Take updates in until cancelled."""
        self._errands.send(self._introduce())
        if self._webhook is None:
            await self._poll(receive)
        else:
            await self._listen(self._webhook, receive)

    async def _poll(self, receive: Receive) -> None:
        await self._insist(lambda: self._wire.bot.delete_webhook(drop_pending_updates=False))

        async def take(arrival: Arrival) -> None:
            await self._take(arrival, receive)

        # Of two who tap at once the first has the page: across people, too, order is kept.
        await Poll(
            self._wire.fetch, take, in_one_lane, clock=self._clock, backoff=self._backoff
        ).run()

    async def _listen(self, webhook: Webhook, receive: Receive) -> None:
        async def take(raw: object) -> None:
            async with self._lane:
                await self._take(self._wire.read_raw(raw), receive)

        async def tell() -> None:
            await self._insist(lambda: self._tell_of(webhook))

        await webhook.listen(PATH, SECRET_HEADER, take, tell)

    async def _tell_of(self, webhook: Webhook) -> None:
        await self._wire.bot.set_webhook(
            url=webhook.at(PATH),
            secret_token=webhook.secret,
            allowed_updates=list(KINDS),
            max_connections=ONE_AT_A_TIME,
            drop_pending_updates=False,
        )

    async def _take(self, arrival: Arrival, receive: Receive) -> None:
        """Commit first; only then the tap stops showing as loading."""
        if arrival.act is not None:
            await receive(arrival.act)
        if arrival.tap:
            self._errands.send(self._answer(arrival.tap))

    async def _answer(self, tap: str) -> None:
        """A tap too old to be answered is no fault: what it did is said in a message."""
        try:
            await self._wire.call(self._wire.bot.answer_callback_query(tap))
        except SendFailed as failed:
            log.info("a tap was not answered: %s", failed)

    # --- out ------------------------------------------------------------------------------------

    async def send(self, address: str, message: Rendered) -> Receipt:
        """Deliver a message; its receipt names the one that carries the buttons."""
        message = fit(message, self.limits)
        chat, bot = int(address), self._wire.bot
        *heads, last = pieces(message.text, self.limits.text)
        for head in heads:
            await self._wire.deliver(send_text(bot, chat, head, message, last=False))
        if not last and message.card is not None:
            return await self._wire.deliver(send_card(bot, chat, message.card, message, keys=True))
        receipt = await self._wire.deliver(send_text(bot, chat, last, message))
        if message.card is not None:
            await self._add_card(chat, message)
        return receipt

    async def _add_card(self, chat: int, message: Rendered) -> None:
        """Below the text, which has been delivered and must not be sent again for the card."""
        assert message.card is not None
        try:
            card = send_card(self._wire.bot, chat, message.card, message, keys=False)
            await self._wire.deliver(card)
        except SendFailed as failed:
            log.warning("a contact card was not delivered: %s", failed)

    async def edit(self, address: str, receipt: Receipt, message: Rendered) -> Receipt:
        """Change a delivered message; one that has become too long for it is to be sent anew."""
        message = fit(message, self.limits)
        if units(message.text) > self.limits.text or not receipt.message.isdecimal():
            raise SendFailed(Trouble.gone)
        number = int(receipt.message)
        changing = change(self._wire.bot, int(address), number, message)
        return await self._wire.deliver(changing, number=number)

    async def close(self) -> None:
        """Let go of the network."""
        await self._errands.close()
        await self._wire.close()

    # --- calls ----------------------------------------------------------------------------------

    async def _introduce(self) -> None:
        """Tell Telegram the commands in each language, one call after another."""
        for language, commands in self._commands.items():
            await self._insist(partial(self._describe, commands, language))

    async def _describe(self, commands: Sequence[tuple[str, str]], language: str) -> None:
        shown = [BotCommand(name, does) for name, does in commands]
        await self._wire.bot.set_my_commands(shown, language_code=language or None)

    async def _insist(self, call: Call) -> None:
        await insist(lambda: self._wire.call(call()), self._clock, self._backoff)
