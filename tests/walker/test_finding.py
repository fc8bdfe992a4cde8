"""Every id of the clinic's table is found by buttons alone, and judged as `assess` judges it."""

from __future__ import annotations

from pathlib import Path

from flows.person import Reporter
from flows.record import Answer
from tests.second_reader.test_space import CLINICAL_PAGE, ids_of_page
from tests.walker.combination import findings, level, of_id
from tests.walker.explore import ways_of
from tests.walker.house import WalkedHouse
from tests.walker.saying import MILD, Ways, answer, contact_often, say, set_up
from tests.walker.verdict import CONTACTS, Ids, hold
from tests.walker.walk import Walk

LISTED = Path(__file__).parents[1] / "second_reader" / "ids.txt"
UNITS = frozenset({"temperature_c", "temperature_f"})
"""A reading is typed; which unit it is in is read from the number."""
SET_UP = {
    "reporter": "setup.parent",
    "under_5": "choice.yes",
    "on_ward": "choice.yes",
    "previous_transplant": "choice.yes",
}
"""Contexts that a family tells when it is set up, each with the button of its answer."""
BEHIND = {
    "infusion_within_24h": "light_headed",
    "transfusion_24h": "hives_all_over",
    "previous_transplant": "jaundice",
    "fever_medicine_6h": "temperature_c=37.2",
    "steroid_6h": "temperature_c=37.2",
    "very_worried": "tired",
}
"""A finding that leads to the question of each context."""


async def test_every_finding_is_found_and_judged(house: WalkedHouse) -> None:
    """Each finding, and each band of a number, is one way from home; store and `assess` agree."""
    ways = await ways_of(house)

    async def walk_to(id: str) -> None:
        walk = await Walk(house).begin()
        await say(walk, ways, id)
        await _hold(walk, frozenset({id}))

    await house.at_once(walk_to(id) for id in findings())


async def test_every_context_is_asked_and_judged(house: WalkedHouse) -> None:
    """Each question about the course comes once a finding depends on it, and counts."""
    ways = await ways_of(house)

    async def walk_to(context: str, finding: str) -> None:
        walk = await Walk(house).begin()
        await say(walk, ways, finding)
        await answer(walk, context)
        await _hold(walk, frozenset({context, finding}))

    await house.at_once(walk_to(*pair) for pair in BEHIND.items())


async def test_earlier_contacts_are_counted(house: WalkedHouse) -> None:
    """The third assessment within a day is judged as such."""
    walk, name = await Walk(house).begin(), f"{CONTACTS}=2"
    ways = await ways_of(house)
    await contact_often(walk, ways, name)
    await say(walk, ways, MILD)
    await _hold(walk, frozenset({name, MILD}))


async def test_what_is_set_up_is_known_when_it_matters(house: WalkedHouse) -> None:
    """What the set-up keeps of the course is part of the next assessment's facts."""
    walk = await Walk(house).begin()
    await set_up(walk, SET_UP)
    await say(walk, await ways_of(house), "jaundice")
    await _hold(walk, frozenset({"on_ward", "previous_transplant", "jaundice"}))
    scene = await walk.scene()
    assert scene.person.reporter is Reporter.parent
    assert scene.patient.under_5 is Answer.yes


async def test_the_walked_ids_are_those_of_the_list_and_of_the_page(house: WalkedHouse) -> None:
    """Nothing of the table is out of a family's reach, and nothing beside it is in reach."""
    reached = _reached(await ways_of(house))
    listed = frozenset(LISTED.read_text(encoding="utf-8").split())
    assert reached == listed
    if CLINICAL_PAGE.exists():
        assert reached == ids_of_page(CLINICAL_PAGE.read_text(encoding="utf-8"))


def _reached(ways: Ways) -> frozenset[str]:
    found = {of_id(id) for id in ways if "not sure" not in id}
    walked = {of_id(id) for id in findings()}
    assert walked - found <= UNITS
    return frozenset(found | UNITS | {*BEHIND, *SET_UP, CONTACTS})


async def _hold(walk: Walk, ids: Ids) -> None:
    verdict = hold(walk.house, await walk.scene(), ids)
    assert verdict.urgency == level(ids)
