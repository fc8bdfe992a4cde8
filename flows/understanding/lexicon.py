"""The words that Vigil knows: plain names, and the words around numbers, in every language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

_NOT_WORD = re.compile(r"[^\w°+]+")


def fold_digits(written: str) -> str:
    """The same text with the decimal digits of any script as 0-9; ² and ½ are no digits."""
    return "".join(str(unicodedata.decimal(c, c)) for c in written)


def readable(written: str) -> str:
    """The same text without what no store can keep: lone surrogates and nulls."""
    return written.encode("utf-8", "ignore").decode("utf-8").replace("\0", "")


def fold(written: str) -> str:
    """What two spellings of one phrase share: case, marks, digits' script and punctuation gone."""
    bare = unicodedata.normalize("NFD", fold_digits(written).casefold())
    letters = "".join(c for c in bare if unicodedata.category(c) not in ("Mn", "Cf", "Cs"))
    return _NOT_WORD.sub(" ", letters).strip()


@dataclass(frozen=True)
class Lexicon:
    """Phrases, folded, of all languages together: a family may switch in mid-sentence."""

    names: Mapping[str, str] = field(default_factory=dict)
    """Plain name -> what it names: ``finding:jaundice``, ``sign:fever``, ``command:help``."""
    labels: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """What a button says, folded -> the text ids of buttons that say it."""
    half: tuple[str, ...] = ()
    """What follows a number to add a half."""
    celsius: tuple[str, ...] = ()
    fahrenheit: tuple[str, ...] = ()

    def named(self, written: str) -> str:
        """What the whole message names; empty when it names nothing."""
        return self.names.get(fold(written), "")

    def mentions(self, written: str) -> tuple[str, ...]:
        """What is named anywhere in the message, longest phrases first, each once."""
        padded = f" {fold(written)} "
        found = [(len(name), what) for name, what in self.names.items() if f" {name} " in padded]
        return tuple(dict.fromkeys(what for _, what in sorted(found, reverse=True)))
