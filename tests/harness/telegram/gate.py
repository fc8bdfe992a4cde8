"""Gate: holds one call, before or after its effect, until a test lets it go on."""

import asyncio
from dataclasses import dataclass, field
from typing import Literal

from tests.harness.telegram.fault import Match, meant
from tests.harness.telegram.request import Call

When = Literal["before", "after"]


@dataclass(eq=False)
class Gate:
    """Stands in the way of calls of one method; `held` are those that came to it."""

    method: str | None
    bot: str | None
    when: When
    times: int | None
    match: Match | None
    held: list[Call] = field(default_factory=list)
    applies: bool = True  # whether a call held before its effect still has it when released
    opened: asyncio.Event = field(default_factory=asyncio.Event)

    def stops(self, call: Call, when: When) -> bool:
        """Whether this call must wait here."""
        if self.opened.is_set() or self.when != when:
            return False
        if self.times is not None and len(self.held) >= self.times:
            return False
        return meant(call, self.method, self.bot, self.match)

    def open(self, *, apply: bool) -> None:
        """Let what is held go on, and stop nothing more."""
        self.applies = self.applies and apply
        self.opened.set()
