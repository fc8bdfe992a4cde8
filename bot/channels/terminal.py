"""Terminal: the family and a coordinator side by side on one console; for trying Vigil out."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from uuid import uuid4

from bot.channels.base import Limits, Receipt, Receive, Rendered
from flows.message import Inbound, InboundKind, Marks, Urn
from flows.team import Act

FAMILY = Urn("terminal", "family")
COORDINATOR = Urn("coordinator", "1")
TO_COORDINATOR = ">"
"""A line that begins with this is the coordinator's; any other is the family's."""
LIMITS = Limits(edits=False, contacts=False, copies=False, links=False, marks=Marks.letters)
NAMES = {FAMILY.channel: "family", COORDINATOR.channel: "coordinator"}

Settled = Callable[[], Awaitable[None]]
"""Waits until everything that is owed has been shown."""
Parse = Callable[[str], tuple[str, int | None, str]]
"""A coordinator's token to verb, page and detail."""


@dataclass
class Console:
    """Where lines come from and messages go to."""

    lines: AsyncIterator[str]
    write: Callable[[str], None]
    tokens: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Channel -> the coordinator's choices by letter, of the newest message that had any."""
    unread: asyncio.Event = field(default_factory=asyncio.Event)
    """Nobody reads any more what is printed: the pipe is broken."""

    def show(self, channel: str, message: Rendered) -> None:
        """Print one message, indented under the name of whoever it is for."""
        body = "\n".join(f"  {line}" for line in message.text.splitlines())
        try:
            self.write(f"\n[{NAMES[channel]}]\n{body}\n")
        except BrokenPipeError:
            self.unread.set()
        shown = tuple(b.token for row in message.rows for b in row if b.token)
        if shown:
            self.tokens[channel] = shown

    async def next_line(self) -> str | None:
        """What is typed next; None once the input ends, or nobody reads what is printed."""
        waits = [asyncio.ensure_future(self._typed()), asyncio.ensure_future(self._left())]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
            return None if self.unread.is_set() else await waits[0]
        finally:
            for wait in waits:
                wait.cancel()

    async def _typed(self) -> str | None:
        return await anext(self.lines, None)

    async def _left(self) -> None:
        await self.unread.wait()


async def typed_lines() -> AsyncIterator[str]:
    """Lines of the standard input, until it ends.

    Read by a thread that the program does not wait for: it may have to end while nobody types.
    """
    loop = asyncio.get_running_loop()
    lines: asyncio.Queue[str | None] = asyncio.Queue()
    taken = threading.Semaphore(0)

    def read() -> None:
        with suppress(RuntimeError):  # the program has ended meanwhile
            with suppress(OSError), open(0, errors="replace", closefd=False) as typed:
                for line in typed:
                    loop.call_soon_threadsafe(lines.put_nowait, line.rstrip("\n"))
                    taken.acquire()
            loop.call_soon_threadsafe(lines.put_nowait, None)

    threading.Thread(target=read, daemon=True).start()
    while (line := await lines.get()) is not None:
        taken.release()
        yield line


def print_out(text: str) -> None:
    """Write to the standard output at once."""
    sys.stdout.write(text)
    sys.stdout.flush()


class Shown:
    """One side of the console: a channel that only shows."""

    limits = LIMITS

    def __init__(self, name: str, console: Console) -> None:
        self.name = name
        self._console = console
        self._count = count(1)

    async def run(self, receive: Receive) -> None:
        """Nothing comes in here: the console reads for both sides."""
        await asyncio.Event().wait()

    async def send(self, address: str, message: Rendered) -> Receipt:
        """Print the message."""
        self._console.show(self.name, message)
        return Receipt(str(next(self._count)))

    async def edit(self, address: str, receipt: Receipt, message: Rendered) -> Receipt:
        """Print the message anew; a line once printed stays."""
        return await self.send(address, message) if message.text else receipt

    async def close(self) -> None:
        """Nothing to let go of."""


class Terminal(Shown):
    """The family's side, which reads for both."""

    def __init__(
        self, console: Console, parse: Parse, settled: Settled, language: str = ""
    ) -> None:
        super().__init__(FAMILY.channel, console)
        self._parse = parse
        self._settled = settled
        self._language = language
        self._run = uuid4().hex[:12]
        self._numbers = count(1)

    async def run(self, receive: Receive) -> None:
        """Take lines in until the input ends."""
        while (line := await self._console.next_line()) is not None:
            await receive(self._read(line))
            await self._settled()

    def _read(self, line: str) -> Inbound | Act:
        update = f"terminal:{self._run}:{next(self._numbers)}"
        if line.startswith(TO_COORDINATOR):
            return self._act(update, line.removeprefix(TO_COORDINATOR).strip())
        return Inbound(
            update=update,
            urn=FAMILY,
            kind=InboundKind.text if line.strip() else InboundKind.other,
            text=line,
            language_code=self._language,
            marks=Marks.letters,
        )

    def _act(self, update: str, typed: str) -> Act:
        tokens = self._console.tokens.get(COORDINATOR.channel, ())
        place = ord(typed.lower()) - ord("a") if len(typed) == 1 and typed.isalpha() else -1
        if 0 <= place < len(tokens):
            verb, page, detail = self._parse(tokens[place])
        else:
            verb, page, detail = _command(typed)
        return Act(
            update, COORDINATOR, COORDINATOR, verb, page, detail, "Coordinator", self._language
        )


def _command(typed: str) -> tuple[str, int | None, str]:
    known = typed.startswith("/")
    return (
        (typed[1:].split()[0] if typed[1:].split() else "help", None, "")
        if known
        else (
            "text",
            None,
            typed,
        )
    )
