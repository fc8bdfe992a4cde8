"""Refusal: Telegram's or the network's no, in the words that the sender acts on."""

from __future__ import annotations

from datetime import timedelta

from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.channels.base import SendFailed, Trouble

UNCHANGED = "message is not modified"
# Parts of Telegram's descriptions, lower case; it gives no codes.
UNREACHABLE = (
    "chat not found",
    "peer_id_invalid",
    "user not found",
    "user_deactivated",
    "user is deactivated",
    "not enough rights",
    "have no rights",
    "chat_write_forbidden",
)
NOT_EDITABLE = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "message identifier is not specified",
    "there is no text in the message to edit",
    "message not found",
)


def read_refusal(error: TelegramError) -> SendFailed:
    """What an error means for the message. Never show the error: it may hold what was said."""
    if isinstance(error, RetryAfter):
        return SendFailed(Trouble.busy, retry_after=_wait(error))
    if isinstance(error, ChatMigrated):
        return SendFailed(Trouble.moved, moved_to=str(error.new_chat_id))
    if isinstance(error, Forbidden):
        return SendFailed(Trouble.blocked)
    if isinstance(error, BadRequest):
        return SendFailed(_bad_request(error))
    # The network, a 5xx, a second reader, a token that is wrong today: nothing owed is lost.
    return SendFailed(Trouble.down)


def is_unchanged(error: TelegramError) -> bool:
    """Whether an edit failed only because the message already is as wished."""
    return isinstance(error, BadRequest) and UNCHANGED in error.message.lower()


def _wait(error: RetryAfter) -> timedelta:
    """The library gives a timedelta, or seconds where its older manner is asked for."""
    wait = error.retry_after
    return wait if isinstance(wait, timedelta) else timedelta(seconds=wait)


def _bad_request(error: BadRequest) -> Trouble:
    said = error.message.lower()
    if any(part in said for part in UNREACHABLE):
        return Trouble.blocked
    if any(part in said for part in NOT_EDITABLE):
        return Trouble.gone
    return Trouble.refused
