"""The words that Vigil knows, of all languages together: a family may switch in mid-sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from flows.understanding.letter import drawn_out, fold, undoubled
from flows.understanding.phrasebook import Phrasebook
from flows.understanding.rewriting import KEYS, Latin, Layout
from flows.understanding.spelling import Speller

SURE = 4
"""Letters of a beginning from which on a word that begins so is not respelled."""
LEAST_BARE = 3
"""Letters that must be left of a word once a glued prefix is taken off."""


@dataclass(frozen=True)
class Lexicon:
    """Names, phrases and words, folded."""

    names: Mapping[str, str] = field(default_factory=dict)
    """Plain name -> what it names: ``finding:jaundice``, ``sign:fever``, ``command:help``."""
    labels: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """What a button says, folded -> the text ids of buttons that say it."""
    half: tuple[str, ...] = ()
    """What follows a number to add a half."""
    celsius: tuple[str, ...] = ()
    fahrenheit: tuple[str, ...] = ()
    point: tuple[str, ...] = ()
    """What stands between a number and its tenths."""
    joiner: tuple[str, ...] = ()
    """What may stand between two parts of a number: "and"."""
    numbers: Mapping[str, int] = field(default_factory=dict)
    """Number words: "thirty" -> 30."""
    book: Phrasebook = field(default_factory=lambda: Phrasebook(()))
    spoken: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Word -> the languages in which it is used."""
    begun: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Beginning of words -> the languages that list it."""
    plain: frozenset[str] = frozenset()
    """Words that only look like a sign: never respelled, never stripped of a prefix."""
    prefixes: tuple[str, ...] = ()
    """What some languages glue to the front of a word, longest first."""
    respelled: Mapping[str, int] = field(default_factory=dict)
    """First letter -> letters that a word must have to be respelled, where that differs."""
    alphabets: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Language -> its letters, lower case."""
    latins: tuple[Latin, ...] = ()
    layouts: tuple[Layout, ...] = ()

    def named(self, written: str) -> str:
        """What the whole message names; empty when it names nothing."""
        return self.names.get(fold(written), "")

    def number(self, word: str) -> int | None:
        """The value of a number word, a glued "and" before it or not."""
        if word in self.numbers:
            return self.numbers[word]
        bare = (word.removeprefix(prefix) for prefix in self.prefixes if word.startswith(prefix))
        return next((self.numbers[one] for one in bare if one in self.numbers), None)

    def joins(self, word: str) -> bool:
        """Whether a number word has its "and" glued to it."""
        return word not in self.numbers and self.number(word) is not None

    def knows(self, word: str) -> bool:
        """Whether a folded word is used in any language."""
        return word in self.spoken or word in self.plain or self.book.knows(word)

    def uses(self, word: str, language: str = "") -> bool:
        """Whether a folded word, a glued prefix apart, is used in a language; empty: in any."""
        if not language:
            return any(map(self.knows, (word, *self._bare(word))))
        whole = language in self.spoken.get(word, ())
        return whole or any(
            language in self.begun.get(word[:size], ()) for size in range(2, len(word) + 1)
        )

    def forms(self, word: str) -> tuple[str, ...]:
        """The spellings that a folded word may stand for: itself, less long drawn, its prefix
        off; and when none of these is known, the nearest word that is."""
        if word in self.plain:
            return (word,)
        forms = tuple(dict.fromkeys((word, *drawn_out(word), *self._bare(word))))
        if any(map(self._sure, forms)):
            return forms
        single = undoubled(word)
        if single and self.knows(single):
            return (*forms, single)
        near = [word for word in map(self.speller.nearest, forms) if word]
        return (*forms, *near, *(bare for word in near for bare in self._bare(word)))

    def _sure(self, word: str) -> bool:
        """Whether a word needs no respelling: listed whole, or by a beginning that is long."""
        whole = word in self.spoken or word in self.plain or word in self.book.vocabulary
        return whole or any(word[:size] in self.book.stems for size in range(SURE, len(word) + 1))

    def _bare(self, word: str) -> Iterator[str]:
        for prefix in self.prefixes:
            bare = word.removeprefix(prefix)
            if bare != word and len(bare) >= LEAST_BARE and bare not in self.plain:
                yield bare

    def ready(self) -> None:
        """Build now what would else be built by the first message that needs it."""
        self.speller.nearest("")
        for latin in self.latins:
            latin.forms("")

    @cached_property
    def pointers(self) -> str:
        """The letters that stand where a Latin keyboard has its decimal marks."""
        return "".join(
            sorted(
                {
                    layout.letters[KEYS.index(mark)]
                    for layout in self.layouts
                    for mark in ".,"
                    if layout.letters[KEYS.index(mark)].isalpha()
                }
            )
        )

    @cached_property
    def latin_language(self) -> str:
        """The language whose letters are the Latin keyboard's; empty for none."""
        spelled = (tongue for tongue, letters in self.alphabets.items() if "q" in letters)
        return next(spelled, "")

    @cached_property
    def speller(self) -> Speller:
        """What finds the known word nearest to a misspelled one."""
        return Speller(self.book.vocabulary, self.book.stems, self.respelled)

    @cached_property
    def halves(self) -> tuple[tuple[str, ...], ...]:
        """The phrases of a half, word by word."""
        return _phrases(self.half)

    @cached_property
    def degrees(self) -> tuple[tuple[str, ...], ...]:
        """The phrases of Celsius, word by word."""
        return _phrases(self.celsius)

    @cached_property
    def fahrenheits(self) -> tuple[tuple[str, ...], ...]:
        """The phrases of Fahrenheit, word by word."""
        return _phrases(self.fahrenheit)

    @cached_property
    def points(self) -> frozenset[str]:
        """What stands between a number and its tenths."""
        return frozenset(self.point)

    @cached_property
    def joiners(self) -> frozenset[str]:
        """What may stand between two parts of a number."""
        return frozenset(self.joiner)


def _phrases(written: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(phrase.split()) for phrase in written)
