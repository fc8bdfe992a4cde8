"""Refusal: Telegram's or the network's no, in the words that the sender acts on."""

from __future__ import annotations

from datetime import timedelta

from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.bot_api import read_bad_request, says_unchanged
from bot.channels.base import SendFailed, Trouble


def read_refusal(error: TelegramError) -> SendFailed:
    """What an error means for the message. Never show the error: it may hold what was said."""
    if isinstance(error, RetryAfter):
        return SendFailed(Trouble.busy, retry_after=_wait(error))
    if isinstance(error, ChatMigrated):
        return SendFailed(Trouble.moved, moved_to=str(error.new_chat_id))
    if isinstance(error, Forbidden):
        return SendFailed(Trouble.blocked)
    if isinstance(error, BadRequest):
        return SendFailed(read_bad_request(error.message))
    # The network, a 5xx, a second reader, a token that is wrong today: nothing owed is lost.
    return SendFailed(Trouble.down)


def is_unchanged(error: TelegramError) -> bool:
    """Whether an edit failed only because the message already is as wished."""
    return isinstance(error, BadRequest) and says_unchanged(error.message)


def _wait(error: RetryAfter) -> timedelta:
    """The library gives a timedelta, or seconds where its older manner is asked for."""
    wait = error.retry_after
    return wait if isinstance(wait, timedelta) else timedelta(seconds=wait)
