"""Temperatures in people's notations: each means one thing, or is asked again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from flows.protocol import Range
from flows.understanding.lexicon import Lexicon, fold_digits

_NUMBER = re.compile(r"(?<!\d)(\d+)(?:\s?[.,٫،]\s?(\d+))?")
_DIGITS_AT_MOST = 6
"""Longer numbers are phones and dates, never a thermometer's."""
_HALF = Decimal("0.5")


@dataclass(frozen=True)
class Temperatures:
    """What a message says about the temperature, as far as numbers go."""

    celsius: tuple[Decimal, ...] = ()
    """Readings, in degrees Celsius, exact."""
    unclear: bool = False
    """A number stood there that cannot be told."""
    alone: bool = False
    """The message held nothing but the numbers and their units."""


def to_celsius(fahrenheit: Decimal) -> Decimal:
    """Degrees Fahrenheit in degrees Celsius, unrounded."""
    return (fahrenheit - 32) * 5 / 9


def read_temperatures(written: str, lexicon: Lexicon, readable: Range) -> Temperatures:
    """Find every reading in a message; a value that cannot be told makes it unclear."""
    folded = fold_digits(written.casefold())
    found: list[Decimal] = []
    unclear = False
    rest = folded
    for match in _NUMBER.finditer(folded):
        tail = folded[match.end() :]
        value = _value(match, tail, lexicon)
        reading = None if value is None else _reading(value, tail, match, lexicon, readable)
        unclear = unclear or reading is None
        found += [] if reading is None else [reading]
        rest = rest.replace(match.group(), " ", 1)
    return Temperatures(tuple(found), unclear and not found, _bare(rest, lexicon))


def _value(match: re.Match[str], tail: str, lexicon: Lexicon) -> Decimal | None:
    whole, part = match.group(1), match.group(2)
    if len(whole) + len(part or "") > _DIGITS_AT_MOST:
        return None
    value = Decimal(f"{whole}.{part}" if part else whole)
    halved = part is None and _starts(tail, lexicon.half)
    return value + _HALF if halved else value


def _reading(
    value: Decimal, tail: str, match: re.Match[str], lexicon: Lexicon, readable: Range
) -> Decimal | None:
    if _starts(tail, lexicon.fahrenheit):
        return _within(to_celsius(value), readable)
    if _starts(tail, lexicon.celsius):
        return _within(value, readable)
    # 385 has one meaning that a thermometer can show; 101.3 likewise.
    shortened = value / 10 if match.group(2) is None and len(match.group(1)) == 3 else value
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
    words = set(re.findall(r"[^\W\d]+", rest))
    known = {
        word
        for phrases in (lexicon.half, lexicon.celsius, lexicon.fahrenheit)
        for phrase in phrases
        for word in phrase.split()
    }
    return words <= known
