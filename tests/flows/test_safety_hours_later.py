"""Danger that is said hours after the advice, and guesses that a family confirmed."""

from __future__ import annotations

from flows.urgency import Urgency
from tests.flows.desk_driver import whole_team
from tests.flows.family import Family, blank_scene

I = Urgency.immediate  # noqa: E741 - the table's own letter


def with_fever() -> Family:
    """A staffed clinic, and a family that was told to call."""
    family = Family(scene=blank_scene(whole_team()))
    family.says("38.4")
    assert family.told is I
    return family


def test_a_new_danger_hours_later_brings_the_numbers_again() -> None:
    """Nobody scrolls up eight hours for a phone number: a new finding is answered by them."""
    family = with_fever()
    family.forward(hours=8)
    family.says("/home")
    family.taps("open:liver")
    family.taps("t:jaundice")
    assert "advice.immediate.first" in family.heard()


def test_a_new_danger_at_once_only_edits_the_list() -> None:
    """Each level is told once: minutes later one more tick says nothing anew."""
    family = with_fever()
    family.taps("t:chills")
    assert "advice.immediate.first" not in family.heard()


def test_a_confirmed_guess_opens_its_sign() -> None:
    """ "she has 38.4 and ..." confirmed: the other signs of fever are asked, not left out."""
    family = Family()
    family.says("we looked and it stood at 38.4 with the thing from the drawer")
    assert family.state == "proposal"
    family.taps("p:yes")
    assert family.told is I
    assert family.state == "sign_fever"
    assert family.button("t:chills").token.endswith("t:chills")


def test_a_confirmed_guess_of_an_open_sign_opens_it_no_second_time() -> None:
    """The screen that the family came from is not put before it twice."""
    family = Family()
    family.says("/start")
    family.taps("now")
    family.taps("open:fever")
    family.taps("next")
    family.says("we looked and it stood at 38.4 with the thing from the drawer")
    family.taps("p:yes")
    assert family.told is I
    assert family.state != "sign_fever"
