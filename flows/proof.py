"""A proof by trying: nothing is judged below what it holds, and one more yes never lowers.

Every value that the criteria tell apart is tried, alone, in pairs and in threes, with nothing known
of the course and with everything about it yes; alone and in pairs with each single thing as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations, islice
from typing import Any

from flows.condition import NOBODY, View
from flows.criteria import FLAGS
from flows.protocol import Kind, Protocol
from flows.urgency import Urgency

LARGEST = 3
LARGEST_IN_EACH = 2
"""So many findings at once are tried in each single circumstance."""
ENOUGH = 20
"""Issues after which the proof stops: the first ones tell what is wrong."""
ROUTINE = Urgency.routine.rank
LEVELS = tuple(Urgency)

Ranks = dict[tuple[int, ...], int]
"""Places of atoms -> the rank of what they come to."""


@dataclass(frozen=True, slots=True)
class Atom:
    """One finding with one value: the smallest thing that can be said yes to."""

    id: str
    reading: Decimal | None = None
    count: int = 0

    def __str__(self) -> str:
        value = self.reading if self.reading is not None else self.count
        return f"{self.id} {value}" if value else self.id


@dataclass(frozen=True, slots=True)
class Circumstance:
    """What is known beside the findings of the moment."""

    name: str
    present: frozenset[str] = NOBODY
    numbers: Mapping[str, int] = field(default_factory=dict)
    flags: frozenset[str] = NOBODY
    persisting: frozenset[str] = NOBODY


def prove(protocol: Protocol) -> tuple[str, ...]:
    """What fails, a line each; at most twenty."""
    return tuple(islice(_failures(protocol), ENOUGH))


def atoms(protocol: Protocol) -> tuple[Atom, ...]:
    """Every value that the criteria tell apart: the lower end of each band."""
    return tuple(atom for id in protocol.findings for atom in _values(protocol, id))


def circumstances(protocol: Protocol) -> tuple[Circumstance, ...]:
    """Nothing; everything at once; and then each thing alone."""
    contexts = protocol.contexts.values()
    plain = [c.id for c in contexts if c.kind is Kind.yes_no]
    counted = {c.id: c.unsure_as or 1 for c in contexts if c.kind is Kind.count}
    lasting = frozenset(protocol.findings)
    return (
        Circumstance("nothing"),
        Circumstance(
            "everything", frozenset((*plain, *counted)), counted, frozenset(FLAGS), lasting
        ),
        *(Circumstance(id, frozenset({id})) for id in plain),
        *(Circumstance(id, frozenset({id}), {id: number}) for id, number in counted.items()),
        *(Circumstance(flag, flags=frozenset({flag})) for flag in FLAGS),
        Circumstance("persisting", persisting=lasting),
    )


def _failures(protocol: Protocol) -> Iterator[str]:
    every = atoms(protocol)
    floors = [_floor(protocol, atom) for atom in every]
    bare: Ranks = {}
    for circumstance in circumstances(protocol):
        for_all = circumstance.name in ("nothing", "everything")
        ranks: Ranks = {}
        for size in range(1, (LARGEST if for_all else LARGEST_IN_EACH) + 1):
            for places in _choices(every, size):
                rank = ranks[places] = _rank(protocol, [every[p] for p in places], circumstance)
                least = max(bare.get(places, 0), *(floors[place] for place in places))
                if size > 1:
                    least = max(least, *(ranks[fewer] for fewer in combinations(places, size - 1)))
                if rank < least:
                    yield _failure([every[p] for p in places], circumstance, rank, least)
        bare = bare or ranks


def _failure(said: Iterable[Atom], circumstance: Circumstance, rank: int, least: int) -> str:
    names = " + ".join(map(str, said))
    return (
        f"proof: {names} with {circumstance.name} known is judged {LEVELS[rank]}, "
        f"below the {LEVELS[least]} of a part of it"
    )


def _choices(every: tuple[Atom, ...], size: int) -> Iterator[tuple[int, ...]]:
    """Places of so many atoms of different findings."""
    for places in combinations(range(len(every)), size):
        if len({every[place].id for place in places}) == size:
            yield places


def _rank(protocol: Protocol, said: list[Atom], beside: Circumstance) -> int:
    view = View(
        present={*beside.present, *(atom.id for atom in said)},
        numbers={**beside.numbers, **{atom.id: atom.count for atom in said if atom.count}},
        readings=tuple(atom.reading for atom in said if atom.reading is not None),
        flags=set(beside.flags),
        persisting=beside.persisting,
    )
    rules = protocol.rules
    held = protocol.rulebook.hold(view)
    return max((ROUTINE, *(rules[place].rank for place in held)))


def _floor(protocol: Protocol, atom: Atom) -> int:
    """The level that the atom's own rows give it, read straight from the content."""
    rows = (c for c in protocol.criteria if c.when.get("finding") == atom.id)
    return max((c.urgency.rank for c in rows if _inside(c.when, atom)), default=ROUTINE)


def _inside(when: Mapping[str, object], atom: Atom) -> bool:
    value = atom.reading if atom.reading is not None else Decimal(atom.count)
    low, high = when.get("at_least"), when.get("below")
    above = not isinstance(low, int | Decimal) or value >= low
    return above and (not isinstance(high, int | Decimal) or value < high)


def _values(protocol: Protocol, id: str) -> list[Atom]:
    kind = protocol.findings[id].kind
    if kind is Kind.yes_no:
        return [Atom(id)]
    edges = sorted({edge for c in protocol.criteria for edge in _edges(c.when, id)})
    if kind is Kind.count:
        return [Atom(id, count=number) for number in sorted({1, *map(int, edges)})]
    readable = protocol.readable
    inside = [edge for edge in edges if readable.lowest < edge <= readable.highest]
    return [Atom(id, reading=edge) for edge in (readable.lowest, *inside)]


def _edges(when: Mapping[str, Any], id: str) -> Iterator[Decimal]:
    """The limits at which a criterion tells values of the finding apart."""
    if when.get("finding") == id:
        yield from (Decimal(when[limit]) for limit in ("at_least", "below") if limit in when)
    for part in (*when.get("all", ()), *when.get("any", ())):
        yield from _edges(part, id)
