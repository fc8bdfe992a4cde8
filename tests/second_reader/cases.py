"""The space to prove over: every finding-value alone, in pairs and in threes, in context."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from tests.second_reader.read import UNITS, ContextValue, Value, prepare

# One value inside each band, and where a band's lower edge matters most, the edge itself.
TEMPERATURES_C = (35.5, 36.5, 37.2, 37.7, 38.0, 41)
COUNTS = {"vomiting_24h": (1, 3, 6), "diarrhoea_over_usual": (1, 4, 7)}
REPEATED = 2  # earlier contacts in the last 24 h
LARGEST_IN_EACH_CONTEXT = 2  # threes are proved with no context and with all of it


@dataclass(frozen=True)
class Atom:
    """One finding with one value: the smallest thing that can be said yes to."""

    id: str
    value: bool | int | float

    @property
    def name(self) -> str:
        """How the fast path of the reader calls it."""
        return self.id if self.value is True else f"{self.id}={self.value}"


@dataclass(frozen=True)
class Case:
    """One input of `main.py assess`, with the names of all that is yes in it."""

    names: frozenset[str]
    context_names: frozenset[str]
    context: dict[str, ContextValue] = field(compare=False)
    findings: dict[str, Value] = field(compare=False)
    unsure: tuple[str, ...] = ()


@cache
def atoms() -> tuple[Atom, ...]:
    """Every finding-value of the space, no two of which say the same."""
    table = prepare().table
    readings = [Atom(UNITS[0], degrees) for degrees in TEMPERATURES_C]
    counts = [Atom(id, number) for id, numbers in COUNTS.items() for number in numbers]
    ticks = [Atom(id, True) for row in table.findings for id in row.ids]
    return (*readings, *counts, *ticks)


@cache
def contexts(each: bool) -> tuple[dict[str, ContextValue], ...]:
    """No context, all of it, and where `each` holds, every context id by itself."""
    every: dict[str, ContextValue] = {
        id: REPEATED if kind == "number" else True
        for id, kind in prepare().table.context.items()
        if kind != "word"
    }
    singles = [{id: value} for id, value in every.items()] if each else []
    return ({}, every, *singles)


def combinations(n: int) -> Iterator[Case]:
    """Every choice of `n` atoms of different findings, in every context that belongs to `n`."""
    named = [
        (context, frozenset(Atom(id, value).name for id, value in _yes(context)))
        for context in contexts(n <= LARGEST_IN_EACH_CONTEXT)
    ]
    for chosen in itertools.combinations(atoms(), n):
        findings: dict[str, Value] = {atom.id: atom.value for atom in chosen}
        if len(findings) < n:  # two values of one finding
            continue
        names = frozenset(atom.name for atom in chosen)
        for context, context_names in named:
            yield Case(names, context_names, context, findings)


def _yes(context: dict[str, ContextValue]) -> Iterator[tuple[str, bool | int | float]]:
    for id, value in context.items():
        if isinstance(value, bool | int | float):
            yield id, value
