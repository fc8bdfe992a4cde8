"""Fault: something that goes wrong between a bot and Telegram, so many times."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.harness.telegram.polling import OTHER_READER
from tests.harness.telegram.query import too_old
from tests.harness.telegram.refusal import Refusal, conflict, forbidden
from tests.harness.telegram.request import Call
from tests.harness.telegram.world import migrated

STATUS_WORDS = {
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}
Match = Callable[[Call], bool]


@dataclass(frozen=True)
class Fault:
    """One kind of trouble. A refusal comes instead of the effect; the rest say when they strike."""

    name: str
    refusal: Refusal | None = None
    drop_before: bool = False
    drop_after: bool = False
    delay: float = 0.0  # seconds between the effect and its answer
    doubled: bool = False
    body: str | None = None  # in the place of JSON
    status: int = 200


def conflicted() -> Fault:
    """409: another program reads this bot's updates."""
    return Fault("conflicted", conflict(OTHER_READER))


def too_many(retry_after: int = 1) -> Fault:
    """429 with `retry_after` in seconds."""
    refusal = Refusal(429, f"Too Many Requests: retry after {retry_after}")
    refusal.parameters = {"retry_after": retry_after}
    return Fault("too many", refusal)


def blocked() -> Fault:
    """403: the person blocked the bot."""
    return Fault("blocked", forbidden("bot was blocked by the user"))


def query_too_old() -> Fault:
    """400: the tap is too old to be answered."""
    return Fault("query too old", too_old())


def server_error(status: int = 502) -> Fault:
    """A 5xx, and no effect."""
    return Fault("server error", Refusal(status, STATUS_WORDS[status]))


def refused(code: int, description: str, **parameters: Any) -> Fault:  # noqa: ANN401
    """Any other refusal, in Telegram's words."""
    return Fault("refused", Refusal(code, description, parameters=parameters))


def migrated_to(new_id: int) -> Fault:
    """400 with `migrate_to_chat_id`; Group.migrate does the whole of it."""
    return Fault("migrated", migrated(new_id))


def dropped_before() -> Fault:
    """The connection breaks before the request has any effect."""
    return Fault("dropped before", drop_before=True)


def dropped_after() -> Fault:
    """The request has its effect, and the answer is lost."""
    return Fault("dropped after", drop_after=True)


def delayed(seconds: float) -> Fault:
    """The request has its effect at once, and the answer comes late."""
    return Fault("delayed", delay=seconds)


def doubled() -> Fault:
    """GetUpdates answers, and the next one hands out the same updates once more."""
    return Fault("doubled", doubled=True)


def not_json(*, applied: bool = False, status: int = 502) -> Fault:
    """A page of a proxy in the place of JSON; with `applied` the request had its effect."""
    page = f"<html><body><h1>{status}</h1></body></html>"
    if applied:
        return Fault("not json", body=page, status=status)
    return Fault("not json", Refusal(status, "not json"), body=page, status=status)


@dataclass(eq=False)
class Injection:
    """A fault that waits for its calls; `hits` are those that it struck."""

    fault: Fault
    method: str | None
    bot: str | None
    times: int | None
    match: Match | None
    hits: list[Call] = field(default_factory=list)

    def strikes(self, call: Call) -> bool:
        """Whether this call is one of those meant, and any strikes are left."""
        if self.times is not None and len(self.hits) >= self.times:
            return False
        return meant(call, self.method, self.bot, self.match)

    def lift(self) -> None:
        """End it."""
        self.times = 0


def meant(call: Call, method: str | None, bot: str | None, match: Match | None) -> bool:
    """Whether a call has this method and bot (None: any) and meets the condition."""
    return (
        method in (None, call.method) and bot in (None, call.bot) and (match is None or match(call))
    )
