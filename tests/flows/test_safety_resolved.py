"""Danger that comes after a coordinator closed the page is danger anew."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flows.message import Text
from flows.page import PageState
from flows.record import Told
from flows.urgency import Urgency
from tests.flows.desk_driver import whole_team
from tests.flows.family import Family, blank_scene


def closed(first: str) -> Family:
    """A family whose danger was told and paged, and whose page a coordinator closed."""
    family = Family(scene=blank_scene(whole_team()))
    family.says("/start")
    _says(family, first)
    page = family.scene.page
    assert page is not None
    page = replace(page, state=PageState.resolved, resolved_at=family.now)
    family.scene = replace(family.scene, page=None, resolved=(page,))
    family.timers = {key: t for key, t in family.timers.items() if t.page_id is None}
    family.forward(minutes=40)
    return family


def _says(family: Family, what: str) -> None:
    if what.startswith("tap "):
        family.says("/home")
        family.taps(what.removeprefix("tap "))
    else:
        family.says(what)


@pytest.mark.parametrize(
    ("first", "then", "number"),
    [
        ("tap t:danger_now", "tap t:danger_now", "way.ambulance_unknown"),
        ("not breathing", "not breathing", "way.ambulance_unknown"),
        ("tap t:danger_now", "blue lips", "way.ambulance_unknown"),
        ("38.4", "38.4", "way.hospital"),
        ("38.4", "new bruises", "way.hospital"),
    ],
)
def test_danger_said_after_its_page_was_closed_is_told_and_paged_anew(
    first: str, then: str, number: str
) -> None:
    """The family gets the numbers at once, and the coordinators a page: also for the same
    finding, within the same assessment."""
    family = closed(first)
    level = family.told
    _says(family, then)
    assert family.scene.page is not None
    assert family.scene.page.level is level
    assert number in family.heard()
    assert any(timer.kind == "page_step" or timer.page_id for timer in family.timers.values())
    assert any(key.startswith("reached:") for key in family.timers)


def test_what_is_no_danger_opens_no_closed_page_again() -> None:
    """Thanks, a denial and a walk through the menus ring for nobody."""
    family = closed("38.4")
    for step in ("thank you", "/home", "/help", "36.8", "/language"):
        family.says(step)
        assert family.scene.page is None, step
    assert family.told is Urgency.immediate


def test_the_alarm_is_yes_however_often_it_is_tapped() -> None:
    """Home shows no tick beside it, so that a second tap cannot mean "take it back"."""
    family = Family(scene=blank_scene(whole_team()))
    family.says("/start")
    for _ in range(3):
        _says(family, "tap t:danger_now")
        assert family.level is Urgency.emergency
    assert "way.ambulance_unknown" in family.heard()


def test_who_reached_somebody_before_it_grew_worse_is_asked_again() -> None:
    """ "I reached someone" is about the advice that was out then."""
    family = Family(scene=blank_scene(whole_team()))
    family.says("38.4")
    family.forward(minutes=16)
    family.taps("reached")
    family.forward(minutes=20)
    family.says("not breathing")
    run = family.scene.assessment
    assert run is not None
    assert [r.level for r in run.records if isinstance(r, Told)][-1] is Urgency.emergency
    family.forward(minutes=6)
    assert "check.reached" in family.heard()


def test_who_reached_somebody_about_the_newest_advice_is_not_asked_again() -> None:
    """The check is for those of whom we do not know."""
    family = Family(scene=blank_scene(whole_team()))
    family.says("38.4")
    family.forward(minutes=16)
    family.says("not breathing")
    family.forward(minutes=1)
    family.taps("reached")
    heard = [part for said in family.forward(minutes=20) for part in said.body]
    assert Text("check.reached") not in heard
