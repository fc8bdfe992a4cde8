"""Whom a page rings, and when: the policy as it stands in the content, minute by minute."""

from collections import defaultdict
from datetime import timedelta

from tests.harness.house import NIGHT, STAFF, Harness, rings

MINUTE = timedelta(minutes=1)


def rung_at(house: Harness) -> dict[int, set[str]]:
    """Minute after the beginning -> who was rung then."""
    assert house.group is not None
    screens = {name: house.coordinator(name).phone for name in STAFF}
    found: defaultdict[int, set[str]] = defaultdict(set)
    for name, screen in {**screens, "group": house.group}.items():
        for at in rings(screen):
            found[round((at - NIGHT) / MINUTE)].add(name)
    return dict(found)


async def test_emergency_rings_everybody_within_six_minutes(house: Harness) -> None:
    """On call and the group at once, second at 2, the group at 4, the supervisor at 6, and round
    again at 8."""
    await house.person("Ana").says("will not wake")
    await house.forward(minutes=9)
    assert rung_at(house) == {
        0: {"Dana", "group"},
        2: {"Ben"},
        4: {"group"},
        6: {"Noa"},
        8: {"Dana", "group"},
    }
    house.read_all()


async def test_immediate_rings_everybody_within_twelve_minutes(house: Harness) -> None:
    """On call at once, second at 4, the group at 8, the supervisor at 12, and round again."""
    await house.person("Ana").says("38.4")
    await house.forward(minutes=17)
    assert rung_at(house) == {0: {"Dana"}, 4: {"Ben"}, 8: {"group"}, 12: {"Noa"}, 16: {"Dana"}}
    house.read_all()


async def test_nobody_is_rung_after_an_acknowledgement(house: Harness) -> None:
    """From the acknowledgement to the progress limit no telephone rings, also over a restart."""
    await house.person("Ana").says("will not wake")
    await house.forward(minutes=3)
    await house.coordinator("Ben").acknowledges()
    before = rung_at(house)
    await house.forward(minutes=7)
    await house.restart()
    await house.forward(minutes=7)
    assert rung_at(house) == before
    await house.forward(minutes=1)
    assert set(rung_at(house)) - set(before) == {18}
    house.read_all()
