"""A text in words: the wording that fits the listener, with its values filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from babel.dates import format_datetime

from bot.voice import BIDI_CONTROLS, FIRST, LAST, Voice, runs_right_to_left
from data.catalogue import SOURCE, Catalogues
from data.phone import grouped
from flows.message import Text, Value

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
        own = self._try(text)
        if own is not None:
            return own
        return self._in_source()._say_source(text)

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

    def _in_source(self) -> Speech:
        return replace(self, voice=replace(self.voice, language=SOURCE))

    def _say_source(self, text: Text) -> str:
        words = self._find(text)
        if words is None:
            raise KeyError(f"no text {text.id!r} in {SOURCE}")
        return words.format_map(self._shown(text.values))

    def _shown(self, values: Mapping[str, Value]) -> dict[str, str]:
        """The values in words; ``{patient}`` is there for every text, called by name or not."""
        given = {"patient": self.voice.name or Text("screen.patient"), **values}
        return {name: self.show(value) for name, value in given.items()}

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
