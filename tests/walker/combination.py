"""Combinations: what gives an emergency only together, by the second reader's table."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import combinations

from tests.second_reader.read import prepare
from tests.walker.verdict import CONTACTS, TEMPERATURE, Ids

READINGS = (35.9, 37.7, 38.0)
"""Below normal, doubtful, fever."""
REPEATED = 2
"""Earlier contacts that count."""
EMERGENCY = "emergency"
NOT_JUDGED = "word"
"""The kind of context by which nothing is judged."""


@cache
def findings() -> tuple[str, ...]:
    """Every finding, with each band of what is counted, and a few readings."""
    table = prepare().table
    ticks = (id for row in table.findings for id in row.ids)
    counts = (f"{row.id}={row.low}" for row in table.counts)
    readings = (f"{TEMPERATURE}={degrees}" for degrees in READINGS)
    return (*ticks, *counts, *readings)


@cache
def contexts() -> tuple[str, ...]:
    """Every context that may weigh something."""
    kinds = prepare().table.context.items()
    named = [id for id, kind in kinds if kind != NOT_JUDGED]
    return tuple(f"{id}={REPEATED}" if id == CONTACTS else id for id in named)


@cache
def grave_together() -> tuple[Ids, ...]:
    """Pairs of findings, findings in a context, and pairs in a context that need all three.

    Each gives an emergency, and nothing less than all of it does.
    """
    single = [frozenset({one}) for one in findings()]
    pairs = [frozenset(two) for two in combinations(findings(), 2) if _differ(*two)]
    found = [pair for pair in pairs if _grave(pair)]
    in_context = [ids | {context} for ids in (*single, *pairs) for context in contexts()]
    found += [ids for ids in in_context if _grave(ids)]
    return tuple(ids for ids in found if not any(_grave(less) for less in _less(ids)))


def of_id(name: str) -> str:
    """The id without its number."""
    return name.partition("=")[0]


def _differ(one: str, other: str) -> bool:
    return of_id(one) != of_id(other)


def _less(ids: Ids) -> Iterator[Ids]:
    return (ids - {id} for id in ids)


def _grave(ids: Ids) -> bool:
    return level(ids) == EMERGENCY


def level(ids: Ids) -> str:
    """The second reader's urgency."""
    context = ids.intersection(contexts())
    return prepare().urgency_of_ids(ids - context, context)
