"""The language of a message: by its letters first, then by its words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from flows.understanding.lexicon import Lexicon
from flows.understanding.typed import Typed

LEAST_WORDS = 2
"""Words of another language from which on it was meant."""
CLEARLY = 1.3
"""How many times better a language must fit than another of its letters, to shut that out."""
PLAINLY = 2
"""How many times the other language must fit better."""


@dataclass(frozen=True)
class Tongue:
    """The language of a message."""

    language: str
    """Its code; empty where nothing tells it."""
    switched: bool = False
    """That is plainly another than the likely one."""
    foreign: frozenset[str] = frozenset()
    """The languages of the same letters that it plainly is not."""


def tongue_of(written: str, typed: Typed, lexicon: Lexicon, likely: str = "") -> Tongue:
    """The language that a message is in; the ``likely`` one where it tells nothing, or as much of
    both."""
    scores = _scores(written, typed, lexicon)
    best = max(scores.values(), default=0)
    leading = [language for language, score in scores.items() if score == best and best]
    if not leading:
        return Tongue(likely)
    language = likely if likely in leading else leading[0]
    plainly = typed.lettered >= LEAST_WORDS and best >= PLAINLY * scores[likely]
    switched = language != likely and plainly and not typed.language
    return Tongue(language, switched, _foreign(language, scores, lexicon))


def _foreign(language: str, scores: Counter[str], lexicon: Lexicon) -> frozenset[str]:
    own = lexicon.alphabets.get(language, frozenset())
    return frozenset(
        other
        for other, letters in lexicon.alphabets.items()
        if len(letters & own) * 2 > len(letters) and scores[other] * CLEARLY < scores[language]
    )


def _scores(written: str, typed: Typed, lexicon: Lexicon) -> Counter[str]:
    """How well each language fits: its share of the letters, and the words it knows."""
    if typed.language:
        return Counter({typed.language: 1})
    scores = Counter[str]()
    letters = [letter for letter in written.lower() if letter.isalpha()]
    for language, alphabet in lexicon.alphabets.items():
        share = sum(letter in alphabet for letter in letters) / (len(letters) or 1)
        scores[language] = round(share * typed.lettered * 100)
    for forms in typed.forms:
        for language in frozenset().union(*(lexicon.spoken.get(form, ()) for form in forms)):
            scores[language] += 100
    return scores
