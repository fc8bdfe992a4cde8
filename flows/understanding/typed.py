"""How a message was typed: as it stands, in Latin letters, or on the wrong keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flows.understanding.lexicon import Lexicon
from flows.understanding.numeral import count
from flows.understanding.word import Word, split

ENOUGH = 0.7
"""The share of known words above which nobody looks for another reading."""
FOREIGN = 0.4
"""The share of known words below which the keyboard may have been in the wrong state."""
LEAST = 0.5
"""The share of known words that another reading must reach."""
_BETWEEN_DIGITS = r"(?<=\d)[{letters}](?=\d)"


@dataclass(frozen=True)
class Typed:
    """One reading of the letters of a message."""

    words: tuple[Word, ...]
    forms: tuple[tuple[str, ...], ...]
    """The spellings that each word may stand for."""
    known: int
    """Words that some language uses."""
    lettered: int
    """Words that are no numbers and no emoji."""
    language: str = ""
    """The language that it was rewritten into; empty when it stands as typed."""

    @property
    def share(self) -> float:
        """The share of its words that is known."""
        return self.known / self.lettered if self.lettered else 1.0


def read_letters(written: str, lexicon: Lexicon) -> Typed:
    """The reading in which most words are known; as it stands when in doubt."""
    plain = _typed(_pointed(written, lexicon), lexicon)
    if plain.share >= ENOUGH:
        return plain
    slipped = _on_wrong_keys(written, lexicon) if plain.share < FOREIGN else ()
    others = (*_in_latin(plain, lexicon), *slipped)
    likely = (one for one in others if one.share >= LEAST and one.share > plain.share)
    return max(likely, key=lambda one: one.share, default=plain)


def _pointed(written: str, lexicon: Lexicon) -> str:
    """A decimal mark typed with the keyboard in the wrong state: 38ю5, 38ץ5."""
    if not lexicon.pointers:
        return written
    return re.sub(_BETWEEN_DIGITS.format(letters=lexicon.pointers), ".", written)


def _typed(written: str, lexicon: Lexicon, language: str = "") -> Typed:
    words = count(split(written), lexicon)
    forms = tuple(lexicon.forms(word.text) if _lettered(word) else (word.text,) for word in words)
    return _weighed(words, forms, lexicon, language)


def _weighed(
    words: tuple[Word, ...], forms: tuple[tuple[str, ...], ...], lexicon: Lexicon, language: str
) -> Typed:
    lettered = [form for word, form in zip(words, forms, strict=True) if _lettered(word)]
    known = sum(any(map(lexicon.knows, form)) for form in lettered)
    return Typed(words, forms, known, len(lettered), language)


def _lettered(word: Word) -> bool:
    return word.number is None and any(map(str.isalpha, word.text))


def _in_latin(plain: Typed, lexicon: Lexicon) -> Iterator[Typed]:
    """The message as each language is typed in Latin letters."""
    if not any(word.text.isascii() and _lettered(word) for word in plain.words):
        return
    for latin in lexicon.latins:
        forms = tuple(
            (*form, *latin.forms(word.text)) if _lettered(word) and word.text.isascii() else form
            for word, form in zip(plain.words, plain.forms, strict=True)
        )
        yield _weighed(plain.words, forms, lexicon, latin.language)


def _on_wrong_keys(written: str, lexicon: Lexicon) -> Iterator[Typed]:
    """The message as it would read with the keyboard in its right state."""
    for meant in _retyped(written, lexicon):
        if len(meant[0]) == len(written) and meant[0] != written.lower():
            yield _typed(_pointed(meant[0], lexicon), lexicon, meant[1])


def _retyped(written: str, lexicon: Lexicon) -> Iterable[tuple[str, str]]:
    for layout in lexicon.layouts:
        yield layout.meant(written), layout.language
        yield layout.slipped(written), lexicon.latin_language
