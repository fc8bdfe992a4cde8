"""Numbers said in words, and what belongs to a number: its half, its tenths, its unit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from flows.understanding.lexicon import Lexicon
from flows.understanding.word import Pause, Word

_HALF = Decimal("0.5")
_HUNDRED = 100
_TEN = 10
_TENS = range(20, 100, 10)
_UNITS = range(1, 10)
_DIGITS = range(10)


def count(words: Sequence[Word], lexicon: Lexicon) -> tuple[Word, ...]:
    """The same words with each number as one: thirty, eight -> 38; 38, and a half -> 38.5."""
    counted: list[Word] = []
    place = 0
    while place < len(words):
        word, taken = _number(words, place, lexicon)
        if word.number is not None and word.over is None:
            word, taken = _parted(word, words, place, taken, lexicon)
            word, taken = _measured(word, words, place, taken, lexicon)
        counted.append(word)
        place += taken
    return tuple(counted)


def _number(words: Sequence[Word], place: int, lexicon: Lexicon) -> tuple[Word, int]:
    """The word, or several that say one number; and how many they are."""
    first = words[place]
    if first.number is not None:
        return first, 1
    value = lexicon.number(first.text)
    if value is None:
        return first, 1
    more, taken = _more(value, words, place + 1, lexicon)
    return _merged(first, words[place : place + 1 + taken], Decimal(value + more)), 1 + taken


def _more(value: int, words: Sequence[Word], place: int, lexicon: Lexicon) -> tuple[int, int]:
    """What the following words add to a number said in words; and how many they are."""
    joined = place < len(words) and words[place].text in lexicon.joiners
    at = place + joined
    if at >= len(words) or words[at].pause >= Pause.comma or words[at].number is not None:
        return 0, 0
    added = lexicon.number(words[at].text)
    if added is None:
        return 0, 0
    if value == _HUNDRED and added < _HUNDRED:
        more, taken = _more(added, words, at + 1, lexicon) if added in _TENS else (0, 0)
        return added + more, joined + 1 + taken
    tied = joined or lexicon.joins(words[at].text)
    fits = (
        (value in _TENS and added in _UNITS)
        or (value in _UNITS and added in _TENS and tied)
        or (value in _UNITS and added == _TEN and not tied)  # twelve in two words
    )
    return (added, joined + 1) if fits else (0, 0)


def _merged(first: Word, parts: Sequence[Word], value: Decimal) -> Word:
    text = first.text if len(parts) == 1 else str(value)
    return replace(first, text=text, end=parts[-1].end, number=value)


def _parted(
    word: Word, words: Sequence[Word], place: int, taken: int, lexicon: Lexicon
) -> tuple[Word, int]:
    """Its half, or its tenths: certain after "point", possible after a gap or an "and"."""
    assert word.number is not None
    after = place + taken
    if word.number != word.number.to_integral_value():
        return word, taken
    half = starts(words, after, lexicon.halves)
    if half:
        return _grown(word, words[after + half - 1], word.number + _HALF), taken + half
    said = after < len(words) and words[after].text in lexicon.points
    tied = after < len(words) and words[after].text in lexicon.joiners
    at = after + (said or tied)
    at += said and at < len(words) and words[at].text in lexicon.joiners
    tenths = _tenths(words, at, lexicon)
    if tenths is None or word.number < _TEN:
        return word, taken
    parted = word.number + Decimal(tenths) / 10
    if said:
        return _grown(word, words[at], parted), at + 1 - place
    return replace(word, loose=parted), taken


def _tenths(words: Sequence[Word], place: int, lexicon: Lexicon) -> int | None:
    """The single digit that stands there, in digits or in words."""
    if place >= len(words) or words[place].pause >= Pause.comma or words[place].over is not None:
        return None
    number = words[place].number
    value = lexicon.number(words[place].text) if number is None else number
    return int(value) if value is not None and value in _DIGITS else None


def _grown(word: Word, last: Word, value: Decimal) -> Word:
    return replace(word, text=str(value), end=last.end, number=value)


def _measured(
    word: Word, words: Sequence[Word], place: int, taken: int, lexicon: Lexicon
) -> tuple[Word, int]:
    """The unit of degrees that follows a number, and the half that may follow the unit."""
    for unit, phrases in (("f", lexicon.fahrenheits), ("c", lexicon.degrees)):
        size = starts(words, place + taken, phrases)
        if size:
            word = replace(word, unit=unit, end=words[place + taken + size - 1].end)
            return _halved(word, words, place, taken + size, lexicon)
    return word, taken


def _halved(
    word: Word, words: Sequence[Word], place: int, taken: int, lexicon: Lexicon
) -> tuple[Word, int]:
    half = starts(words, place + taken, lexicon.halves)
    if not half or word.number is None or word.number != word.number.to_integral_value():
        return word, taken
    return _grown(word, words[place + taken + half - 1], word.number + _HALF), taken + half


def starts(words: Sequence[Word], place: int, phrases: Iterable[tuple[str, ...]]) -> int:
    """How many words the longest of the phrases takes that stands at this place; 0 for none."""
    fits = (
        len(phrase)
        for phrase in phrases
        if tuple(word.text for word in words[place : place + len(phrase)]) == phrase
        and all(word.pause < Pause.comma for word in words[place : place + len(phrase)])
    )
    return max(fits, default=0)
