"""A measure: what a number said in words means, where no screen asks for the number itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Measure:
    """From which number on something said is a finding: a saturation, hours without urine."""

    id: str
    said: str
    """What is measured, as the lexicons call it; several rows may share it, the gravest first."""
    finding: str
    at_least: Decimal
    below: Decimal
    source: str
    first: bool = False
    """Only the first of several numbers counts: of 110 over 70 the 110."""

    def holds(self, numbers: Iterable[Decimal]) -> bool:
        """Whether one of the numbers that count lies within."""
        told = tuple(numbers)
        counted = told[:1] if self.first else told
        return any(self.at_least <= number < self.below for number in counted)
