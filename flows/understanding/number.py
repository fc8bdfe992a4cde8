"""Temperatures in people's notations: each means one thing, or is asked again."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from flows.degree import to_celsius
from flows.protocol import Range
from flows.understanding.lexicon import Lexicon, fold_digits

_NUMBER = re.compile(r"(?<!\d)(\d+)(?:[.,٫،](\d+)|\s?[.,٫،]\s?(\d)(?![\d.,٫،]))?")
"""A space beside the mark is a slip before one digit only: "37, 39" are two readings."""
_LISTED = re.compile(r"[,،](?=\s?\d+[.٫]\d)")
"""A comma between readings: "37,38.5" are two."""
_NO_READING = re.compile(
    r"\b(?:[01]?\d|2[0-3]):[0-5]\d\b"  # a time of day
    r"|\b\d{1,4}(?P<mark>[./-])\d{1,2}(?P=mark)\d{2,4}\b"  # a date
    r"|(?:\+|\b0)\d[\d\s()-]{5,}\d"  # a phone number
)
_LOOSE = re.compile(r"\s?[\s'’`:;/·-]\s?(\d)(?!\d)")
"""One digit after a mark that is none: "37 8" may be 37.8, and counts as both."""
_DIGITS_AT_MOST = 6
"""Longer numbers are phones and dates, never a thermometer's."""
_HALF = Decimal("0.5")
_LOOKED_AT = 40
"""Characters after a number in which its unit, or its half, may stand."""


@dataclass(frozen=True)
class Temperatures:
    """What a message says about the temperature, as far as numbers go."""

    celsius: tuple[Decimal, ...] = ()
    """Readings, in degrees Celsius, exact."""
    unclear: bool = False
    """A number stood there that cannot be told."""
    alone: bool = False
    """The message held nothing but the numbers and their units."""


def read_temperatures(written: str, lexicon: Lexicon, readable: Range) -> Temperatures:
    """Find every reading in a message; a value that cannot be told makes it unclear."""
    folded = _NO_READING.sub(" ", _LISTED.sub(" ", fold_digits(written.casefold())))
    found: list[Decimal] = []
    unclear = False
    for match in _NUMBER.finditer(folded):
        tail = folded[match.end() : match.end() + _LOOKED_AT]
        values = _values(match, tail, lexicon)
        readings = [_reading(value, tail, match, lexicon, readable) for value in values]
        known = [reading for reading in readings if reading is not None]
        unclear = unclear or not known
        found += known
    alone = _bare(_NUMBER.sub(" ", folded), lexicon)
    return Temperatures(tuple(dict.fromkeys(found)), unclear and not found, alone)


def _values(match: re.Match[str], tail: str, lexicon: Lexicon) -> list[Decimal]:
    """What the number may be; nothing when it cannot be told."""
    whole, part = match.group(1), _part(match)
    if len(whole) + len(part) > _DIGITS_AT_MOST or _raised(tail, lexicon):
        return []
    value = Decimal(f"{whole}.{part}" if part else whole)
    if part:
        return [value]
    if _starts(tail, lexicon.half):
        return [value + _HALF]
    loose = _LOOSE.match(tail)
    return [value, *([Decimal(f"{whole}.{loose[1]}")] if loose else [])]


def _part(match: re.Match[str]) -> str:
    return match.group(2) or match.group(3) or ""


def _raised(tail: str, lexicon: Lexicon) -> bool:
    """Whether a raised or odd digit follows at once, as in 37⁵: no number that we know."""
    odd = bool(tail) and unicodedata.category(tail[0]) == "No"
    return odd and not _starts(tail, lexicon.half)


def _reading(
    value: Decimal, tail: str, match: re.Match[str], lexicon: Lexicon, readable: Range
) -> Decimal | None:
    if _starts(tail, lexicon.fahrenheit):
        return _within(to_celsius(value), readable)
    if _starts(tail, lexicon.celsius):
        return _within(value, readable)
    # 385 has one meaning that a thermometer can show; 101.3 likewise.
    shortened = value / 10 if not _part(match) and len(match.group(1)) == 3 else value
    candidates = (value, to_celsius(value), shortened)
    return next((c for c in candidates if _within(c, readable) is not None), None)


def _within(celsius: Decimal, readable: Range) -> Decimal | None:
    return celsius if readable.lowest <= celsius <= readable.highest else None


def _starts(tail: str, phrases: Iterable[str]) -> bool:
    """Whether the text after a number begins with one of the phrases, as a word of its own."""
    after = tail.lstrip(" °º")
    return any(
        after.startswith(phrase) and not after[len(phrase) : len(phrase) + 1].isalpha()
        for phrase in phrases
    )


def _bare(rest: str, lexicon: Lexicon) -> bool:
    words = {word for word in re.findall(r"[^\W\d]+", rest) if any(map(str.isalpha, word))}
    known = {
        word
        for phrases in (lexicon.half, lexicon.celsius, lexicon.fahrenheit)
        for phrase in phrases
        for word in phrase.split()
    }
    return words <= known
