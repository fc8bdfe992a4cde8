"""Refusal: Telegram's or the network's no, in the words that the sender acts on."""

from __future__ import annotations

from datetime import timedelta

from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramRetryAfter,
)

from bot.channels.base import SendFailed, Trouble

UNCHANGED = "message is not modified"
# Parts of Telegram's descriptions, lower case; it gives no codes.
UNREACHABLE = (
    "chat not found",
    "peer_id_invalid",
    "user_deactivated",
    "user is deactivated",
    "user not found",
)
NOT_EDITABLE = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "message identifier is not specified",
    "there is no text in the message to edit",
    "message not found",
)


def read_refusal(error: Exception) -> SendFailed:
    """What an error means for the message. Never show the error: it may hold what was said."""
    if isinstance(error, TelegramRetryAfter):
        return SendFailed(Trouble.busy, retry_after=timedelta(seconds=error.retry_after))
    if isinstance(error, TelegramMigrateToChat):
        return SendFailed(Trouble.moved, moved_to=str(error.migrate_to_chat_id))
    if isinstance(error, TelegramForbiddenError):
        return SendFailed(Trouble.blocked)
    if isinstance(error, TelegramBadRequest):
        return SendFailed(_bad_request(error))
    if isinstance(error, TelegramEntityTooLarge):
        return SendFailed(Trouble.refused)
    # A token that is wrong today is retried like a network that is down: nothing owed is lost.
    return SendFailed(Trouble.down)


def is_unchanged(error: Exception) -> bool:
    """Whether an edit failed only because the message already is as wished."""
    return isinstance(error, TelegramBadRequest) and UNCHANGED in error.message.lower()


def _bad_request(error: TelegramAPIError) -> Trouble:
    said = error.message.lower()
    if any(part in said for part in UNREACHABLE):
        return Trouble.blocked
    if any(part in said for part in NOT_EDITABLE):
        return Trouble.gone
    return Trouble.refused
