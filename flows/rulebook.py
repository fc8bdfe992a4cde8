"""A protocol's criteria arranged so that only those which could hold are tested."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from flows.condition import View
from flows.criteria import Rule

Index = Mapping[str, tuple[Rule, ...]]
"""Id -> the rules that can only hold when it, or another of their anchors, is present."""


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The rules in three layers, each looking at the levels that the ones before it gave."""

    rows: Index
    """Rows of the decision table: they give a finding its own level."""
    raising: tuple[Rule, ...]
    """Rows that look at other findings' levels. They may raise one another, so they are tested
    until nothing rises; levels only rise, so that ends, and the order makes no difference."""
    combined: Index
    """Combinations and combining rules: they give an urgency to the whole."""
    always: tuple[Rule, ...]
    """Those among them that no single id announces."""

    def hold(self, view: View) -> dict[int, tuple[str, ...]]:
        """Test the rules, filling the view's levels: place of a rule that holds -> evidence."""
        held: dict[int, tuple[str, ...]] = {}
        for rule in _announced(self.rows, view):
            _test(rule, view, held)
        while any(_test(rule, view, held) for rule in self.raising):
            pass
        for rule in (*_announced(self.combined, view), *self.always):
            _test(rule, view, held)
        return held


def arrange(rules: Iterable[Rule]) -> Rulebook:
    """Put each rule in its layer."""
    rows: list[Rule] = []
    raising: list[Rule] = []
    combined: list[Rule] = []
    always: list[Rule] = []
    for rule in rules:
        announced = rule.condition.anchors is not None
        if rule.rates:
            (rows if announced and not rule.condition.weighs else raising).append(rule)
        else:
            (combined if announced else always).append(rule)
    return Rulebook(_index(rows), tuple(raising), _index(combined), tuple(always))


def _test(rule: Rule, view: View, held: dict[int, tuple[str, ...]]) -> bool:
    """Test one rule; whether a level rose by it."""
    evidence = rule.condition.held(view)
    if not evidence:
        return False
    held[rule.place] = evidence
    rose = False
    for id in rule.rates.intersection(evidence):
        if view.levels.get(id, -1) < rule.rank:
            view.levels[id] = rule.rank
            rose = True
    return rose


def _announced(index: Index, view: View) -> Iterator[Rule]:
    candidates: dict[int, Rule] = {}
    for id in view.present:
        for rule in index.get(id, ()):
            candidates[rule.place] = rule
    return iter(candidates.values())


def _index(rules: Iterable[Rule]) -> Index:
    index: dict[str, list[Rule]] = {}
    for rule in rules:
        for id in rule.condition.anchors or ():
            index.setdefault(id, []).append(rule)
    return {id: tuple(found) for id, found in index.items()}
