"""What is grave only together is found by buttons, told at once, and judged as `assess` does."""

from __future__ import annotations

import pytest

from flows.message import Text
from tests.walker.combination import EMERGENCY, contexts, grave_together
from tests.walker.explore import ways_of
from tests.walker.house import WalkedHouse
from tests.walker.saying import say_all
from tests.walker.verdict import Ids, hold
from tests.walker.walk import Walk

PARTS = 6
"""So that several processes share the walking."""


@pytest.mark.parametrize("part", range(PARTS))
async def test_each_combination_is_found_and_judged(house: WalkedHouse, part: int) -> None:
    """The emergency leaves with the answer that makes it one: no further input is needed."""
    ways = await ways_of(house)
    advice = house.say(Text("advice.emergency.first").given(ways="")).strip()

    async def walk_to(ids: Ids) -> None:
        walk = await Walk(house).begin()
        await say_all(walk, ways, ids)
        assert advice in walk.heard(), (sorted(ids), walk.heard())
        verdict = hold(house, await walk.scene(), ids)
        assert verdict.urgency == EMERGENCY

    await house.at_once(walk_to(ids) for ids in grave_together()[part::PARTS])


def test_the_combinations_are_those_of_the_table() -> None:
    """Pairs, pairs in a context and findings in a context are all there."""
    asked = frozenset(contexts())
    sizes = [(len(ids), len(ids & asked)) for ids in grave_together()]
    assert set(sizes) == {(2, 0), (2, 1), (3, 1)}
    assert len(set(grave_together())) == len(sizes)
