"""The language of a message: by its letters first, then by its words."""

from __future__ import annotations

from collections import Counter

from flows.understanding.lexicon import Lexicon
from flows.understanding.typed import Typed

LEAST_WORDS = 2
"""Words of another language from which on it was meant."""
PLAINLY = 2
"""How many times the other language must fit better."""


def language_of(written: str, typed: Typed, lexicon: Lexicon, likely: str = "") -> tuple[str, bool]:
    """The language that a message is in, and whether it is plainly not the ``likely`` one; that
    one where the message tells nothing, or as much of both."""
    scores = _scores(written, typed, lexicon)
    best = max(scores.values(), default=0)
    leading = [language for language, score in scores.items() if score == best and best]
    if likely in leading or not leading:
        return likely, False
    plainly = typed.lettered >= LEAST_WORDS and best >= PLAINLY * scores[likely]
    return leading[0], plainly and not typed.language


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
