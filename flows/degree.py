"""Degrees: Fahrenheit read as Celsius, and digits for people; nothing is rounded into a fever."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal, localcontext

DIGITS = 28
"""Digits of a converted reading; a longer input gets more."""
SPARE = 4
"""Digits beyond those of the input: enough that none is rounded onto a limit beside it."""
SHOWN = Decimal("0.01")
"""Finer than any thermometer; a reading converted from Fahrenheit may never end."""


def to_celsius(fahrenheit: Decimal) -> Decimal:
    """Convert without rounding onto a limit: 100.4 F is 38.0 C, 100.39 F is less.

    What no thermometer shows in either unit comes back as it is.
    """
    if not 1 <= fahrenheit < 1000:
        return fahrenheit
    with localcontext() as exact:
        exact.prec = max(DIGITS, len(fahrenheit.as_tuple().digits) + SPARE)
        return (fahrenheit - 32) * 5 / 9


def degrees(celsius: Decimal) -> str:
    """The digits of a reading: 101 F is 38.33, and 100.39 F stays below 38."""
    short = -int(celsius.as_tuple().exponent) <= -int(SHOWN.as_tuple().exponent)
    return str(celsius if short else celsius.quantize(SHOWN, ROUND_DOWN))
