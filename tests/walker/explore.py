"""Exploring: every screen within three taps of home, breadth first, by what its buttons say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flows.message import Text
from tests.walker.house import WalkedHouse
from tests.walker.verdict import Ids, positive
from tests.walker.walk import Walk, Way

FARTHEST = 3
"""Taps from home within which all has to be found."""


@dataclass(frozen=True)
class Sight:
    """What is seen at the end of a way."""

    way: Way
    screen: str
    labels: tuple[str, ...]
    found: Ids
    """What the store then holds as yes."""


async def explore(house: WalkedHouse) -> Mapping[str, Way]:
    """The shortest way from home to each finding, and to each band of one that is counted.

    A button that bears a finding's name is what was looked for; any other is followed, to see
    what comes of it.
    """
    names = {house.say(Text(f"finding.{id}.label")): id for id in house.protocol.findings}
    ways: dict[str, Way] = {}
    screens: set[str] = set()
    ahead: list[Way] = [()]
    for _ in range(FARTHEST + 1):
        fresh = _fresh(await house.at_once(look(house, way) for way in ahead), screens)
        for sight in fresh:
            for id in sight.found:
                ways.setdefault(id, sight.way)
            for label in sight.labels:
                if label in names:
                    ways.setdefault(names[label], (*sight.way, label))
        ahead = [
            (*sight.way, label)
            for sight in fresh
            if not sight.found
            for label in sight.labels
            if label not in names
        ]
    return ways


def _fresh(sights: Iterable[Sight], screens: set[str]) -> list[Sight]:
    """The sights of screens not seen before, and those where something was found."""
    fresh = []
    for sight in sights:
        if sight.found or sight.screen not in screens:
            fresh.append(sight)
        screens.add(sight.screen)
    return fresh


async def look(house: WalkedHouse, way: Way) -> Sight:
    """Follow a way on a new phone."""
    walk = await Walk(house).begin()
    for label in way:
        await walk.tap(label)
    found = positive(house, await walk.scene())
    return Sight(way, walk.screen.text, walk.labels, found)


_KNOWN: dict[str, Way] = {}


async def ways_of(house: WalkedHouse) -> Mapping[str, Way]:
    """The same, explored once a process: the screens are the same for every family."""
    if not _KNOWN:
        _KNOWN.update(await explore(house))
    return _KNOWN
