"""How a message was typed: as it stands, in Latin letters, or on the wrong keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flows.understanding.lexicon import Lexicon
from flows.understanding.numeral import count
from flows.understanding.rewriting import Latin
from flows.understanding.word import Word, split

ENOUGH = 0.7
"""The share of known words above which nobody looks for another reading."""
FOREIGN = 0.5
"""The share of known words up to which the keyboard may have been in the wrong state."""
LEAST = 0.5
"""The share of known words that another reading must reach."""
NO_RULE = Latin("", {}, {}, "", frozenset(), frozenset())
"""Of a language that only lists words in Latin letters."""
SURE_WORD = 3
"""Letters from which on a word typed on the wrong keys counts whole."""
_BETWEEN_DIGITS = r"(?<=\d)[{letters}](?=\d)"

Forms = tuple[str, ...]


@dataclass(frozen=True)
class Typed:
    """The letters of a message, read."""

    words: tuple[Word, ...]
    forms: tuple[Forms, ...]
    """The spellings that each word may stand for."""
    share: float
    """How much of its lettered words is known, from 0 to 1."""
    lettered: int
    """Words that are no numbers and no emoji."""
    language: str = ""
    """The language that it was rewritten into; empty when it stands as typed."""


@dataclass(frozen=True)
class _Candidate:
    """One reading of the letters, before any word is respelled."""

    words: tuple[Word, ...]
    share: float
    forms: Callable[[Word], Forms]
    language: str = ""


def read_letters(written: str, lexicon: Lexicon, likely: str = "") -> Typed:
    """The reading of which most is known; as it stands when in doubt, and of two that are known
    as well the one in the ``likely`` language."""
    plain = _candidate(written, lexicon)
    best = plain if plain.share >= ENOUGH else _best(written, plain, lexicon, likely)
    forms = tuple(best.forms(word) if _lettered(word) else (word.text,) for word in best.words)
    lettered = sum(map(_lettered, best.words))
    return Typed(best.words, forms, best.share, lettered, best.language)


def _best(written: str, plain: _Candidate, lexicon: Lexicon, likely: str) -> _Candidate:
    slipped = _on_wrong_keys(written, lexicon) if plain.share <= FOREIGN else ()
    others = (*_in_latin(plain, lexicon), *slipped)
    better = [one for one in others if one.share >= LEAST and one.share > plain.share]
    return max(better, key=lambda one: (one.share, one.language == likely), default=plain)


def _candidate(written: str, lexicon: Lexicon, language: str = "") -> _Candidate:
    """A message as it stands, or retyped: Latin words count as known where Latin is the
    language's own, and retyped ones by whole words only, since any keys give short ones."""
    words = count(split(_pointed(written, lexicon)), lexicon)

    def weight(word: Word) -> float:
        if language:
            return min(1.0, len(word.text) / SURE_WORD) * (word.text in lexicon.spoken)
        own = lexicon.latin_language if word.text.isascii() else ""
        return float(lexicon.uses(word.text, own))

    return _Candidate(words, _share(words, weight), lambda word: lexicon.forms(word.text), language)


def _pointed(written: str, lexicon: Lexicon) -> str:
    """A decimal mark typed with the keyboard in the wrong state: 38ю5, 38ץ5."""
    if not lexicon.pointers:
        return written
    return re.sub(_BETWEEN_DIGITS.format(letters=lexicon.pointers), ".", written)


def _share(words: tuple[Word, ...], weight: Callable[[Word], float]) -> float:
    weights = [weight(word) for word in words if _lettered(word)]
    return sum(weights) / len(weights) if weights else 1.0


def _lettered(word: Word) -> bool:
    return word.number is None and any(map(str.isalpha, word.text))


def _in_latin(plain: _Candidate, lexicon: Lexicon) -> Iterator[_Candidate]:
    """The message as each language is typed in Latin letters: by rule, or by listed words."""
    if any(word.text.isascii() and _lettered(word) for word in plain.words):
        rules = {latin.language: latin for latin in lexicon.latins}
        listed = {other: NO_RULE for other in lexicon.alphabets if other != lexicon.latin_language}
        for language, latin in (listed | rules).items():
            yield _latin_candidate(plain.words, language, latin, lexicon)


def _latin_candidate(
    words: tuple[Word, ...], language: str, latin: Latin, lexicon: Lexicon
) -> _Candidate:
    def weight(word: Word) -> float:
        if lexicon.uses(word.text, language if word.text.isascii() else ""):
            return 1.0
        return latin.weight(word.text) if word.text.isascii() else 0.0

    def forms(word: Word) -> Forms:
        other = latin.forms(word.text) if word.text.isascii() else ()
        return (*lexicon.forms(word.text), *other)

    return _Candidate(words, _share(words, weight), forms, language)


def _on_wrong_keys(written: str, lexicon: Lexicon) -> Iterator[_Candidate]:
    """The message as it would read with the keyboard in its right state."""
    for layout in lexicon.layouts:
        for meant, language in (
            (layout.meant(written), layout.language),
            (layout.slipped(written), lexicon.latin_language),
        ):
            if len(meant) == len(written) and meant != written.lower():
                yield _candidate(meant, lexicon, language)
