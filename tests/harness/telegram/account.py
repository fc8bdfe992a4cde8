"""Account: one bot, what it has set, and the updates that wait for it."""

from dataclasses import dataclass, field
from typing import Any

from tests.harness.telegram.token import bot_id_of
from tests.harness.telegram.update import UpdateQueue

Raw = dict[str, Any]

UPDATES_PER_BOT = 1_000_000  # the first update id of a bot is its place times this


@dataclass(eq=False)
class Webhook:
    """Where a bot wants its updates sent."""

    url: str
    secret: str | None = None
    connections: int = 40
    last_error: str = ""
    last_error_at: int = 0


@dataclass(eq=False)
class Poll:
    """One getUpdates that waits; `ended` holds why somebody else ended it."""

    ended: str = ""


@dataclass(eq=False)
class Account:
    """One bot."""

    token: str
    place: int
    updates: UpdateQueue = field(init=False)
    webhook: Webhook | None = None
    poll: Poll | None = None
    commands: dict[tuple[str, str], list[Raw]] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.updates = UpdateQueue(self.place * UPDATES_PER_BOT + 1)

    @property
    def id(self) -> int:
        """The number in front of the token."""
        return bot_id_of(self.token)

    @property
    def user(self) -> Raw:
        """The bot as a user."""
        name = f"bot_{self.id}_bot"
        return {"id": self.id, "is_bot": True, "first_name": f"Bot {self.id}", "username": name}

    def end_poll(self, why: str) -> None:
        """Send a waiting getUpdates home with a 409."""
        if self.poll is not None:
            self.poll.ended = why
