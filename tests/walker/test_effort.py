"""The effort that conversation.md section 3 allows a frightened family, counted and printed."""

from __future__ import annotations

from collections.abc import Callable

from flows.message import Text
from flows.urgency import Urgency
from tests.second_reader.read import prepare
from tests.walker.combination import findings, level
from tests.walker.explore import ways_of
from tests.walker.house import WalkedHouse
from tests.walker.saying import MOST_QUESTIONS, answer, leave, say
from tests.walker.verdict import TEMPERATURE, told_level
from tests.walker.walk import Walk

OF_THE_SEVEN = 2
BESIDE_THE_SEVEN = 3
TYPED = 1
ALL_IS_WELL = 12
URGENT = ("emergency", "immediate")

Note = Callable[[str, object], None]


async def test_a_finding_is_few_inputs_from_home(house: WalkedHouse, record_property: Note) -> None:
    """One that is urgent by itself is told at once: the seven within 2 inputs, others within 3."""
    ways = await ways_of(house)
    beside = {id for row in prepare().table.findings if row.sign == "beside" for id in row.ids}
    beside |= {row.id for row in prepare().table.counts}

    async def inputs_to(id: str) -> int:
        walk = await Walk(house).begin()
        await say(walk, ways, id)
        assert told_level(await walk.scene()) == level(frozenset({id}))
        return walk.inputs

    urgent = [id for id in findings() if level(frozenset({id})) in URGENT]
    tapped = [id for id in urgent if not id.startswith(TEMPERATURE)]
    counted = dict(zip(tapped, await house.at_once(map(inputs_to, tapped)), strict=True))
    most_beside = max(n for id, n in counted.items() if id.partition("=")[0] in beside)
    most_of_seven = max(n for id, n in counted.items() if id.partition("=")[0] not in beside)
    record_property("effort", f"an urgent finding of the seven: at most {most_of_seven} inputs")
    record_property("effort", f"an urgent finding beside the seven: at most {most_beside} inputs")
    assert most_of_seven <= OF_THE_SEVEN
    assert most_beside <= BESIDE_THE_SEVEN


async def test_what_is_typed_counts_at_once(house: WalkedHouse, record_property: Note) -> None:
    """A number is judged, and a sign's name opened, with the one input that it is."""
    walk = await Walk(house).begin()
    await walk.types("38.4")
    assert told_level(await walk.scene()) is Urgency.immediate
    named = await Walk(house).begin()
    await named.types(named.word("sign.breathing.label"))
    assert house.say(Text("finding.blue_lips.label")) in named.labels
    record_property("effort", f"a typed number: {walk.inputs} input")
    record_property("effort", f"a typed name of a sign: {named.inputs} input")
    assert walk.inputs == named.inputs == TYPED


async def test_a_combination_is_told_with_its_last_answer(
    house: WalkedHouse, record_property: Note
) -> None:
    """After the tap that makes it an emergency, the advice has come without another one."""
    ways, walk = await ways_of(house), await Walk(house).begin()
    await say(walk, ways, "light_headed")
    assert told_level(await walk.scene()) is Urgency.immediate
    await answer(walk, "infusion_within_24h")
    answered = walk.inputs
    assert house.say(Text("advice.emergency.first").given(ways="")).strip() in walk.heard()
    after = walk.inputs - answered
    record_property("effort", f"after the last answer of a combination: {after} inputs")


async def test_all_is_well_within_a_dozen_inputs(house: WalkedHouse, record_property: Note) -> None:
    """ "Check everything" with nothing wrong ends in "no danger sign found"."""
    walk = await Walk(house).begin()
    await walk.tap(walk.word("home.check_everything"))
    for _ in range(MOST_QUESTIONS):
        if walk.word("choice.none") not in walk.labels:
            break
        await leave(walk)
    await answer(walk, "very_worried", "choice.no")
    assert told_level(await walk.scene()) is Urgency.routine
    record_property("effort", f"check everything, with nothing wrong: {walk.inputs} inputs")
    assert walk.inputs <= ALL_IS_WELL
