"""Screen: a chat as somebody sees it, with what was already noticed and what was not."""

import asyncio
from collections.abc import Callable

from tests.harness.telegram.chat import Button, Chat, Event, Message
from tests.harness.telegram.update import Raw
from tests.harness.telegram.world import World

Wanted = str | Callable[[Message], bool]
Label = str | Callable[[Button], bool]

HEARS_WITHIN_S = 5.0


class Screen:
    """What Phone and Group have in common: seeing, waiting and finding buttons."""

    def __init__(self, world: World, chat: Chat) -> None:
        self.world, self.room = world, chat
        self._heard: set[int] = set()  # places in the chat's events

    @property
    def chat(self) -> list[Message]:
        """The messages as they stand now, oldest first."""
        return self.room.visible

    @property
    def newest(self) -> Message:
        """The last visible message of a bot."""
        return [one for one in self.chat if one.by_bot][-1]

    @property
    def history(self) -> list[Event]:
        """Everything that ever happened in the chat, each with the message as it was then."""
        return list(self.room.events)

    def unread(self) -> list[Message]:
        """Visible messages of bots that are new or have a new text and were not heard yet."""
        return list(dict.fromkeys(self.room.events[place].message for place in self._news()))

    def noticed(self, place: int) -> bool:
        """Whether what happened at this place of the history was read."""
        return place in self._heard

    def read(self) -> list[Message]:
        """Take note of everything; answers what was unread."""
        seen = self.unread()
        self._heard.update(self._news())
        return seen

    async def hears(self, wanted: Wanted = "", timeout: float = HEARS_WITHIN_S) -> Message:  # noqa: ASYNC109
        """The first unread message that fits, which is then read; AssertionError if none comes."""
        found = await self.world.bell.until(lambda: self._unheard(wanted), timeout)
        if found is None:
            raise AssertionError(f"did not hear {_name(wanted)}; {self}")
        self._heard.update(
            place for place in self._news() if self.room.events[place].message is found
        )
        return found

    async def sees(self, wanted: Wanted, timeout: float = HEARS_WITHIN_S) -> Message:  # noqa: ASYNC109
        """The newest visible message that fits, read or not; AssertionError if none comes."""
        found = await self.world.bell.until(
            lambda: next((one for one in reversed(self.chat) if _fits(one, wanted)), None), timeout
        )
        if found is None:
            raise AssertionError(f"does not see {_name(wanted)}; {self}")
        return found

    async def quiet(self, for_: float = 0.3) -> None:
        """Hold that nothing new and no new text comes for so many seconds."""
        before = len(self.room.events)
        await asyncio.sleep(for_)
        came = [str(self.room.events[place].message) for place in self._news() if place >= before]
        assert not came, f"not quiet: {came}"

    def find_button(self, label: Label, message: Message | None = None) -> tuple[Message, Button]:
        """The button with this text or data on the newest message that shows one.

        A text that equals goes before one that only contains. With a message given, buttons that
        an edit has taken from it count too, as on a screen that was not refreshed.
        """
        for test in _tests(label):
            for one in [message] if message else reversed(self.chat):
                shown = [button for row in one.buttons for button in row]
                for button in [*shown, *(one.former_buttons if message else ())]:
                    if test(button):
                        return one, button
        raise AssertionError(f"no button {_name(label)}; {self}")

    def __str__(self) -> str:
        return "it shows: " + "; ".join(map(str, self.chat))

    def _news(self) -> list[int]:
        return [
            place
            for place, event in enumerate(self.room.events)
            if event.what in ("new", "edited")
            and place not in self._heard
            and event.message.by_bot
            and event.message.visible
        ]

    def _unheard(self, wanted: Wanted) -> Message | None:
        return next((one for one in self.unread() if _fits(one, wanted)), None)

    def _payload(self, message: Message, inaccessible: bool) -> Raw:
        """The message inside a callback query; of one that is too old only the number is left."""
        if inaccessible or not message.visible:
            return {"chat": self.room.head, "message_id": message.id, "date": 0}
        return message.raw


def _fits(message: Message, wanted: Wanted) -> bool:
    return wanted in message.text if isinstance(wanted, str) else bool(wanted(message))


def _tests(label: Label) -> list[Callable[[Button], bool]]:
    if not isinstance(label, str):
        return [label]
    return [lambda one: label in (one.text, one.data), lambda one: label in one.text]


def _name(wanted: object) -> str:
    return repr(wanted) if isinstance(wanted, str) else "what was wanted"
