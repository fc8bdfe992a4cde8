"""A temperature in digits, for people: cut to two decimals, never rounded up into a fever."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal

SHOWN = Decimal("0.01")
"""Finer than any thermometer; a reading converted from Fahrenheit may never end."""


def degrees(celsius: Decimal) -> str:
    """The digits of a reading: 101 F is 38.33, and 100.39 F stays below 38."""
    short = -int(celsius.as_tuple().exponent) <= -int(SHOWN.as_tuple().exponent)
    return str(celsius if short else celsius.quantize(SHOWN, ROUND_DOWN))
