"""The buttons under an advice: called, reached, no answer, words to say, the own number."""

from __future__ import annotations

import pytest

from flows.event import PersonChanged
from flows.page import Reason
from flows.record import Reported
from flows.urgency import Urgency
from tests.flows.family import Family
from tests.flows.place import at, coughing, told_emergency, told_immediate, without_page

E = Urgency.emergency
I = Urgency.immediate  # noqa: E741 - the table's own letter
NO_ANSWER = {"after.no_answer", "after.no_answer_alone"}
"""What is said to "nobody answers", with a coordinator alerted and without."""


def answered(family: Family) -> bool:
    """Whether "nobody answers" was answered."""
    return bool(NO_ANSWER & family.heard())


# --- under an advice -----------------------------------------------------------------------------


def test_called_frees_a_hand_for_what_could_be_graver() -> None:
    """After "I have called" the question that could still give an emergency is asked."""
    family = at("faint")
    family.taps("t:light_headed")
    assert family.state != "context"
    family.taps("called")
    assert "after.called" in family.heard()
    assert family.state == "context"


def test_reached_ends_the_asking() -> None:
    """ "We reached someone" is thanked for, and nobody asks again."""
    family = told_immediate()
    family.forward(minutes=15)
    family.taps("reached")
    assert "after.reached" in family.heard()
    assert "check.reached" not in family.hears(hours=11)


@pytest.mark.parametrize("choice", ["no_answer", "not_reached"])
def test_no_answer_raises_the_page_again(choice: str) -> None:
    """Nobody picked up: the page is raised again, and the next number offered."""
    family = told_immediate()
    before = family.scene.page
    if choice == "not_reached":
        family.forward(minutes=15)
    family.taps(choice)
    assert before is not None
    assert family.scene.page is not None
    assert family.scene.page.raises > before.raises
    assert family.scene.page.reason is Reason.not_reached
    assert answered(family)
    assert "way.department_unknown" in family.heard()


def test_no_answer_names_the_department_at_every_level() -> None:
    """At emergency too the emergency department stands among the ways, and once only."""
    for family in (told_emergency(), told_immediate()):
        family.taps("no_answer")
        listed = next(s.body[0] for s in family.said if s.body[0].id in NO_ANSWER)
        assert str(listed).count("way.department_unknown") == 1


def test_no_answer_counts_when_the_assessment_is_over() -> None:
    """Nobody was reached, though another assessment began meanwhile: at its page's level."""
    family = told_emergency()
    token = family.button("no_answer").token
    family.says("/again")
    family.taps_old(token)
    assert answered(family)
    assert family.scene.page is not None
    assert (family.scene.page.level, family.scene.page.reason) == (E, Reason.not_reached)


def test_no_answer_after_the_page_was_resolved_pages_anew() -> None:
    """Resolved, and then nobody picks up the phone: somebody must hear of it."""
    family = told_immediate()
    token = family.button("no_answer").token
    family.says("/again")
    without_page(family)
    family.taps_old(token)
    assert family.scene.page is not None
    assert family.scene.page.level is I


def test_a_mistake_is_thanked_for_and_lowers_nothing() -> None:
    """ "It was a mistake": nobody is made to feel punished, advice and page stand."""
    family = told_emergency()
    family.taps("wrong")
    assert "after.mistake" in family.heard()
    assert family.told is E
    assert family.scene.page is not None
    assert family.scene.page.open


@pytest.mark.parametrize(
    ("button", "text", "language"),
    [("say", "say.card", ""), ("say_clinic", "say.card", "he"), ("until", "until.immediate", "")],
)
def test_what_helps_to_call_stands_behind_buttons(button: str, text: str, language: str) -> None:
    """The five lines to say, the same in the clinic's language, and what to do until help comes."""
    family = told_immediate()
    family.taps(button)
    said = next(said for said in family.said if text in str(said.body[0]))
    assert said.language == language


def test_a_button_of_another_assessment_shows_the_present_screen() -> None:
    """What stands under an old advice is good while its assessment is open."""
    family = told_immediate()
    token = family.button("wrong").token
    family.says("/again")
    family.taps_old(token)
    assert "after.mistake" not in family.heard()
    assert "home.title" in family.heard()


def test_a_button_that_nobody_made_is_answered() -> None:
    """An unknown word under an advice changes nothing."""
    family = told_immediate()
    before = family.records
    family.taps_old("a1.zzz")
    assert family.records == before


# --- just looking --------------------------------------------------------------------------------


def test_just_looking_closes_what_nothing_was_answered_in() -> None:
    """Offered with the nudge: it closes the assessment, and nobody is paged."""
    family = at("urine")
    family.forward(minutes=3)
    family.taps("looking")
    assert "after.looking" in family.heard()
    assert (family.scene.assessment, family.state) == (None, "home")
    family.forward(minutes=20)
    assert family.scene.page is None


def test_just_looking_closes_nothing_that_was_found() -> None:
    """With a cough ticked it is kept, and the questions go on."""
    family = coughing()
    family.forward(minutes=3)
    family.taps("looking")
    assert "after.looking" not in family.heard()
    assert any(isinstance(r, Reported) and r.what == "looking" for r in family.records)
    family.forward(minutes=8)
    assert family.scene.page is not None


# --- the own number ------------------------------------------------------------------------------


def test_a_shared_contact_is_kept_and_passed_on() -> None:
    """ "Send my number": the contact of the channel is kept as the family's own."""
    family = told_immediate()
    family.taps("number")
    turn = family.shares("+972521234567")
    assert family.scene.person.phone == family.scene.carers[0].phone == "+972521234567"
    assert PersonChanged(("phone",)) in turn.events


def test_a_shared_number_that_is_none_is_asked_for_again() -> None:
    """A contact without a number that can be called is refused in words."""
    family = told_immediate()
    family.taps("number")
    family.shares("12")
    assert "phone.wrong" in family.heard()
    assert family.scene.person.phone == ""
    assert family.scene.conversation.expecting == "phone"
