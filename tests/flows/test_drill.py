"""Pages that concern no patient: faults of the house, and drills."""

from __future__ import annotations

import pytest

from flows import page_timer
from flows.event import StepSkipped
from flows.message import Urn
from flows.page import PageState
from tests.flows.desk_driver import (
    BEN,
    DANA,
    FAMILY,
    FATHER,
    GROUP,
    PAGER,
    SAM,
    Clinic,
    blank_scene,
    nobody,
    texts,
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
