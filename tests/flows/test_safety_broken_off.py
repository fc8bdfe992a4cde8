"""A family that breaks off has taken nothing back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from flows.urgency import Urgency
from tests.flows.desk_driver import whole_team
from tests.flows.family import Family, blank_scene


@pytest.mark.parametrize("leaving", ["/stop", "/again"])
@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("she was at 38.4 when I looked this evening", Urgency.immediate),
        ("I think there are new bruises on her arms and legs today", Urgency.immediate),
        (
            "since the morning my daughter has had this pain in the chest and I worry",
            Urgency.emergency,
        ),
    ],
)
def test_what_was_understood_and_not_answered_counts_for_who_breaks_off(
    leaving: str, words: str, level: Urgency
) -> None:
    """Stop, or start again, is no "no": the danger that was put back is told, and paged."""
    family = Family(scene=blank_scene(whole_team()))
    family.says("/start")
    family.says(words)
    assert family.state == "proposal"
    family.says(leaving)
    assert family.scene.page is not None
    assert family.scene.page.level is level
    assert family.heard() & {"advice.immediate.first", "advice.emergency.first"}


@pytest.mark.parametrize("leaving", ["/stop", "/again"])
def test_what_was_answered_with_no_stays_denied(leaving: str) -> None:
    """Who said no to it is not rung for."""
    family = Family(scene=blank_scene(whole_team()))
    family.says("/start")
    family.says("the room is at 38.4 and she sleeps")
    family.taps("p:no")
    family.says(leaving)
    assert family.scene.page is None


def test_what_was_understood_before_an_outage_counts_though_the_time_is_over() -> None:
    """The first words after an outage come before the timers: the fever of the night is told,
    though its assessment is over, and nothing is forgotten with it."""
    family = Family(scene=blank_scene(whole_team()))
    family.says("/start")
    family.says("she has a fever of 38.4 since this evening")
    family.now += timedelta(hours=13)
    family.says("hello")
    assert family.scene.page is not None
    assert family.scene.page.level is Urgency.immediate
    assert "advice.immediate.first" in family.heard()
