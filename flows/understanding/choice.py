"""Answers to a written list: "1 4", or "a c", where a channel has no buttons."""

from __future__ import annotations

import re

from flows.message import Marks
from flows.understanding.letter import fold, fold_digits
from flows.understanding.lexicon import Lexicon

_DIGITS = re.compile(r"\s*\d{1,2}(?:[\s,;]+\d{1,2})*\s*")
_LETTERS = re.compile(r"\s*[a-z]{1,2}(?:[\s,;]+[a-z]{1,2})*\s*")


def read_choices(written: str, marks: Marks, tokens: tuple[str, ...]) -> tuple[str, ...]:
    """The tokens that the message names by place; empty when it is no such answer.

    A place that the list does not have makes the whole message no answer, so that 38 stays
    a number on a list of nine.
    """
    folded = fold_digits(written.casefold())
    places: list[int] = []
    if marks is Marks.digits and _DIGITS.fullmatch(folded):
        places = [int(place) - 1 for place in re.findall(r"\d+", folded)]
    if marks is Marks.letters and _LETTERS.fullmatch(folded):
        places = [_place(letters) for letters in re.findall(r"[a-z]+", folded)]
    known = all(0 <= place < len(tokens) for place in places)
    return tuple(tokens[place] for place in places) if known else ()


def _place(letters: str) -> int:
    """A is 0, z is 25, aa is 26: as the columns of a sheet are named."""
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("a") + 1
    return place - 1


def read_label(
    written: str, lexicon: Lexicon, tokens: tuple[str, ...], labels: tuple[str, ...]
) -> tuple[str, ...]:
    """The token of the choice whose button says just this; empty when none on offer does."""
    said = lexicon.labels.get(fold(written), frozenset())
    pairs = zip(tokens, labels, strict=False)  # a screen kept by an earlier version has no labels
    return tuple(token for token, label in pairs if label in said)[:1]
