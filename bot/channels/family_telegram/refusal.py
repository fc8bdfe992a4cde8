"""Refusal: Telegram's or the network's no, in the words that the sender acts on."""

from __future__ import annotations

from datetime import timedelta

from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramRetryAfter,
)

from bot.bot_api import read_bad_request, says_unchanged
from bot.channels.base import SendFailed, Trouble


def read_refusal(error: Exception) -> SendFailed:
    """What an error means for the message. Never show the error: it may hold what was said."""
    if isinstance(error, TelegramRetryAfter):
        return SendFailed(Trouble.busy, retry_after=timedelta(seconds=error.retry_after))
    if isinstance(error, TelegramMigrateToChat):
        return SendFailed(Trouble.moved, moved_to=str(error.migrate_to_chat_id))
    if isinstance(error, TelegramForbiddenError):
        return SendFailed(Trouble.blocked)
    if isinstance(error, TelegramBadRequest):
        return SendFailed(read_bad_request(error.message))
    if isinstance(error, TelegramEntityTooLarge):
        return SendFailed(Trouble.refused)
    # A token that is wrong today is retried like a network that is down: nothing owed is lost.
    return SendFailed(Trouble.down)


def is_unchanged(error: Exception) -> bool:
    """Whether an edit failed only because the message already is as wished."""
    return isinstance(error, TelegramBadRequest) and says_unchanged(error.message)
