"""Webhook: the methods that set one, and the courier that carries updates to it."""

import asyncio
import contextlib
import time
from dataclasses import dataclass
from typing import Any

import aiohttp

from tests.harness.telegram.account import Account, Webhook
from tests.harness.telegram.world import Act, World

Raw = dict[str, Any]

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
FIRST_PAUSE_S = 0.05
LONGEST_PAUSE_S = 1.0
PATIENCE_S = 60.0  # after so long without a 2xx an update is given up
ANSWER_WITHIN_S = 15.0


@dataclass(frozen=True)
class Posted:
    """One attempt to hand over an update; status 0 means that nobody answered."""

    at: float  # seconds of the monotonic clock
    bot: str
    update_id: int
    secret: str | None
    status: int


def set_webhook(act: Act) -> object:
    """From now on updates are sent there; an empty address takes the webhook away."""
    account, url = act.account, act.fields["url"]
    _forget(act)
    account.end_poll("terminated by setWebhook request")
    secret, most = act.fields.get("secret_token"), act.fields.get("max_connections", 40)
    account.webhook = Webhook(url, secret, most) if url else None
    account.updates.allowed = act.fields.get("allowed_updates", account.updates.allowed)
    act.world.bell.ring()
    return True


def delete_webhook(act: Act) -> object:
    """Back to getUpdates."""
    _forget(act)
    act.account.webhook = None
    return True


def get_webhook_info(act: Act) -> object:
    """The webhook as it is set, and how many updates wait."""
    hook = act.account.webhook or Webhook("")
    about: Raw = {"max_connections": hook.connections} if hook.url else {}
    if hook.last_error:
        about |= {"last_error_date": hook.last_error_at, "last_error_message": hook.last_error}
    if act.account.updates.allowed:
        about["allowed_updates"] = act.account.updates.allowed
    waiting = len(act.account.updates.pending)
    fixed = {"has_custom_certificate": False, "pending_update_count": waiting}
    return {"url": hook.url, **fixed, **about}


def _forget(act: Act) -> None:
    if act.fields.get("drop_pending_updates"):
        act.account.updates.pending.clear()


class Courier:
    """Carries one bot's updates to its webhook: in order, one at a time, again until a 2xx."""

    def __init__(self, world: World, account: Account) -> None:
        self.world, self.account = world, account
        self.posted: list[Posted] = []
        self.undelivered: list[Raw] = []
        self.twice = 0  # so many of the next updates are delivered once more after their 2xx
        self.forged: list[str | None] = []  # secrets to try first with the next update
        self.patience = PATIENCE_S

    async def run(self) -> None:
        """Carry until cancelled."""
        async with aiohttp.ClientSession() as session:
            while True:
                update = await self.world.bell.until(self._next, timeout=3600)
                if update is not None and self.account.webhook is not None:
                    await self._carry(session, self.account.webhook, update)

    def _next(self) -> Raw | None:
        """Handed out again first, as getUpdates does."""
        updates = self.account.updates
        if self.account.webhook is None:
            return None
        return next(iter(updates.again + updates.pending), None)

    async def _carry(self, session: aiohttp.ClientSession, hook: Webhook, update: Raw) -> None:
        while self.forged:
            await self._post(session, hook, update, self.forged.pop(0))
        if not await self._insist(session, hook, update):
            return
        if self.twice:
            self.twice -= 1
            await self._insist(session, hook, update)

    async def _insist(self, session: aiohttp.ClientSession, hook: Webhook, update: Raw) -> bool:
        """Post until taken; False when given up or when the webhook changed meanwhile."""
        clock = asyncio.get_running_loop().time
        deadline, pause = clock() + self.patience, FIRST_PAUSE_S
        while not await self._post(session, hook, update, hook.secret):
            if self.account.webhook is not hook:
                return False
            if clock() > deadline:
                self.undelivered.append(update)
                break
            await asyncio.sleep(pause)
            pause = min(LONGEST_PAUSE_S, pause * 2)
        self._done(update)
        return True

    def _done(self, update: Raw) -> None:
        self.account.updates.confirm(update)
        with contextlib.suppress(ValueError):
            self.account.updates.again.remove(update)

    async def _post(
        self, session: aiohttp.ClientSession, hook: Webhook, update: Raw, secret: str | None
    ) -> bool:
        headers = {} if secret is None else {SECRET_HEADER: secret}
        timeout = aiohttp.ClientTimeout(total=ANSWER_WITHIN_S)
        try:
            async with session.post(
                hook.url, json=update, headers=headers, timeout=timeout
            ) as answer:
                await answer.read()
                status = answer.status
        except (aiohttp.ClientError, TimeoutError):
            status = 0
        return self._note(hook, update, secret, status)

    def _note(self, hook: Webhook, update: Raw, secret: str | None, status: int) -> bool:
        number = update["update_id"]
        self.posted.append(Posted(time.monotonic(), self.account.token, number, secret, status))
        self.world.bell.ring()
        taken = 200 <= status < 300
        if not taken:
            hook.last_error_at = int(self.world.now())
            hook.last_error = (
                f"Wrong response from the webhook: {status}" if status else ("Connection refused")
            )
        return taken
