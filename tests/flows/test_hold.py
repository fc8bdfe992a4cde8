"""Who has a page and shows no progress loses it; and a start checks every open page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flows import page_timer
from flows.event import PageTriggered
from flows.page import PageState
from flows.timer import Timer
from tests.flows.desk_driver import (
    BEN,
    DANA,
    FAMILY,
    GROUP,
    Clinic,
    E,
    S,
    chilled,
    texts,
)

# --- progress -------------------------------------------------------------------------------------


def test_nobody_is_alerted_after_an_acknowledgement_until_the_limit() -> None:
    """Fifteen minutes of quiet; then the page is triggered and alerts from the first step."""
    house = chilled()
    house.raises(E)
    house.acts("Ben", "acknowledge")
    house.take_sent()
    house.forward(minutes=15, seconds=-1)
    assert house.take_sent() == []
    turns = len(house.turns)
    house.forward(seconds=1)
    assert any(isinstance(event, PageTriggered) for event in house.turns[turns].events)
    sent = house.take_sent()
    assert [said.to for said in sent if said.slot and not said.edit] == [DANA, GROUP]
    assert next(part.id for said in sent if said.to == BEN for part in said.body) == "desk.lost"
    family = [said for said in sent if said.to == FAMILY]
    assert [part.id for said in family for part in said.body] == ["page.taken_back"]
    assert "way.list" in texts(family[0])
    house.forward(minutes=6)
    assert house.heard() == [], "the family has just heard that nobody has it"


def test_dropped_page_with_nobody_left_says_so() -> None:
    """The limit passes and no address works: the family hears that nobody could be alerted."""
    house = chilled()
    house.raises(E)
    house.acts("Dana", "acknowledge")
    house.scene = replace(house.scene, team=replace(house.scene.team, steps={}))
    house.take_sent()
    house.forward(minutes=15)
    assert house.heard() == ["page.nobody"]


def test_holder_who_left_the_clinic_has_nothing() -> None:
    """A holder who is no coordinator any more loses the page at the next touch."""
    house = chilled()
    house.raises(E)
    house.acts("Dana", "acknowledge")
    members = {id: m for id, m in house.scene.team.members.items() if m.name != "Dana"}
    steps = {**house.scene.team.steps, "on_call": (BEN,)}
    house.scene = replace(house.scene, team=replace(house.scene.team, members=members, steps=steps))
    house.take_sent()
    house.falls_due(checked(house))
    assert house.page.state is PageState.triggered
    assert BEN in house.rung()


# --- the check at a start -------------------------------------------------------------------------


def checked(house: Clinic) -> Timer:
    """The timer that a start sets for each open page."""
    return page_timer.check(house.page, house.now)


@pytest.mark.parametrize("how", ["triggered", "queued", "acknowledged", "drill"])
def test_check_gives_every_open_page_its_timer(how: str) -> None:
    """Whatever became of the timers, after a start each open page has the one it needs."""
    house = chilled()
    if how == "drill":
        house.drills()
    else:
        house.raises(S if how == "queued" else E)
    if how == "acknowledged":
        house.acts("Dana", "acknowledge")
    kind = {"triggered": "step", "queued": "queue", "acknowledged": "progress", "drill": "drill"}
    key = f"{kind[how]}:page:1"
    wanted = house.timers[key]
    house.timers.clear()
    house.falls_due(checked(house))
    assert house.timers[key] == wanted


# --- stale ----------------------------------------------------------------------------------------


def test_stale_timers_change_nothing() -> None:
    """Timers of an acknowledged page, of another page, and of a page that is over do nothing."""
    house = chilled()
    house.raises(E)
    old = dict(house.timers)
    house.acts("Dana", "acknowledge")
    house.take_sent()
    for timer in old.values():
        house.falls_due(timer)
        house.falls_due(replace(timer, page_id=99))
    assert house.take_sent() == []
    assert house.page.state is PageState.acknowledged
    house.acts("Dana", "resolve", "reached")
    house.take_sent()
    for timer in old.values():
        house.falls_due(timer)
    assert house.take_sent() == []
