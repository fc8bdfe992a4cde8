"""How soon a human must be reached: the ordered levels of the clinic's page."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Urgency(StrEnum):
    """The five levels, from the calmest to the gravest; compare them with ``<`` and ``>``."""

    information = "information"
    routine = "routine"
    same_day = "same_day"
    immediate = "immediate"
    emergency = "emergency"

    @property
    def rank(self) -> int:
        """The place in the order, 0 for information."""
        return _RANKS[self]

    def __lt__(self, other: str) -> bool:
        return self.rank < Urgency(other).rank

    def __le__(self, other: str) -> bool:
        return self.rank <= Urgency(other).rank

    def __gt__(self, other: str) -> bool:
        return self.rank > Urgency(other).rank

    def __ge__(self, other: str) -> bool:
        return self.rank >= Urgency(other).rank


_RANKS = {level: rank for rank, level in enumerate(Urgency)}


def gravest(levels: Iterable[Urgency]) -> Urgency:
    """The highest of the levels; routine when there is none."""
    return max(levels, key=lambda level: level.rank, default=Urgency.routine)
