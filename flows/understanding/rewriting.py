"""A language typed in other letters: in Latin ones, or with the keyboard in the wrong state."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from flows.understanding.letter import fold_word

KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`/"
"""The keys of a Latin keyboard, in the order in which a language's layout lists its letters."""
SURE_KEY = 4
"""Letters of a key from which on it stands for one word."""
_WITHIN = re.compile(r"[^\d\s.,]|[.,](?=[^\d\s])")
LEAST_KEY = 3
"""Letters that a word typed in Latin must have left for it to be told."""


@dataclass(frozen=True)
class Layout:
    """A keyboard's letters, key by key as KEYS has them."""

    language: str
    letters: str

    @cached_property
    def _there(self) -> dict[int, int]:
        return {ord(key): ord(letter) for key, letter in zip(KEYS, self.letters, strict=False)}

    @cached_property
    def _back(self) -> dict[int, int]:
        # A mark on a mark's key stays what it is; one on a letter's key meant the letter.
        pairs = zip(self.letters, KEYS, strict=False)
        return {ord(letter): ord(key) for letter, key in pairs if letter.isalpha() or key.isalpha()}

    def meant(self, typed: str) -> str:
        """What was meant in the language by somebody whose keyboard was in Latin; a mark at the
        end of a word or a number is a mark."""
        return _WITHIN.sub(lambda key: key.group().translate(self._there), typed.lower())

    def slipped(self, typed: str) -> str:
        """What was meant in Latin by somebody whose keyboard was in the language."""
        return typed.lower().translate(self._back)


@dataclass(frozen=True)
class Latin:
    """How a language is typed in Latin letters."""

    language: str
    letters: Mapping[str, str]
    """Latin letters -> the language's; the longest first."""
    alike: Mapping[str, str]
    """Letters of the language that Latin ones do not tell apart."""
    silent: str
    """Letters that are typed or left out as people like, on either side."""
    native_words: frozenset[str]
    """The words that the language is known by, in its own letters."""
    native_stems: frozenset[str]
    """The beginnings of words."""

    @cached_property
    def words(self) -> Mapping[str, frozenset[str]]:
        """Key -> the known words with that key."""
        return by_key(self.native_words, self.alike, self.silent)

    @cached_property
    def stems(self) -> Mapping[str, frozenset[str]]:
        """Key -> the beginnings of words with that key."""
        return by_key(self.native_stems, self.alike, self.silent)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        longest = sorted(self.letters, key=len, reverse=True)
        return re.compile("|".join(map(re.escape, longest)) or "(?!)")

    def key(self, typed: str) -> str:
        """What the spellings of one word in Latin letters share."""
        letters = self._pattern.sub(lambda match: self.letters[match.group()], typed)
        return key_of(letters, self.alike, self.silent)

    def weight(self, typed: str) -> float:
        """How sure it is that a word in Latin letters is one of the language's: a short key, or
        one without its vowels, fits many."""
        return min(1.0, len(self.key(typed)) / SURE_KEY) if self.forms(typed) else 0.0

    def forms(self, typed: str) -> tuple[str, ...]:
        """The known words that a word in Latin letters may be."""
        key = self.key(typed)
        whole = self.words.get(key, frozenset())
        if whole or len(key) < LEAST_KEY:
            return tuple(sorted(whole))
        for size in range(len(key), LEAST_KEY - 1, -1):
            if key[:size] in self.stems:
                return tuple(sorted(self.stems[key[:size]]))
        return ()


def key_of(letters: str, alike: Mapping[str, str], silent: str) -> str:
    """A word as far as Latin letters can tell it."""
    folded = "".join(alike.get(letter, letter) for letter in fold_word(letters))
    bare = "".join(letter for letter in folded if letter not in silent)
    return re.sub(r"(.)\1+", r"\1", bare)


def by_key(
    words: Iterable[str], alike: Mapping[str, str], silent: str
) -> dict[str, frozenset[str]]:
    """Known words under what Latin letters can tell of them; too short ones are left out."""
    found: dict[str, set[str]] = defaultdict(set)
    for word in words:
        key = key_of(word, alike, silent)
        if len(key) >= LEAST_KEY or (not silent and key):
            found[key].add(word)
    return {key: frozenset(same) for key, same in found.items()}
