"""Fake Bot API server: Telegram as two libraries and a killed process can talk to it."""

import asyncio
import time
from collections.abc import Callable, Sequence
from typing import Self

from tests.harness.telegram.account import Account
from tests.harness.telegram.chat import Message
from tests.harness.telegram.fault import Fault, Injection, Match
from tests.harness.telegram.gate import Gate, When
from tests.harness.telegram.group import Group
from tests.harness.telegram.phone import Phone
from tests.harness.telegram.query import Query
from tests.harness.telegram.request import Call
from tests.harness.telegram.update import Raw
from tests.harness.telegram.violation import Violation
from tests.harness.telegram.webhook import Courier, Posted
from tests.harness.telegram.wire import HOST, Wire
from tests.harness.telegram.world import World

REACHED_WITHIN_S = 10.0


class TelegramServer:
    """`async with TelegramServer(tokens=[...]) as server:`; leaving it raises for violations.

    `server.phone(...)` and `server.group(...)` are the people, `inject` makes trouble, `hold`
    stops a call until `release`, `log` is every request in the order of arrival.
    """

    def __init__(
        self, tokens: Sequence[str], *, now: Callable[[], float] = time.time, port: int = 0
    ) -> None:
        self.world = World(now)
        self.port = port
        self._wire = Wire(self.world)
        self._phones: dict[tuple[str, int], Phone] = {}
        self._couriers = {
            token: Courier(self.world, self.world.add_account(token)) for token in tokens
        }
        self._tasks: list[asyncio.Task[None]] = []

    # --- its life -------------------------------------------------------------------------------

    async def open(self) -> Self:
        """Listen on the loopback; with port 0 on any free one."""
        self.port = await self._wire.open(self.port)
        self._tasks = [asyncio.create_task(one.run()) for one in self._couriers.values()]
        return self

    async def stop(self) -> None:
        """Let everything go and stop listening, without judging."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._wire.close()

    async def close(self) -> None:
        """Stop, then raise AssertionError for violations that the test did not expect."""
        await self.stop()
        self._wire.ledger.settle()

    async def __aenter__(self) -> Self:
        return await self.open()

    async def __aexit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        await (self.close() if kind is None else self.stop())

    @property
    def base_url(self) -> str:
        """What VIGIL_TELEGRAM_API is set to."""
        return f"http://{HOST}:{self.port}"

    # --- people ---------------------------------------------------------------------------------

    def phone(
        self,
        user_id: int,
        *,
        bot: str,
        first_name: str = "Ana",
        language_code: str | None = "en",
        username: str | None = None,
    ) -> Phone:
        """The phone of a person, open at one bot; the same one when asked for again."""
        if (bot, user_id) not in self._phones:
            user: Raw = {"id": user_id, "is_bot": False, "first_name": first_name}
            user |= {"language_code": language_code} if language_code else {}
            user |= {"username": username} if username else {}
            self._phones[bot, user_id] = Phone(self.world, bot, user)
        return self._phones[bot, user_id]

    def group(
        self,
        chat_id: int,
        members: Sequence[Phone],
        *,
        bots: Sequence[str] | None = None,
        title: str = "Coordinators",
    ) -> Group:
        """A group of these people and, by default, of the bots that their phones are open at."""
        present = list(bots) if bots is not None else sorted({one.bot for one in members})
        return Group(self.world, chat_id, list(members), present, title)

    # --- trouble --------------------------------------------------------------------------------

    def inject(
        self,
        fault: Fault,
        *,
        method: str | None = None,
        bot: str | None = None,
        times: int | None = 1,
        match: Match | None = None,
    ) -> Injection:
        """Let the next so many valid calls meet this fault (None: until lifted)."""
        injection = Injection(fault, method, bot, times, match)
        self._wire.injections.append(injection)
        return injection

    def hold(
        self,
        method: str | None = None,
        *,
        bot: str | None = None,
        when: When = "before",
        times: int | None = 1,
        match: Match | None = None,
    ) -> Gate:
        """Stop the next so many such calls, before their effect or between it and the answer."""
        gate = Gate(method, bot, when, times, match)
        self._wire.gates.append(gate)
        return gate

    async def reached(self, gate: Gate, timeout: float = REACHED_WITHIN_S) -> Call:  # noqa: ASYNC109
        """Wait until a call stands at the gate."""
        call = await self.world.bell.until(lambda: next(iter(gate.held), None), timeout)
        if call is None:
            raise AssertionError(f"nothing came to the gate {gate.method} {gate.when}")
        return call

    async def finished(self, call: Call, timeout: float = REACHED_WITHIN_S) -> str:  # noqa: ASYNC109
        """Wait until a call is answered or given up; its outcome."""
        done = await self.world.bell.until(lambda: call.finished or None, timeout)
        assert done, f"not finished: {call}"
        return call.outcome

    def release(self, gate: Gate, *, apply: bool = True) -> None:
        """Let held calls go on; a call of a client that is gone, or apply=False, has no effect."""
        gate.open(apply=apply)

    def go_offline(self) -> None:
        """Break every connection, standing and new, until `go_online`."""
        self._wire.offline = True
        self.world.bell.ring()

    def go_online(self) -> None:
        """Answer again."""
        self._wire.offline = False

    def deliver_again(self, bot: str, update_id: int | None = None) -> Raw:
        """Hand out an update once more, confirmed or not; the newest one by default."""
        update = self.world.accounts[bot].updates.give_again(update_id)
        self.world.bell.ring()
        return update

    def deliver_twice(self, bot: str, times: int = 1) -> None:
        """Webhook: the next so many updates come once more right after they were taken."""
        self._couriers[bot].twice += times

    def wrong_secret(self, bot: str, secret: str | None = "wrong") -> None:
        """Webhook: somebody posts the next update with this secret (None: without one) first."""
        self._couriers[bot].forged.append(secret)

    def courier(self, bot: str) -> Courier:
        """Who carries a bot's updates to its webhook."""
        return self._couriers[bot]

    def expire_queries(self) -> None:
        """Make every tap too old to be answered."""
        for query in self.world.queries.values():
            query.expired = True

    def expects_violation(self, pattern: str, times: int | None = 1) -> None:
        """The test provokes this itself: so many violations that the pattern finds, None: any."""
        self._wire.ledger.expect(pattern, times)

    # --- what happened --------------------------------------------------------------------------

    @property
    def log(self) -> list[Call]:
        """Every request in the order of arrival."""
        return self._wire.log

    @property
    def violations(self) -> list[Violation]:
        """Every rule that a client broke, expected or not."""
        return self._wire.ledger.violations

    @property
    def unanswered_taps(self) -> list[Query]:
        """Taps that still show as loading."""
        return [one for one in self.world.queries.values() if not one.answered]

    def sent(self, bot: str) -> list[Message]:
        """Every message that a bot sent, to whomever, in order."""
        return [message for token, message in self.world.sent if token == bot]

    def calls(self, method: str | None = None, bot: str | None = None) -> list[Call]:
        """The lines of the log with this method and this bot."""
        return [one for one in self.log if method in (None, one.method) and bot in (None, one.bot)]

    def posted(self, bot: str) -> list[Posted]:
        """Every attempt to hand an update to the webhook."""
        return self._couriers[bot].posted

    def undelivered(self, bot: str) -> list[Raw]:
        """Updates that the webhook never took."""
        return self._couriers[bot].undelivered

    def account(self, bot: str) -> Account:
        """All that a bot has set, and the updates that wait for it."""
        return self.world.accounts[bot]

    async def polled(self, bot: str, timeout: float = REACHED_WITHIN_S) -> None:  # noqa: ASYNC109
        """Wait until somebody waits for this bot's updates, everything before them confirmed."""
        account = self.account(bot)
        found = await self.world.bell.until(
            lambda: True if account.poll and not account.updates.pending else None, timeout
        )
        assert found, "nobody polls"
