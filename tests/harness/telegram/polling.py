"""Polling: getUpdates, which waits, confirms and bears no second reader."""

import asyncio
from collections.abc import Callable

from tests.harness.telegram.account import Account, Poll
from tests.harness.telegram.refusal import conflict
from tests.harness.telegram.update import Raw
from tests.harness.telegram.world import Act

OTHER_READER = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)
WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the "
    "webhook first"
)


class Gone(Exception):
    """The client hung up while it waited: what it would have been told is told to nobody."""


async def get_updates(act: Act, gone: Callable[[], bool]) -> list[Raw]:
    """Confirm below the offset, then answer what waits, or wait for it up to the timeout.

    As with Telegram the newer of two readers wins, and the older one gets the 409.
    """
    account = act.account
    if account.webhook is not None:
        raise conflict(WEBHOOK_ACTIVE)
    account.end_poll(OTHER_READER)
    account.updates.allowed = act.fields.get("allowed_updates", account.updates.allowed)
    account.updates.confirm_below(act.fields.get("offset", 0))
    poll = account.poll = Poll()
    act.world.bell.ring()
    try:
        return await _wait(act, poll, gone)
    finally:
        if account.poll is poll:
            account.poll = None


async def _wait(act: Act, poll: Poll, gone: Callable[[], bool]) -> list[Raw]:
    clock = asyncio.get_running_loop().time
    deadline = clock() + act.fields.get("timeout", 0)
    while True:
        if gone():
            raise Gone
        if poll.ended:
            raise conflict(poll.ended)
        found = act.account.updates.read(act.fields.get("limit", 100))
        if found or clock() >= deadline:
            return found
        await act.world.bell.wait(deadline - clock())


def is_polled(account: Account) -> bool:
    """Whether somebody waits for this bot's updates right now."""
    return account.poll is not None
