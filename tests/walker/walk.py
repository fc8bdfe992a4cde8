"""A walk: one family's phone on its way through the buttons, each input counted."""

from __future__ import annotations

import re

from flows.message import Text
from flows.scene import Scene
from tests.harness.telegram import Message
from tests.walker.house import WalkedHouse

BEFORE = re.compile(r"^\d+ |^[✓?] ")
"""What stands before the words of a button: its number, and a tick."""

Way = tuple[str, ...]
"""The words of the buttons from home, in order."""


def bare(label: str) -> str:
    """The words of a button, without number and tick."""
    return BEFORE.sub("", BEFORE.sub("", label))


class Walk:
    """Taps only what its phone shows, and knows nothing of what a button carries."""

    def __init__(self, house: WalkedHouse) -> None:
        self.house = house
        self.phone = house.phone()
        self.inputs = 0
        """Taps and typed messages since home was first seen."""
        self.home: tuple[str, ...] = ()
        self.called = False
        """Whether the family said that it called somebody."""

    async def begin(self) -> Walk:
        """Meet Vigil, and go home."""
        self.phone.start()
        await self.house.answered(self.phone)
        await self.tap(self.word("choice.wrong_now"))
        self.home = self.labels
        self.inputs = 0
        return self

    def word(self, id: str) -> str:
        """A text as this family reads it."""
        return self.house.say(Text(id))

    @property
    def screen(self) -> Message:
        """The newest message that can be answered by a button."""
        return next(one for one in reversed(self.phone.chat) if one.by_bot and one.buttons)

    @property
    def labels(self) -> tuple[str, ...]:
        """The words of its buttons."""
        return tuple(bare(label) for row in self.screen.labels for label in row)

    def shows(self, label: str) -> bool:
        """Whether any message still carries this button."""
        rows = (row for one in self.phone.chat if one.by_bot for row in one.labels)
        return any(bare(each) == label for row in rows for each in row)

    async def tap(self, label: str) -> None:
        """Tap the newest button of these words, and wait for the answer."""
        self.phone.read()
        self.phone.tap(lambda button: bare(button.text) == label)
        self.inputs += 1
        await self.house.answered(self.phone)

    async def types(self, words: str) -> None:
        """Type, and wait for the answer."""
        self.phone.read()
        self.phone.send(words)
        self.inputs += 1
        await self.house.answered(self.phone)

    async def follow(self, way: Way) -> None:
        """Tap one after the other, from home; what is on the screen already needs no way."""
        if way[-1] in self.labels:
            await self.tap(way[-1])
            return
        if self.labels != self.home:
            await self.tap(self.word("choice.home"))
        for label in way:
            await self.tap(label)

    def heard(self) -> str:
        """All that came since the last input."""
        return "\n".join(message.text for message in self.phone.unread())

    async def scene(self) -> Scene:
        """What is stored of this family."""
        return await self.house.scene(self.phone)
