"""Conditions over what is known: each tells by which ids it holds, or that it does not.

There is no "not": whatever holds goes on holding when one more thing is said yes to. That is what
makes "one more yes never lowers" true of every content that can be written.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations

NOBODY: frozenset[str] = frozenset()


@dataclass(slots=True)
class View:
    """The facts as conditions look at them; ``levels`` fills while the criteria are judged."""

    present: set[str] = field(default_factory=set)
    """Ids of findings and contexts that count as yes."""
    numbers: dict[str, int] = field(default_factory=dict)
    """How often, for those that are counted."""
    readings: tuple[Decimal, ...] = ()
    persisting: frozenset[str] = NOBODY
    flags: set[str] = field(default_factory=set)
    """What else is known of the readings: second, overdue."""
    levels: dict[str, int] = field(default_factory=dict)
    """Id -> the rank of its own level, of those that have one."""

    def at_least(self, rank: int) -> list[str]:
        """The ids whose own level is that high or higher."""
        return [id for id, level in self.levels.items() if level >= rank]


class Condition(ABC):
    """What a criterion's ``when`` becomes."""

    __slots__ = ()

    @property
    def anchors(self) -> frozenset[str] | None:
        """Ids of which at least one must be present; None when no such set is known."""
        return None

    @property
    def mentions(self) -> frozenset[str]:
        """Ids that the content names one by one."""
        return NOBODY

    @property
    def weighs(self) -> bool:
        """Whether it looks at the levels of findings, and so must come after them."""
        return False

    @abstractmethod
    def held(self, view: View) -> tuple[str, ...]:
        """The ids that make it hold; empty when it does not hold."""


@dataclass(frozen=True, slots=True)
class Present(Condition):
    """Any of these ids counts as yes."""

    ids: frozenset[str]
    named: bool = True
    """False where the content names the sign instead of its findings."""

    @property
    def anchors(self) -> frozenset[str]:
        return self.ids

    @property
    def mentions(self) -> frozenset[str]:
        return self.ids if self.named else NOBODY

    def held(self, view: View) -> tuple[str, ...]:
        return tuple(self.ids & view.present)


@dataclass(frozen=True, slots=True)
class Counted(Condition):
    """A number of times within bounds."""

    id: str
    at_least: int
    below: int | None

    @property
    def anchors(self) -> frozenset[str]:
        return self.mentions

    @property
    def mentions(self) -> frozenset[str]:
        return frozenset({self.id})

    def held(self, view: View) -> tuple[str, ...]:
        number = view.numbers.get(self.id, 0)
        inside = number >= self.at_least and (self.below is None or number < self.below)
        return (self.id,) if inside else ()


@dataclass(frozen=True, slots=True)
class Measured(Condition):
    """Any counted reading within bounds, never rounded."""

    id: str
    at_least: Decimal
    below: Decimal

    @property
    def anchors(self) -> frozenset[str]:
        return self.mentions

    @property
    def mentions(self) -> frozenset[str]:
        return frozenset({self.id})

    def held(self, view: View) -> tuple[str, ...]:
        inside = any(self.at_least <= reading < self.below for reading in view.readings)
        return (self.id,) if inside else ()


@dataclass(frozen=True, slots=True)
class Flagged(Condition):
    """Something known of the readings beside their value: the second such, or one overdue."""

    id: str
    flag: str

    @property
    def mentions(self) -> frozenset[str]:
        return frozenset({self.id})

    def held(self, view: View) -> tuple[str, ...]:
        return (self.id,) if self.flag in view.flags else ()


@dataclass(frozen=True, slots=True)
class Graded(Condition):
    """Any of these findings whose own level is that high or higher."""

    ids: frozenset[str]
    rank: int

    @property
    def anchors(self) -> frozenset[str]:
        return self.ids

    @property
    def weighs(self) -> bool:
        return True

    def held(self, view: View) -> tuple[str, ...]:
        return tuple(id for id in view.at_least(self.rank) if id in self.ids)


@dataclass(frozen=True, slots=True)
class Other(Condition):
    """Another finding at that level or higher: not one of those set apart."""

    rank: int
    apart: frozenset[str]
    """The finding itself, what it implies, and what implies it."""

    @property
    def weighs(self) -> bool:
        return True

    def held(self, view: View) -> tuple[str, ...]:
        return tuple(id for id in view.at_least(self.rank) if id not in self.apart)


@dataclass(frozen=True, slots=True)
class Several(Condition):
    """So many different findings at that level or higher, none of them implied by another."""

    count: int
    rank: int
    implied: Mapping[str, frozenset[str]]

    @property
    def weighs(self) -> bool:
        return True

    def held(self, view: View) -> tuple[str, ...]:
        found = view.at_least(self.rank)
        different = any(map(self._apart, combinations(found, self.count)))
        return tuple(found) if different else ()

    def _apart(self, group: tuple[str, ...]) -> bool:
        return not any(self.implied.get(id, NOBODY).intersection(group) for id in group)


@dataclass(frozen=True, slots=True)
class Persisting(Condition):
    """A finding of that level or higher that has been there all along."""

    rank: int

    @property
    def weighs(self) -> bool:
        return True

    def held(self, view: View) -> tuple[str, ...]:
        return tuple(id for id in view.at_least(self.rank) if id in view.persisting)


@dataclass(frozen=True, slots=True)
class Parts(Condition):
    """What conditions made of conditions have in common."""

    parts: tuple[Condition, ...]

    @property
    def mentions(self) -> frozenset[str]:
        return NOBODY.union(*(part.mentions for part in self.parts))

    @property
    def weighs(self) -> bool:
        return any(part.weighs for part in self.parts)

    @property
    def _known(self) -> list[frozenset[str]]:
        return [part.anchors for part in self.parts if part.anchors is not None]


@dataclass(frozen=True, slots=True)
class All(Parts):
    """Every part holds."""

    @property
    def anchors(self) -> frozenset[str] | None:
        return min(self._known, key=len, default=None)

    def held(self, view: View) -> tuple[str, ...]:
        evidence: tuple[str, ...] = ()
        for part in self.parts:
            found = part.held(view)
            if not found:
                return ()
            evidence += found
        return evidence


@dataclass(frozen=True, slots=True)
class AnyOf(Parts):
    """At least one part holds; every part that does is evidence."""

    @property
    def anchors(self) -> frozenset[str] | None:
        known = self._known
        return NOBODY.union(*known) if len(known) == len(self.parts) else None

    def held(self, view: View) -> tuple[str, ...]:
        return tuple(id for part in self.parts for id in part.held(view))
