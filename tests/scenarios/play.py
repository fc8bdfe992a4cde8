"""Plays a scenario through a whole house, and holds every line of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from tests.harness.house import CoordinatorInHouse, Harness, PersonInHouse, unheard_rings
from tests.harness.telegram import Message, Phone
from tests.harness.telegram.screen import Screen
from tests.scenarios.script import KNOWN, Line, Script, span, texts

ISOLATES = str.maketrans("", "", "\u2066\u2067\u2068\u2069")
"""Invisible: they keep numbers in order inside right-to-left words; a transcript has none."""


def plain(text: str) -> str:
    """A text as a reader sees it."""
    return text.translate(ISOLATES)


async def play(house: Harness, script: Script) -> None:
    """Play all lines; AssertionError with the line and what was shown where it does not hold."""
    for name, told in script.known.items():
        await _introduce(house.person(name, script.language), told)
    for line in script.lines:
        try:
            await _ACTS[line.kind, line.act](Playing(house, script, line))
        except AssertionError as error:
            raise AssertionError(f"{script.title}; {line}: {error}\n{_left(house)}") from None
    assert not _left(house), f"{script.title}: at the end nobody has read\n{_left(house)}"
    assert not house.complaints.lines, house.complaints.lines


def _left(house: Harness) -> str:
    return "\n".join(house.unread())


async def _introduce(person: PersonInHouse, told: Mapping[str, str]) -> None:
    """Walk through the set-up, as the family did some other day."""
    await person.says("/setup")
    await person.does(lambda phone: phone.tap(_set_up("notice:agree")))
    for step in KNOWN:
        value = told.get(step, "")
        if step in ("name", "ward_phone", "day_1", "country") and value:
            await person.says(value)
        else:
            await person.does(lambda phone, to=f"{step}:{value}": phone.tap(_set_up(to)))  # type: ignore[misc]
    person.read()


def _set_up(choice: str) -> Callable[[Any], bool]:
    return lambda button: (button.data or "").endswith(f".s:{choice}")


class Playing:
    """One line as it is played."""

    def __init__(self, house: Harness, script: Script, line: Line) -> None:
        self.house, self.line, self.value = house, line, line.value
        self._language = script.language

    @property
    def person(self) -> PersonInHouse:
        """Who does or hears it."""
        if self.line.kind == "coordinator":
            return self.house.coordinator(self.line.who)
        return self.house.person(self.line.who, self._language)

    @property
    def coordinator(self) -> CoordinatorInHouse:
        """The coordinator who does it."""
        return self.house.coordinator(self.line.who)

    @property
    def screen(self) -> Screen:
        """Where it is seen."""
        if self.line.kind == "group":
            assert self.house.group is not None
            return self.house.group
        return self.person.phone

    async def does(self, act: Callable[[Phone], object]) -> None:
        """Do it with the phone."""
        await self.person.does(act)

    def holds(self, message: Message, *words: str) -> None:
        """Hold what the line says of a message."""
        said = plain(message.text)
        for part in (*words, *self.line.all("with")):
            assert part in said, f"no {part!r} in {message}"
        for part in self.line.all("without"):
            assert part not in said, f"{part!r} in {message}"
        self._buttons(message)

    def _buttons(self, message: Message) -> None:
        labels = [plain(label) for row in message.labels for label in row]
        for wanted in self.line.all("offered"):
            assert any(wanted in label for label in labels), f"no button {wanted!r} on {message}"
        for unwanted in self.line.all("not_offered"):
            assert not any(unwanted in label for label in labels), f"{unwanted!r} on {message}"


# --- hearing -------------------------------------------------------------------------------------


async def _hears(playing: Playing) -> None:
    """The next messages, one after the other; what stands beside belongs to the last."""
    *first, last = texts(playing.value)
    for words in first:
        message = await _next(playing, playing.screen.unread())
        assert words in plain(message.text), f"no {words!r} in {message}"
    playing.holds(await _next(playing, playing.screen.unread()), last)


async def _gets(playing: Playing) -> None:
    """The next ringing messages."""
    for words in texts(playing.value):
        playing.holds(await _next(playing, unheard_rings(playing.screen)), words)


async def _next(playing: Playing, unread: list[Message]) -> Message:
    assert unread, "nothing came"
    return await playing.screen.hears(lambda message: message is unread[0])


async def _hears_card(playing: Playing) -> None:
    message = await _next(playing, playing.screen.unread())
    assert message.contact is not None, f"no card: {message}"
    assert message.contact["phone_number"] == playing.value, message.contact


async def _reads(playing: Playing) -> None:
    """A message or a card that is kept up to date without ringing."""
    for words in texts(playing.value):
        playing.holds(await _seen(playing, words), words)


async def _seen(playing: Playing, words: str) -> Message:
    return await playing.screen.sees(lambda m: m.by_bot and words in plain(m.text), timeout=0.2)


async def _hears_nothing(playing: Playing) -> None:
    assert not playing.screen.unread(), "something came"


async def _gets_nothing(playing: Playing) -> None:
    assert not unheard_rings(playing.screen), "something rang"


async def _never(playing: Playing) -> None:
    for event in playing.screen.history:
        if event.message.by_bot:
            said = plain(str(event.raw.get("text", "")))
            assert not any(words in said for words in texts(playing.value)), said


async def _offered(playing: Playing) -> None:
    """Buttons somewhere on the screen."""
    shown = [plain(b) for m in playing.screen.chat if m.by_bot for row in m.labels for b in row]
    for wanted in texts(playing.value):
        assert any(wanted in label for label in shown), f"no button {wanted!r} among {shown}"


# --- acting --------------------------------------------------------------------------------------


async def _opens(playing: Playing) -> None:
    await playing.does(lambda phone: phone.start())


async def _says(playing: Playing) -> None:
    for words in texts(playing.value):
        await playing.person.says(words)


async def _taps(playing: Playing) -> None:
    """Buttons of the newest message that shows them; ``on`` names an older message."""
    for label in texts(playing.value):
        on = playing.line.beside.get("on")
        message = await _seen(playing, on) if on else None
        await playing.does(lambda phone, label=label, on=message: phone.tap(label, on))  # type: ignore[misc]


async def _edits(playing: Playing) -> None:
    """An own message, changed after it was sent."""
    before = playing.line.beside["before"]
    sent = next(m for m in playing.screen.chat if not m.by_bot and m.text == before)
    await playing.does(lambda phone: phone.edit(sent, playing.value))


async def _resolves(playing: Playing) -> None:
    await playing.coordinator.resolves(playing.value.replace(" ", "_"))


async def _restart(playing: Playing) -> None:
    await playing.house.restart()


async def _after(playing: Playing) -> None:
    await playing.house.forward(seconds=span(playing.value).total_seconds())


async def _outage(playing: Playing) -> None:
    """The house is down for so long, and then starts again."""
    await playing.house.stop()
    await playing.house.clock.forward(seconds=span(playing.value).total_seconds())
    await playing.house.start()


_ACTS: Mapping[tuple[str, str], Callable[[Playing], Awaitable[None]]] = {
    ("family", "opens"): _opens,
    ("family", "says"): _says,
    ("family", "taps"): _taps,
    ("family", "sends"): lambda p: p.does(lambda phone: phone.send_kind(p.value)),
    ("family", "edits"): _edits,
    ("family", "shares_number"): lambda p: p.does(lambda phone: phone.share_contact(p.value)),
    ("family", "blocks"): lambda p: p.does(lambda phone: phone.block()),
    ("family", "returns"): lambda p: p.does(lambda phone: phone.unblock()),
    ("family", "hears"): _hears,
    ("family", "hears_card"): _hears_card,
    ("family", "hears_nothing"): _hears_nothing,
    ("family", "never_hears"): _never,
    ("family", "offered"): _offered,
    ("coordinator", "says"): _says,
    ("coordinator", "taps"): _taps,
    ("coordinator", "acknowledges"): lambda p: p.coordinator.acknowledges(),
    ("coordinator", "resolves"): _resolves,
    ("coordinator", "gets"): _gets,
    ("coordinator", "reads"): _reads,
    ("coordinator", "gets_nothing"): _gets_nothing,
    ("coordinator", "never_gets"): _never,
    ("coordinator", "offered"): _offered,
    ("group", "gets"): _gets,
    ("group", "gets_nothing"): _gets_nothing,
    ("group", "never_gets"): _never,
    ("group", "offered"): _offered,
    ("house", "after"): _after,
    ("house", "outage"): _outage,
    ("house", "restart"): _restart,
}
