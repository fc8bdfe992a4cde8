"""Contract: what a channel must be put into, so that one suite can try every channel.

A channel takes part by a `Rig` of its own and a line in `rigs.py`; `test_contract.py` does the
rest. What a channel cannot do it does not claim: a trouble that its network cannot make is left
out of `troubles`, and its limits say whether it edits.
"""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import ClassVar

from bot.channels.base import Channel, Trouble
from flows.message import Inbound, InboundKind
from flows.team import Act

PATIENCE_S = 5.0


@dataclass(frozen=True)
class Shown:
    """A message as the person sees it now."""

    text: str
    labels: tuple[str, ...] = ()
    phone: str = ""
    """The number of a contact card."""


@dataclass(frozen=True)
class Heard:
    """What the house was handed, whether it came from a family or from a coordinator."""

    update: str
    address: str
    kind: InboundKind
    text: str = ""
    token: str = ""


def heard(item: Inbound | Act) -> Heard:
    """A family's update in the contract's words; a rig of Acts has its own reader."""
    assert isinstance(item, Inbound)
    return Heard(item.update, str(item.urn), item.kind, item.text, item.token)


@dataclass
class House:
    """Stands for the intake: notes what it is handed, and commits when it is let."""

    read: Callable[[Inbound | Act], Heard] = heard
    items: list[Heard] = field(default_factory=list)
    """In the order in which they were handed in, committed or not."""
    done: list[Heard] = field(default_factory=list)
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    failures: int = 0
    """So many of the next updates cannot be committed."""

    def __post_init__(self) -> None:
        self.gate.set()

    async def receive(self, item: Inbound | Act) -> None:
        """Return once it is committed."""
        self.items.append(self.read(item))
        await self.gate.wait()
        if self.failures:
            self.failures -= 1
            raise OSError("disk full")
        self.done.append(self.read(item))

    async def has(self, count: int) -> list[Heard]:
        """Wait until so many updates were handed in."""
        await until(lambda: len(self.items) >= count)
        return self.items


class HurriedClock:
    """A clock on which nobody waits long: who sleeps moves it."""

    def __init__(self) -> None:
        self._now = datetime.now(UTC)

    def now(self) -> datetime:
        """The instant it shows."""
        return self._now

    async def sleep_until(self, instant: datetime) -> None:
        """Move it there, after a moment in which others may act."""
        await asyncio.sleep(0.01)
        self._now = max(self._now, instant)


class Rig(ABC):
    """A channel, its network, and one person on it who has written before."""

    troubles: ClassVar[frozenset[Trouble]] = frozenset()
    """What the network can be made to answer."""
    again: ClassVar[bool] = True
    """Whether the network delivers an update until it is confirmed."""

    channel: Channel
    address: str

    def __init__(self) -> None:
        self._run: asyncio.Task[None] | None = None

    def house(self) -> House:
        """A fresh house to hand updates to."""
        return House()

    async def start(self, house: House) -> None:
        """Begin to take updates in, as a process does that starts."""
        self.channel = self.make()
        self._run = asyncio.ensure_future(self.channel.run(house.receive))

    async def stop(self) -> None:
        """Stop as a process does that is killed: nothing is finished."""
        if self._run is not None:
            self._run.cancel()
            with suppress(asyncio.CancelledError):
                await self._run
            self._run = None
            await self.channel.close()

    async def restart(self, house: House) -> None:
        """Another process takes over, with another house."""
        await self.stop()
        await self.start(house)

    @abstractmethod
    def make(self) -> Channel:
        """The channel as a new process makes it."""

    @abstractmethod
    async def open(self) -> None:
        """Let the network work."""

    @abstractmethod
    async def close(self) -> None:
        """Judge what the channel did to the network, and end it."""

    @abstractmethod
    async def say(self, text: str) -> None:
        """The person writes."""

    @abstractmethod
    async def tap(self, label: str) -> None:
        """The person taps a button."""

    @abstractmethod
    async def send_other(self) -> None:
        """The person sends something that holds no words."""

    @abstractmethod
    def deliver_again(self) -> None:
        """The network delivers the newest update once more."""

    @abstractmethod
    def unconfirmed(self) -> int:
        """Updates that the network still has to deliver."""

    @abstractmethod
    def shown(self) -> list[Shown]:
        """What the person sees of the house's messages, oldest first."""

    @abstractmethod
    def trouble(self, trouble: Trouble) -> None:
        """The next message meets this."""

    @abstractmethod
    def hang_up(self) -> None:
        """The next message meets a broken connection."""


async def until(condition: Callable[[], bool]) -> None:
    """Wait for something that must come about; AssertionError when it does not."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + PATIENCE_S
    while not condition():
        assert loop.time() < deadline, "it never came about"
        await asyncio.sleep(0.005)
