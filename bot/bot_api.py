"""Bot API: what Telegram asks for and refuses, whichever library speaks to it."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from bot.backoff import Backoff
from bot.channels.base import SendFailed, Trouble
from bot.clock import Clock

log = logging.getLogger(__name__)

CALL_S = 15
"""How long a call may take before the network counts as down."""
POLL_S = 25
"""How long Telegram holds a poll open when there is nothing new."""
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
"""Where a webhook shows its secret."""

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

_CONFLICT = "another process reads this bot's updates, or a webhook is set for it"
_TOKEN = "the bot's token or the address of the Bot API is not valid"
_WAIT = "Telegram asks to wait"
_REFUSED = "the Bot API does not take this"
HINTS = {
    "TelegramConflictError": _CONFLICT,
    "Conflict": _CONFLICT,
    "TelegramUnauthorizedError": _TOKEN,
    "TelegramNotFound": _TOKEN,
    "InvalidToken": _TOKEN,
    "TelegramRetryAfter": _WAIT,
    "RetryAfter": _WAIT,
    "TelegramBadRequest": _REFUSED,
    "BadRequest": _REFUSED,
}
"""By the name of the error in either library: what whoever runs the house can do."""


def read_bad_request(said: str) -> Trouble:
    """What the description of a 400 means for the message."""
    said = said.lower()
    if any(part in said for part in UNREACHABLE):
        return Trouble.blocked
    if any(part in said for part in NOT_EDITABLE):
        return Trouble.gone
    return Trouble.refused


def says_unchanged(said: str) -> bool:
    """Whether a 400 says only that the message already is as wished."""
    return UNCHANGED in said.lower()


def explain(failed: SendFailed) -> str:
    """A failure for the log: its kind and never its words, which may quote what was said."""
    name = type(failed.__cause__ or failed.__context__).__name__
    return f"{failed}, {name}; {HINTS.get(name, 'see the network')}"


async def insist(call: Callable[[], Awaitable[object]], clock: Clock, backoff: Backoff) -> None:
    """Call until Telegram accepts it, or refuses it for good."""
    failures = 0
    while True:
        try:
            await call()
        except SendFailed as failed:
            log.warning("Telegram did not accept a setting: %s", explain(failed))
            if not failed.trouble.passing:
                return
            wait = failed.retry_after or backoff.wait(failures)
            failures += 1
            await clock.sleep_until(clock.now() + wait)
        else:
            return
