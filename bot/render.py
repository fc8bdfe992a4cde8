"""A message in words: what is owed to a person, made for the person and for the channel."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import count
from string import ascii_lowercase

from bot.channels.base import Button, Card, Limits, Rendered
from bot.fit import pieces, units
from bot.speech import Speech
from bot.voice import Voice
from data.catalogue import Catalogues
from data.phone import grouped
from flows.message import Choice, Contact, Mark, Marks, Outbound, Text, text

MARKS = {Mark.none: "", Mark.yes: "\u2713 ", Mark.unsure: "? "}
"""What stands before a ticked choice."""
SEVERAL = 4
"""From this many choices on, the hint gives an example with two numbers: "1 4"."""
BETWEEN = "\n\n"
"""What parts two paragraphs."""

Row = tuple[Button, ...]


def render(
    outbound: Outbound, voice: Voice, limits: Limits, catalogues: Catalogues, now: datetime
) -> tuple[Rendered, ...]:
    """The message in words, split where it is longer than the channel takes.

    Only the last part carries buttons and the card. KeyError when a text does not exist in the
    source language: a fault that ``main.py check`` finds first.
    """
    speech = Speech(voice, catalogues, now)
    screen = _Screen(outbound, speech, limits)
    banner = _banner(speech)
    room = limits.text - (units(banner + BETWEEN) if banner else 0)
    parts = pieces(BETWEEN.join(screen.paragraphs()), room)
    texts = [BETWEEN.join(part for part in (banner, body) if part) for body in parts]
    last = Rendered(
        text=texts[-1],
        rows=screen.rows,
        card=screen.card,
        ask_contact=screen.ask_contact,
        silent=outbound.silent,
    )
    return (*(Rendered(text=body, silent=outbound.silent) for body in texts[:-1]), last)


def render_retired(
    outbound: Outbound, voice: Voice, catalogues: Catalogues, now: datetime
) -> Rendered | None:
    """What the earlier message of the slot becomes; None: it only loses its buttons."""
    if outbound.retired is None:
        return None
    return Rendered(text=Speech(voice, catalogues, now).say(outbound.retired))


def _banner(speech: Speech) -> str:
    """Says in each message that time is not running as in earnest; empty when it is."""
    if speech.voice.scale == 1:
        return ""
    return speech.say(text("screen.rehearsal", scale=speech.voice.scale))


class _Screen:
    """One message's parts, each in the manner that the channel can show."""

    def __init__(self, outbound: Outbound, speech: Speech, limits: Limits) -> None:
        self._outbound = outbound
        self._speech = speech
        self._limits = limits
        # Buttons answer by themselves, so that a number only leads to its line of the list;
        # written choices count on through a turn, so that no number means two things.
        buttons = limits.marks is Marks.buttons
        self._numbers = _listed(outbound) if buttons else _numbered(outbound)
        self._marks = limits.marks
        rows = tuple(row for row in map(self._row, outbound.choices) if row)
        self._fits = _fit(rows, limits)
        if not self._fits and buttons:
            self._marks, self._numbers = Marks.digits, _numbered(outbound)
        self.rows = rows if self._fits else ()
        self.card = self._card(outbound.contact)
        self.ask_contact = self._ask_contact()

    def paragraphs(self) -> Iterator[str]:
        """The message's paragraphs, in order."""
        yield from filter(None, map(self._speech.say, self._outbound.body))
        yield from filter(None, ("\n".join(lines) for lines in (self._lines(), self._spelled())))
        yield from filter(None, (self._hint(), self._contact_words()))

    # --- choices as buttons ---

    def _row(self, row: tuple[Choice, ...]) -> Row:
        return tuple(button for choice in row if (button := self._button(choice)))

    def _button(self, choice: Choice) -> Button | None:
        """The choice as a button; None where the channel cannot show this kind."""
        label = self._speech.say(choice.label)
        if choice.url:
            return Button(label, url=choice.url) if self._limits.links else None
        if choice.copy:
            return Button(label, copy=choice.copy) if self._limits.copies else None
        number = f"{self._numbers[choice.token]} " if choice.means else ""
        return Button(f"{number}{MARKS[choice.mark]}{label}", token=choice.token)

    # --- choices as lines ---

    def _choices(self) -> Iterator[Choice]:
        return (choice for row in self._outbound.choices for choice in row)

    def _lines(self) -> Iterator[str]:
        """Every choice under its number, or, where buttons show them, those with a meaning."""
        for choice in self._choices():
            if choice.token and (choice.means or self._marks is not Marks.buttons):
                yield self._line(choice)

    def _line(self, choice: Choice) -> str:
        words = self._speech.say(choice.means or choice.label)
        mark = "" if self._marks is Marks.buttons else MARKS[choice.mark]
        return f"{self._name(choice)} {mark}{words}"

    def _name(self, choice: Choice) -> str:
        number = self._numbers[choice.token]
        return f"{_letters(number)})" if self._marks is Marks.letters else f"{number}."

    def _spelled(self) -> Iterator[str]:
        """Links and texts to copy that no button shows."""
        for choice in self._choices():
            shown = self._fits and (self._limits.links if choice.url else self._limits.copies)
            if (choice.url or choice.copy) and not shown:
                yield self._pair(choice.label, choice.url or choice.copy)

    def _pair(self, name: Text, value: str) -> str:
        """A name and its value; the name alone where it says the value already."""
        said = self._speech.say(name)
        if grouped(value) in said:
            return said
        return self._speech.say(text("screen.pair", name=name, value=value))

    def _hint(self) -> str:
        """How to answer where choices are written; empty where buttons show them."""
        if not self._numbers or self._marks is Marks.buttons:
            return ""
        if self._marks is Marks.letters:
            return self._speech.say(text("screen.reply_letter"))
        several = len(self._numbers) >= SEVERAL
        hint = text("screen.reply_numbers") if several else text("screen.reply_number")
        return self._speech.say(hint)

    # --- phone numbers ---

    def _card(self, contact: Contact | None) -> Card | None:
        if contact is None or not self._limits.contacts:
            return None
        return Card(self._speech.say(contact.name), contact.phone)

    def _contact_words(self) -> str:
        """The card as words, and the own number asked for in words, where there are no cards."""
        if self._limits.contacts:
            return ""
        lines = []
        if contact := self._outbound.contact:
            lines.append(self._pair(contact.name, contact.phone))
        if self._outbound.ask_contact:
            lines.append(self._speech.say(text("screen.type_phone")))
        return "\n".join(lines)

    def _ask_contact(self) -> str:
        label: Text | None = self._outbound.ask_contact
        return self._speech.say(label) if label and self._limits.contacts else ""


def _numbered(outbound: Outbound) -> dict[str, int]:
    """The number of each choice that answers, in the order shown: what "reply 1 4" means."""
    numbers = count(outbound.first)
    return {choice.token: next(numbers) for choice in _answering(outbound)}


def _listed(outbound: Outbound) -> dict[str, int]:
    """The number of each choice that has a line of its own beside its button."""
    numbers = count(1)
    return {choice.token: next(numbers) for choice in _answering(outbound) if choice.means}


def _answering(outbound: Outbound) -> Iterator[Choice]:
    return (choice for row in outbound.choices for choice in row if choice.token)


def _fit(rows: tuple[Row, ...], limits: Limits) -> bool:
    """Whether all choices can be buttons. A label is never cut: it is written as a line instead."""
    buttons = [button for row in rows for button in row]
    return len(buttons) <= limits.buttons and all(
        len(button.label) <= limits.label for button in buttons
    )


def _letters(number: int) -> str:
    """1 is a, 26 is z, 27 is aa: letters, so that a typed number is always a number."""
    rest, last = divmod(number - 1, len(ascii_lowercase))
    return (_letters(rest) if rest else "") + ascii_lowercase[last]
