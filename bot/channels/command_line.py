"""CommandLine: the channel of whoever runs a command on this machine: one act, and its answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.channels.base import Limits, Receipt, Receive, Rendered
from flows.message import Marks
from flows.team import COMMAND_LINE, Act

Settled = Callable[[], Awaitable[None]]
"""Waits until all that is owed and can be sent has been sent."""


class CommandLine:
    """Acts once, and reads to its end when everybody was told of it."""

    name = COMMAND_LINE.channel
    limits = Limits(
        buttons=0, edits=False, contacts=False, copies=False, links=False, marks=Marks.letters
    )

    def __init__(self, verb: str, now: datetime, settled: Settled) -> None:
        self._act = Act(f"{COMMAND_LINE}:{now.isoformat()}", COMMAND_LINE, COMMAND_LINE, verb)
        self._settled = settled
        self.said: list[str] = []
        """What the house answered, a text each."""

    async def run(self, receive: Receive) -> None:
        """Hand the act in, and wait until what it caused has been sent."""
        await receive(self._act)
        await self._settled()

    async def send(self, address: str, message: Rendered) -> Receipt:
        """Keep the text for whoever ran the command."""
        self.said.append(message.text)
        return Receipt(str(len(self.said)))

    async def edit(self, address: str, receipt: Receipt, message: Rendered) -> Receipt:
        """Keep the new text; what was printed stays."""
        return await self.send(address, message)

    async def close(self) -> None:
        """Nothing to let go of."""
