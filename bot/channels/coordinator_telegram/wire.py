"""Wire: calls to the Bot API, each answered by its result or by SendFailed."""

from __future__ import annotations

import asyncio
import json
import logging
import os
from collections.abc import Coroutine
from typing import Any, TypeVar

from telegram import Bot, Message, Update
from telegram.error import TelegramError
from telegram.request import BaseRequest, HTTPXRequest

from bot.bot_api import CALL_S, POLL_S
from bot.channels.base import Receipt, SendFailed, Trouble
from bot.channels.coordinator_telegram.pare import readable
from bot.channels.coordinator_telegram.refusal import is_unchanged, read_refusal
from bot.channels.coordinator_telegram.update import KINDS, Arrival, read_update

T = TypeVar("T")

OFTEN = 16
"""Calls at a time; Telegram itself takes fewer."""
TALKATIVE = ("telegram", "httpx", "httpcore")
"""Libraries that log tokens with their addresses, or what could not be read with its content."""
DURATIONS = "PTB_TIMEDELTA"
"""Without it the library warns at each 429 that durations will change their type."""


class Reader(HTTPXRequest):
    """The network as the library knows it, with updates made readable before it reads them."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer as JSON; TelegramError, without the answer in it, when it is none."""
        try:
            answer = json.loads(payload)
        except ValueError:
            raise TelegramError("not JSON") from None
        if not isinstance(answer, dict):
            raise TelegramError("not an object")
        if isinstance(result := answer.get("result"), list):
            answer["result"] = [readable(one) if _is_update(one) else one for one in result]
        return answer


def connect(token: str, api: str) -> Wire:
    """A bot on the real network; ``api`` is the base address of the Bot API."""
    return Wire(token, api, polls=_network(1), calls=_network(OFTEN))


class Wire:
    """One bot's calls; an error never carries on what was said."""

    def __init__(self, token: str, api: str, *, polls: BaseRequest, calls: BaseRequest) -> None:
        os.environ.setdefault(DURATIONS, "true")
        for name in TALKATIVE:
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        base = f"{api.rstrip('/')}/bot"
        self.bot = Bot(token, base_url=base, request=calls, get_updates_request=polls)
        self.own_id = int(token.partition(":")[0])
        self._requests = (polls, calls)

    async def call(self, method: Coroutine[Any, Any, T]) -> T:
        """The method's result; SendFailed otherwise."""
        try:
            return await method
        except TelegramError as error:
            raise read_refusal(error) from None

    async def deliver(
        self, method: Coroutine[Any, Any, Message | bool], *, number: int = 0
    ) -> Receipt:
        """Send a message, or change the one of this number: what Telegram calls it."""
        try:
            result = await method
        except TelegramError as error:
            if is_unchanged(error):
                return Receipt(str(number))
            raise read_refusal(error) from None
        return Receipt(str(result.message_id if isinstance(result, Message) else number))

    async def fetch(self, offset: int | None) -> list[Arrival]:
        """Updates from this offset on, as soon as there is one; SendFailed otherwise."""
        fetching = self.bot.get_updates(offset=offset, timeout=POLL_S, allowed_updates=list(KINDS))
        try:
            return [self.read(update) for update in await self.call(fetching)]
        except SendFailed:
            raise
        except Exception:  # noqa: BLE001 - nothing may end the polling, nor quote what was said
            raise SendFailed(Trouble.down) from None

    def read(self, update: Update) -> Arrival:
        """An update as an arrival."""
        return read_update(update, self.own_id)

    def read_raw(self, raw: object) -> Arrival:
        """An update as a webhook brings it; TypeError for something else."""
        if not isinstance(raw, dict) or not _is_update(raw):
            raise TypeError("an update is a JSON object with its number")
        return self.read(Update.de_json(readable(raw)))

    async def close(self) -> None:
        """Let go of the network."""
        await asyncio.gather(*(one.shutdown() for one in self._requests))


def _network(size: int) -> BaseRequest:
    return Reader(
        connection_pool_size=size,
        read_timeout=CALL_S,
        write_timeout=CALL_S,
        connect_timeout=CALL_S,
        pool_timeout=CALL_S,
    )


def _is_update(raw: object) -> bool:
    return isinstance(raw, dict) and isinstance(raw.get("update_id"), int)
