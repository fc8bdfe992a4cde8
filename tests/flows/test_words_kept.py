"""What a family types beside the questions: words for the team, and its own number."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flows.record import Reported
from flows.urgency import Urgency
from tests.flows.family import Family
from tests.flows.place import at, at_home, told_emergency, told_immediate


def said(family: Family) -> list[str]:
    """The words on record that no question asked for."""
    return [r.words for r in family.records if isinstance(r, Reported) and r.words]


# --- words for the coordinators ------------------------------------------------------------------


def test_after_tell_more_the_words_are_passed_on() -> None:
    """What is typed then goes to the page as it was typed, and the family hears that it did."""
    family = told_immediate()
    family.taps("more")
    assert "after.tell_more" in family.heard()
    family.says("he likes his tea sweet")
    assert "after.words_passed" in family.heard()
    assert said(family) == ["he likes his tea sweet"]
    assert family.scene.conversation.expecting == ""


def test_words_that_name_a_sign_reach_the_team_too() -> None:
    """Asked to tell more, "he is bleeding" opens its screen, and the words are passed on."""
    family = told_immediate()
    family.taps("more")
    family.says("he is bleeding")
    assert "after.words_passed" in family.heard()
    assert said(family) == ["he is bleeding"]
    assert family.state == "sign_bleeding"


def test_danger_among_the_words_is_danger() -> None:
    """Asked to tell more, "blue lips" is a finding first."""
    family = told_immediate()
    family.taps("more")
    family.says("blue lips")
    assert (family.told, family.answer("blue_lips")) == (Urgency.emergency, "yes")


def test_words_that_nobody_can_read_are_never_lost() -> None:
    """In an assessment they are kept for the card, and the family is asked to choose."""
    family = at("urine")
    family.says("ωχ")
    assert "other.not_understood" in family.heard()
    assert said(family) == ["ωχ"]
    assert family.state == "sign_urine"


def test_words_after_the_assessment_reach_its_page() -> None:
    """A page outlives its assessment: what is typed then is added to it."""
    family = told_emergency()
    family.says("/again")
    assert family.scene.assessment is None
    family.says("he is asleep upstairs")
    assert "after.words_passed" in family.heard()
    page = family.scene.page
    assert page is not None
    assert family.scene.assessment is not None
    assert family.scene.assessment.id in page.assessments


def test_words_without_a_case_are_answered() -> None:
    """At home with nothing open the list is shown again."""
    family = at_home()
    family.says("ωχ")
    assert {"other.not_understood", "home.title"} <= family.heard()
    assert family.scene.assessment is None


# --- the own number ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("country", "written"), [("", "052 123 4567"), ("IL", "+972 52 123 4567"), ("", "0521234567")]
)
def test_the_own_number_may_be_typed(country: str, written: str) -> None:
    """Asked for, a number is kept as the family's own, read as of its country."""
    family = told_immediate()
    family.scene = replace(family.scene, patient=replace(family.scene.patient, country=country))
    family.taps("number")
    assert family.said[0].ask_contact is not None
    family.says(written)
    assert family.scene.person.phone == "+972521234567"
    assert "phone.kept" in family.heard()
    assert family.scene.conversation.expecting == ""


def test_what_is_no_number_is_heard_as_ever() -> None:
    """Asked for a number, "blue lips" is still an emergency."""
    family = told_immediate()
    family.taps("number")
    family.says("blue lips")
    assert (family.told, family.scene.person.phone) == (Urgency.emergency, "")


def test_a_number_that_was_not_asked_for_is_kept_as_words_only() -> None:
    """A typed phone is no temperature, and not taken for the family's own."""
    family = at("urine")
    family.says("+972 52 123 4567")
    assert (family.told, family.scene.person.phone) == (None, "")
