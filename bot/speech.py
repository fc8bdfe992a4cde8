"""A text in words: the wording that fits the listener, with its values filled in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from babel.dates import format_datetime

from bot.voice import BIDI_CONTROLS, FIRST, LAST, Voice, runs_right_to_left
from data.catalogue import SOURCE, Catalogues
from data.phone import grouped
from flows.message import Text, Value, text

WEEK = timedelta(days=6)
"""From here on a weekday alone could mean two days."""


@dataclass(frozen=True)
class Speech:
    """Says texts in one voice, at one instant."""

    voice: Voice
    catalogues: Catalogues
    now: datetime

    def say(self, text: Text) -> str:
        """The text in words; KeyError only where even the source language lacks it.

        A wording that is missing, or whose placeholders are wrong, is said in the source language.
        """
        speech = self._in(text.language) if text.language else self
        own = speech._try(text)
        return own if own is not None else self._in(SOURCE)._say_source(text)

    def _try(self, text: Text) -> str | None:
        words = self._find(text)
        if words is None:
            return None
        try:
            return words.format_map(self._shown(text.values))
        except (LookupError, ValueError, AttributeError):
            return None

    def _find(self, text: Text) -> str | None:
        n = text.values.get("n")
        count = n if isinstance(n, int) else None
        return self.catalogues.find(self.voice.language, text.id, self.voice.contexts, count)

    def _in(self, language: str) -> Speech:
        return replace(self, voice=replace(self.voice, language=language))

    def _say_source(self, text: Text) -> str:
        words = self._find(text)
        if words is None:
            raise KeyError(f"no text {text.id!r} in {SOURCE}")
        return words.format_map(self._shown(text.values))

    def _shown(self, values: Mapping[str, Value]) -> Mapping[str, str]:
        shown = {name: self.show(value) for name, value in values.items()}
        return _Shown(shown, patient=self._patient)

    def _patient(self) -> str:
        return self.show(self.voice.name or text("screen.patient"))

    def show(self, value: Value) -> str:
        """A value in words."""
        if isinstance(value, Text):
            return self.say(value)
        if isinstance(value, tuple):
            return "\n".join(self.say(line) for line in value)
        if isinstance(value, datetime):
            return self._isolated(self._instant(value))
        return self._isolated(grouped(value) if isinstance(value, str) else str(value))

    def _instant(self, at: datetime) -> str:
        """The hour alone today, with the weekday this week, with the date beyond."""
        local, today = at.astimezone(self.voice.zone), self.now.astimezone(self.voice.zone)
        if local.date() == today.date():
            return f"{local:%H:%M}"
        far = abs(local.date() - today.date()) >= WEEK
        shape = "EEEE d MMMM, HH:mm" if far else "EEEE HH:mm"
        return format_datetime(local, shape, locale=self.voice.language)

    def _isolated(self, shown: str) -> str:
        """Kept in its own direction where the language runs from right to left.

        A person's own words could carry controls that end the isolation early; they are dropped.
        """
        plain = "".join(letter for letter in shown if letter not in BIDI_CONTROLS)
        if not plain or not runs_right_to_left(self.voice.language):
            return plain
        return f"{FIRST}{plain}{LAST}"


class _Shown(dict[str, str]):
    """Values in words; ``{patient}`` is there for every text, called by name or not."""

    def __init__(self, shown: Mapping[str, str], patient: Callable[[], str]) -> None:
        super().__init__(shown)
        self._patient = patient

    def __missing__(self, name: str) -> str:
        if name != "patient":
            raise KeyError(name)
        return self._patient()
