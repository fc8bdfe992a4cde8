"""What every channel is to the house: limits as data, a way in, a way out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Protocol

from flows.message import Inbound, Marks
from flows.team import Act


@dataclass(frozen=True)
class Limits:
    """What a channel can show; flows never ask which channel it is."""

    text: int = 4096
    """UTF-16 code units of one message."""
    buttons: int = 100
    """Choices shown as buttons; a screen with more is written as "reply 1 4"."""
    label: int = 64
    """Characters of a button's label."""
    edits: bool = True
    contacts: bool = True
    copies: bool = True
    links: bool = True
    marks: Marks = Marks.buttons


@dataclass(frozen=True)
class Button:
    """A rendered choice: exactly one of token, url and copy is filled."""

    label: str
    token: str = ""
    url: str = ""
    copy: str = ""


@dataclass(frozen=True)
class Card:
    """A rendered contact card."""

    name: str
    phone: str


@dataclass(frozen=True)
class Rendered:
    """A message in words, ready for a channel of the limits it was rendered for."""

    text: str = ""
    rows: tuple[tuple[Button, ...], ...] = ()
    card: Card | None = None
    ask_contact: str = ""
    """The label of the button that hands over the own number; empty: no such button."""
    silent: bool = False


@dataclass(frozen=True)
class Receipt:
    """What the channel called the message that it delivered."""

    message: str


class Trouble(StrEnum):
    """Why a message could not be delivered, as the sender must act on it."""

    busy = "busy"
    """429: wait for ``retry_after``, then the same again."""
    down = "down"
    """5xx, or the network: back off, then the same again."""
    blocked = "blocked"
    """403: the person has blocked the bot; the page must know."""
    gone = "gone"
    """The message to edit is too old or no longer there: send anew, or let it be."""
    refused = "refused"
    """400: the channel will never take this message; the static text goes instead."""
    moved = "moved"
    """The chat has a new address."""

    @property
    def passing(self) -> bool:
        """Whether it ends by itself: whatever met it waits, and is tried again."""
        return self in (Trouble.busy, Trouble.down)


class SendFailed(Exception):
    """A channel could not deliver; says nothing about what the message held."""

    def __init__(
        self, trouble: Trouble, *, retry_after: timedelta | None = None, moved_to: str = ""
    ) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble
        self.retry_after = retry_after
        self.moved_to = moved_to


Receive = Callable[[Inbound | Act], Awaitable[None]]
"""Hands an update in; returns once it is committed to disk, and only then may it be confirmed."""


class Channel(Protocol):
    """A transport that the house can be reached on, and can answer on."""

    name: str
    """The urn's channel: ``telegram``, ``coordinator``, ``terminal``, ``apprise`` ..."""
    limits: Limits

    async def run(self, receive: Receive) -> None:
        """Take updates in until cancelled; each is confirmed only after ``receive`` returned."""

    async def send(self, address: str, message: Rendered) -> Receipt:
        """Deliver one message; SendFailed otherwise."""

    async def edit(self, address: str, receipt: Receipt, message: Rendered) -> Receipt:
        """Change a delivered message in place (also: take its buttons away); SendFailed."""

    async def close(self) -> None:
        """Let go of the network."""
