"""Temperatures in people's notations: each means one thing, or is asked again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from flows.degree import to_celsius
from flows.protocol import Range
from flows.understanding.word import Word

_DIGITS_AT_MOST = 6
"""Longer numbers are phones and dates, never a thermometer's."""
_UNLIKELY_BELOW = Decimal(34)
"""A whole number below this is a temperature only where temperatures are spoken of."""


@dataclass(frozen=True)
class Temperatures:
    """What a message says about the temperature, as far as numbers go."""

    celsius: tuple[Decimal, ...] = ()
    """Readings, in degrees Celsius, exact."""
    unclear: bool = False
    """A number stood there that cannot be told."""
    alone: bool = False
    """The message held nothing but the numbers and their units."""
    sure: bool = False
    """Each reading has its unit, or stands where the temperature is spoken of."""


def read_numbers(
    numbers: tuple[Word, ...], readable: Range, spoken_of: Callable[[Word], bool], *, alone: bool
) -> Temperatures:
    """The readings among numbers that may be some; ``spoken_of``: temperature is the subject."""
    found: list[Decimal] = []
    untold = False
    for word in numbers:
        told = list(_readings(word, readable, sure=alone or spoken_of(word)))
        untold = untold or not told
        found += told
    sure = bool(found) and all(word.unit or spoken_of(word) for word in numbers)
    return Temperatures(tuple(dict.fromkeys(found)), untold and not found, alone, sure)


def _readings(word: Word, readable: Range, *, sure: bool) -> Iterator[Decimal]:
    """What a number may be in degrees Celsius; nothing when it cannot be told."""
    if word.number is None or word.raised or _digits(word.number) > _DIGITS_AT_MOST:
        return
    for value in (word.number, word.over, word.loose):
        celsius = None if value is None else _reading(value, word.unit, readable, sure=sure)
        if celsius is not None:
            yield celsius


def _digits(value: Decimal) -> int:
    return len(value.as_tuple().digits)


def _reading(value: Decimal, unit: str, readable: Range, *, sure: bool) -> Decimal | None:
    if unit == "f":
        return _within(to_celsius(value), readable)
    if unit == "c":
        return _within(value, readable)
    whole = value == value.to_integral_value()
    if whole and not sure and not _UNLIKELY_BELOW <= value <= readable.highest:
        return None
    # 385 has one meaning that a thermometer can show; 101.3 likewise.
    shortened = value / 10 if whole and len(str(value)) == 3 else value
    candidates = (value, to_celsius(value), shortened)
    return next((c for c in candidates if _within(c, readable) is not None), None)


def _within(celsius: Decimal, readable: Range) -> Decimal | None:
    return celsius if readable.lowest <= celsius <= readable.highest else None
