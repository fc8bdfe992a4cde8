"""Wire: calls to the Bot API, each answered by its result or by SendFailed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import AiogramError, ClientDecodeError
from aiogram.methods import GetUpdates, TelegramMethod

from bot.bot_api import CALL_S, POLL_S
from bot.channels.base import Receipt
from bot.channels.family_telegram.refusal import is_unchanged, read_refusal
from bot.channels.family_telegram.update import KINDS, Arrival, read_raw, read_update

T = TypeVar("T")


class PlainSession(AiohttpSession):
    """A session without TLS, as to a Bot API server of one's own: aiogram waits a quarter of a
    second for TLS to end, and here there is none."""

    async def close(self) -> None:
        """Let go of the network at once."""
        if self._session is not None:
            await self._session.close()


def connect(token: str, api: str) -> Bot:
    """A bot on the real network; ``api`` is the base address of the Bot API."""
    session = PlainSession if api.startswith("http://") else AiohttpSession
    return Bot(token, session=session(api=TelegramAPIServer.from_base(api)))


class Wire:
    """One bot's calls; an error never carries on what was said."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def call(self, method: TelegramMethod[T]) -> T:
        """The method's result; SendFailed otherwise."""
        try:
            return await self._bot(method, request_timeout=CALL_S)
        except (AiogramError, OSError) as error:
            raise read_refusal(error) from error

    async def deliver(self, method: TelegramMethod[T]) -> Receipt:
        """Send a message, or change one: what Telegram calls it. SendFailed otherwise."""
        try:
            result = await self._bot(method, request_timeout=CALL_S)
        except ClientDecodeError as error:
            if number := _number_within(error.data):
                return Receipt(number)
            raise read_refusal(error) from error
        except (AiogramError, OSError) as error:
            if is_unchanged(error):
                return Receipt(str(getattr(method, "message_id", "")))
            raise read_refusal(error) from error
        return Receipt(str(getattr(result, "message_id", "")))

    async def fetch(self, offset: int | None) -> list[Arrival]:
        """Updates from this offset on, as soon as there is one; SendFailed otherwise."""
        method = GetUpdates(offset=offset, timeout=POLL_S, allowed_updates=list(KINDS))
        try:
            updates = await self._bot(method, request_timeout=POLL_S + CALL_S)
        except ClientDecodeError as error:
            if (raws := _updates_within(error.data)) is not None:
                return raws
            raise read_refusal(error) from error
        except (AiogramError, OSError) as error:
            raise read_refusal(error) from error
        return [read_update(update) for update in updates]

    async def close(self) -> None:
        """Let go of the network."""
        await self._bot.session.close()


def _number_within(answer: object) -> str:
    """The message's number in an answer that was ok but is of a shape unknown to aiogram."""
    match answer:
        case {"ok": True, "result": {"message_id": int(number)}}:
            return str(number)
    return ""


def _updates_within(answer: object) -> list[Arrival] | None:
    """Each update by itself, so that one of an unknown shape does not hold up all others."""
    match answer:
        case {"ok": True, "result": list(raws)}:
            numbered = (raw for raw in raws if isinstance(raw, Mapping) and "update_id" in raw)
            return [read_raw(raw) for raw in numbered]
    return None
