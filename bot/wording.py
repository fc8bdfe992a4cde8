"""Wordings examined: what is wrong with the catalogues, a line each."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

from babel.core import get_global

from bot.texts import Texts
from bot.voice import BIDI_CONTROLS
from data.catalogue import SOURCE, Catalogues, Wording, locale_texts
from data.folder import LOCALES

LABELS = ("finding.", "sign.", "sweep.")
LABEL = 24
"""Characters of a label: what fits a button (conversation.md 3)."""
CONTEXTS = ("", "he", "she", "you", "you-he", "you-she")
ALWAYS = "patient"
"""A value that every text is given, whether it says it or not."""
COUNT = "n"
"""A plural form may say the number in words: one minute."""
SCRIPTS = {"Arab": "ARABIC", "Cyrl": "CYRILLIC", "Hebr": "HEBREW", "Latn": "LATIN"}
EXCEPTIONS = "exceptions.toml"
"""Wordings without letters of their script, or equal to their source, each with the reason."""


def wording_issues(catalogues: Catalogues, texts: Texts, locales: Path = LOCALES) -> Iterator[str]:
    """Everything that would leave a family with a wrong word, or with none."""
    yield from (f"catalogue {broken}" for broken in catalogues.broken)
    excused = read_exceptions(locales)
    english = {w.id: w for w in catalogues.wordings(SOURCE) if not w.context}
    for language in catalogues.languages:
        yield from _Language(language, catalogues, texts, english, excused).issues()


def read_exceptions(locales: Path) -> frozenset[str]:
    """The ids that are excused."""
    path = locales / EXCEPTIONS
    if not path.exists():
        return frozenset()
    return frozenset(tomllib.loads(path.read_text(encoding="utf-8")))


class _Language:
    """One language under examination."""

    def __init__(
        self,
        language: str,
        catalogues: Catalogues,
        texts: Texts,
        english: dict[str, Wording],
        excused: frozenset[str],
    ) -> None:
        self._language = language
        self._wordings = list(catalogues.wordings(language))
        self._texts = texts
        self._english = english
        self._excused = excused
        self._known = locale_texts(language)

    def issues(self) -> Iterator[str]:
        """A line each."""
        written = {w.id for w in self._wordings if not w.context and all(w.forms)}
        for id in sorted(set(self._texts.plurals) - written):
            yield self._issue(id, "has no wording")
        for wording in self._wordings:
            if wording.id not in self._known:
                yield from self._examined(wording)

    def _issue(self, id: str, why: str) -> str:
        return f"{self._language}: {id}: {why}"

    def _examined(self, wording: Wording) -> Iterator[str]:
        name = f"{wording.id} ({wording.context})" if wording.context else wording.id
        if wording.id not in self._texts.plurals:
            yield self._issue(name, "no code names it")
        elif all(wording.forms):
            yield from (self._issue(name, why) for why in self._faults(wording))

    def _faults(self, wording: Wording) -> Iterator[str]:
        if wording.fuzzy:
            yield "is marked fuzzy: nobody has looked at it"
        if wording.context not in CONTEXTS:
            yield f"the context is none of {', '.join(filter(None, CONTEXTS))}"
        for form in dict.fromkeys(wording.forms):
            yield from self._form_faults(wording, form)

    def _form_faults(self, wording: Wording, form: str) -> Iterator[str]:
        if BIDI_CONTROLS.intersection(form):
            yield "holds a direction control: the renderer puts them in"
        if wording.id.startswith(LABELS) and wording.id.endswith(".label") and len(form) > LABEL:
            yield f"{len(form)} characters; a label has at most {LABEL}"
        if wording.id not in self._excused:
            yield from self._words_faults(wording, form)
        yield from self._placeholder_faults(wording, form)

    def _words_faults(self, wording: Wording, form: str) -> Iterator[str]:
        if not _has_letters(form, script(self._language)):
            yield f"no letter of its script in {form!r}"
        source = self._english.get(wording.id)
        if self._language != SOURCE and source and form in source.forms:
            yield "the same as its source"

    def _placeholder_faults(self, wording: Wording, form: str) -> Iterator[str]:
        source = self._english.get(wording.id)
        try:
            own = placeholders(form)
            wanted = placeholders(" ".join(source.forms)) if source else own
        except ValueError as error:
            yield f"braces: {error}"
            return
        spare = {ALWAYS} | ({COUNT} if len(wording.forms) > 1 else set())
        for name in sorted((own ^ wanted) - spare):
            yield f"{{{name}}} is {'not in its source' if name in own else 'missing'}"


def placeholders(form: str) -> set[str]:
    """The names in braces; ValueError for anything but a plain name."""
    names = {name for _, name, _, _ in Formatter().parse(form) if name is not None}
    odd = sorted(name for name in names if not name.isidentifier())
    if odd:
        raise ValueError(f"{{{odd[0]}}} is not a plain name")
    return names


def script(language: str) -> str:
    """The script as the names of its letters begin: HEBREW."""
    likely: str = get_global("likely_subtags").get(language, f"{language}_Latn")
    return SCRIPTS[next(part for part in likely.split("_") if part in SCRIPTS)]


def _has_letters(form: str, script: str) -> bool:
    plain = "".join(literal for literal, *_ in Formatter().parse(form))
    return any(unicodedata.name(letter, "").startswith(script) for letter in plain)
