"""Pages that concern no patient: faults of the house, and drills."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flows import desk, page_timer
from flows.event import Refused, StepSkipped
from flows.message import Urn
from flows.page import PageState, Reason
from flows.team import COMMAND_LINE, Act
from flows.turn import Turn
from tests.flows.desk_driver import (
    BEN,
    DANA,
    FAMILY,
    FATHER,
    GROUP,
    HOUSE,
    NIGHT,
    PAGER,
    SAM,
    Clinic,
    blank_scene,
    nobody,
    texts,
    texts_of,
    tokens,
    whole_team,
)


def test_fault_is_paged_once_a_cause() -> None:
    """One open page for a cause: a second fault of it rings nobody, another cause does."""
    house = Clinic()
    turn = house.faults("KeyError in render")
    assert house.rung() == [DANA]
    assert {"card.fault", "card.level_fault"} <= set(texts(turn.says[0]))
    assert tokens(turn.says[0]) == ["acknowledge:1", "resolve:1"]
    house.faults("KeyError in render")
    assert house.rung() == []
    house.faults("OSError in store")
    assert house.rung() == [DANA]


def test_fault_tells_no_family() -> None:
    """A fault page is nobody's: no carer hears of it, whatever becomes of it."""
    house = Clinic()
    house.faults("KeyError in render")
    house.forward(minutes=20)
    house.acts("Dana", "acknowledge")
    house.forward(minutes=20)
    house.acts("Dana", "resolve", "done")
    heard = {said.to for said in house.take_sent()}
    assert not heard & {FAMILY, FATHER}
    assert house.page.state is PageState.resolved
    assert house.reports("called").says == ()


def test_drill_alerts_every_step_once() -> None:
    """Everybody's telephone rings once, the pager's too; the level is called a drill."""
    house = Clinic(scene=blank_scene(whole_team(supervisor=(SAM, PAGER))))
    turn = house.drills()
    rung = house.rung()
    assert sorted(rung, key=str) == sorted((DANA, BEN, SAM, GROUP, PAGER), key=str)
    for said in turn.says:
        assert "card.level_drill" in texts(said)
        assert "card.level_emergency" not in texts(said)
    house.forward(minutes=29)
    assert house.rung() == []


@pytest.mark.parametrize("answered", [False, True])
def test_drill_ends_by_itself_and_says_who_answered(answered: bool) -> None:
    """Half an hour later it is over, for who acknowledged and for who slept through it."""
    house = Clinic()
    house.drills()
    if answered:
        house.acts("Ben", "acknowledge")
    house.take_sent()
    house.forward(minutes=30)
    assert house.page.state is PageState.resolved
    ended = "page.drill_answered" if answered else "page.drill_unanswered"
    assert {"card.over", ended} <= {id for said in house.take_sent() for id in texts(said)}


def test_drill_reports_a_missing_step() -> None:
    """What a drill is for: a step without an address shows on the card and in the group."""
    house = Clinic(scene=blank_scene(whole_team(second=())))
    turn = house.drills()
    assert [e.role for e in turn.events if isinstance(e, StepSkipped)] == ["second"]
    assert "page.step_skipped" in house.heard(GROUP)


def test_drill_that_reaches_nobody_still_ends() -> None:
    """Without a single address a drill is skipped steps, and over in half an hour."""
    house = Clinic(scene=blank_scene(nobody()))
    house.drills()
    house.falls_due(page_timer.undelivered(house.page, Urn("x", "y"), house.now))
    house.forward(minutes=30)
    assert house.page.state is PageState.resolved


def test_drill_is_resolved_like_a_page() -> None:
    """Who has it may end it early."""
    house = Clinic()
    house.drills()
    house.taps("Dana", "resolve:1")
    house.taps("Dana", "resolve:1:done")
    assert house.page.state is PageState.resolved


# --- who may ask for one --------------------------------------------------------------------------


def test_coordinator_begins_a_drill() -> None:
    """/drill rings every step, and is answered where it was asked for."""
    house = Clinic()
    turn = house.acts("Ben", "drill", page=None, chat=GROUP)
    assert house.page.reason is Reason.drill
    answer = turn.says[-1]
    assert (answer.to, texts(answer)) == (GROUP, {"desk.drilling": {"code": house.page.code}})
    assert sorted(house.rung(), key=str) == sorted((DANA, BEN, SAM, GROUP), key=str)


def test_second_drill_waits_for_the_first() -> None:
    """While one is under way another rings nobody; once it is over the next may begin."""
    house = Clinic()
    house.acts("Ben", "drill", page=None)
    house.take_sent()
    turn = house.acts("Dana", "drill", page=None)
    assert texts_of(turn) == {"desk.drill_running"}
    assert house.rung() == []
    house.forward(minutes=30)
    house.take_sent()
    assert "desk.drilling" in texts_of(house.acts("Dana", "drill", page=None))


def test_open_case_does_not_hinder_a_drill() -> None:
    """Only a drill is in a drill's way; the family's page stays as it is."""
    house = Clinic()
    house.faults("KeyError in render")
    fault = house.page
    actor = house.scene.team.members[11]
    scene = blank_scene()
    scene = replace(scene, actor=actor, open_pages=(fault,), next_page_id=fault.id + 1)
    turn = desk.act(Turn(scene), HOUSE, Act("coordinator:900", DANA, DANA, "drill"), NIGHT)
    assert turn.scene.open_pages == (fault,)
    assert turn.scene.page is not None
    assert turn.scene.page.id == fault.id + 1


def test_stranger_begins_no_drill() -> None:
    """Nobody is alerted by who has no rights."""
    house = Clinic()
    turn = house.acts("Mallory", "drill", page=None)
    assert texts_of(turn) == {"desk.refused"}
    assert turn.scene.page is None


def from_command_line(verb: str) -> Turn:
    """What comes of an act of the house's own command line."""
    act = Act("house:1", COMMAND_LINE, COMMAND_LINE, verb)
    return desk.act(Turn(replace(blank_scene(), actor=None)), HOUSE, act, NIGHT)


def test_command_line_begins_a_drill() -> None:
    """It has no user id and needs none; the report is its answer, so it is told nothing."""
    turn = from_command_line("drill")
    assert turn.scene.page is not None
    assert turn.scene.page.reason is Reason.drill
    assert COMMAND_LINE not in {said.to for said in turn.says}


@pytest.mark.parametrize("verb", ["acknowledge", "open", "text"])
def test_command_line_may_do_nothing_else(verb: str) -> None:
    """Its only right is the drill."""
    turn = from_command_line(verb)
    assert turn.events == (Refused(str(COMMAND_LINE)),)
    assert turn.scene.page is None
