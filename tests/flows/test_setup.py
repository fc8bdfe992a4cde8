"""Getting to know a family: one question at a time, each may wait, all may be skipped."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from flows import setup
from flows.person import Form, Person, Reporter
from flows.record import Answer
from flows.setup import NOTICE, QUESTIONS, read_day
from flows.turn import Turn
from flows.urgency import Urgency
from tests.flows.family import NIGHT, URN, Family, blank_scene, shipped
from tests.flows.test_conversation import at, met

TODAY = date(2026, 11, 24)


def begun() -> Family:
    """A family that has just seen the notice."""
    family = met()
    family.taps("lang:en")
    return family


def asked(family: Family) -> str:
    """Which question of the set-up stands open."""
    return family.scene.conversation.setup_step


def at_step(step: str) -> Family:
    """A family before one question, all those before it skipped."""
    family = begun()
    family.taps(f"s:{NOTICE}:agree")
    while asked(family) != step:
        family.taps(f"s:{asked(family)}:")
    return family


def test_the_notice_comes_before_anything_is_kept() -> None:
    """After the language the notice: it is agreed to, or all waits; it cannot be skipped."""
    family = begun()
    assert "setup.notice" in family.heard()
    assert family.offered() == ["s:notice:agree", "later"]
    family.taps("s:notice:agree")
    assert family.scene.person.consented_at == NIGHT
    assert asked(family) == "reporter"


def test_a_notice_passed_over_asks_nothing_more() -> None:
    """A button that would skip the notice ends the set-up, with nothing kept."""
    turn = setup.answer(Turn(blank_scene()), shipped(), NOTICE, "", NIGHT)
    assert turn is not None
    assert turn.scene.conversation.setup_step == ""
    assert turn.scene.person.consented_at is None


def test_the_questions_come_in_their_order_and_end_at_home() -> None:
    """Who writes, the name, he or she, under 5, country, ward, day 1, at home or on the ward,
    transplant."""
    family = begun()
    family.taps("s:notice:agree")
    order = []
    while asked(family):
        order.append(asked(family))
        family.taps(f"s:{asked(family)}:")
    assert order == [question.id for question in QUESTIONS[1:]]
    assert family.state == "home"


def test_one_later_skips_all() -> None:
    """Later is there at every question, and leads home."""
    for question in QUESTIONS[1:]:
        family = at_step(question.id)
        family.taps("later")
        assert family.state == "home"


@pytest.mark.parametrize(
    ("step", "value", "field", "kept"),
    [
        ("reporter", "patient", "reporter", Reporter.patient),
        ("form", "she", "form", Form.she),
        ("under_5", "yes", "under_5", Answer.yes),
        ("country", "UA", "country", "UA"),
        ("day_1", "1", "day_1", date(2026, 11, 23)),
        ("on_ward", "no", "on_ward", Answer.no),
        ("previous_transplant", "unknown", "previous_transplant", Answer.unknown),
    ],
)
def test_a_tapped_answer_is_kept(step: str, value: str, field: str, kept: object) -> None:
    """Each choice is kept with the person or the patient, and the next question follows."""
    family = at_step(step)
    family.taps(f"s:{step}:{value}")
    owner = family.scene.person if step == "reporter" else family.scene.patient
    assert getattr(owner, field) == kept
    assert asked(family) != step
    assert family.scene.carers[0] == family.scene.person


@pytest.mark.parametrize(
    ("step", "written", "field", "kept"),
    [
        ("name", "  Noa \n Bar ", "name", "Noa Bar"),
        ("name", "x" * 99, "name", "x" * 40),
        ("country", " il ", "country", "IL"),
        ("ward_phone", "052-123-4567", "ward_phone", "+972521234567"),
        ("day_1", "5.11", "day_1", date(2026, 11, 5)),
    ],
)
def test_a_typed_answer_is_kept(step: str, written: str, field: str, kept: object) -> None:
    """A name, a country's letters, the ward's number, a date."""
    family = at_step(step)
    family.says(written)
    assert getattr(family.scene.patient, field) == kept
    assert asked(family) != step


@pytest.mark.parametrize(
    ("step", "written"), [("country", "Atlantis"), ("ward_phone", "soon"), ("day_1", "last week")]
)
def test_what_cannot_be_read_is_asked_again(step: str, written: str) -> None:
    """A typed answer that means nothing is said to be so, and the question stays."""
    family = at_step(step)
    family.says(written)
    assert "setup.cannot_read" in family.heard()
    assert asked(family) == step


@pytest.mark.parametrize("step", ["name", "country", "ward_phone", "day_1", "form"])
@pytest.mark.parametrize("words", ["38.4", "38", "collapsed", "new bruises"])
def test_danger_interrupts_every_question(step: str, words: str) -> None:
    """A temperature or a danger word is never taken for a name, a number or a date."""
    family = at_step(step)
    family.says(words)
    assert family.told is not None
    assert family.told >= Urgency.immediate
    assert family.scene.patient.name == ""
    assert family.scene.patient.day_1 is None


@pytest.mark.parametrize(
    ("step", "value"),
    [
        ("gone", "x"),
        ("notice", "no"),
        ("reporter", "nobody"),
        ("name", "   "),
        ("form", "they"),
        ("country", "XX"),
        ("ward_phone", "1"),
        ("day_1", "never"),
        ("on_ward", "perhaps"),
    ],
)
def test_a_value_that_nobody_offers_is_refused(step: str, value: str) -> None:
    """What is no answer keeps nothing."""
    assert setup.answer(Turn(blank_scene()), shipped(), step, value, NIGHT) is None


def test_only_typed_questions_take_words() -> None:
    """Words at a question of buttons are no answer to it."""
    taken = {q.id for q in QUESTIONS if setup.takes_text(q.id)}
    assert taken == {"name", "country", "ward_phone", "day_1"}
    assert not setup.takes_text("language")


def test_the_patient_s_other_carer_is_left_alone() -> None:
    """Consent is each carer's own."""
    other = Person(2, URN, 1)
    scene = replace(blank_scene(), carers=(*blank_scene().carers, other))
    turn = setup.answer(Turn(scene), shipped(), NOTICE, "agree", NIGHT)
    assert turn is not None
    assert turn.scene.carers[1] == other
    assert turn.scene.carers[0].consented_at == NIGHT


def test_set_up_during_an_assessment_leads_back_to_it() -> None:
    """When the last question is answered the assessment's screen is there again."""
    family = at("liver")
    family.taps("t:jaundice")
    family.says("/setup")
    family.taps("s:notice:agree")
    while asked(family):
        family.taps(f"s:{asked(family)}:")
    assert family.state == "sign_liver"
    assert family.told is Urgency.immediate


def test_who_agreed_before_begins_with_the_first_question() -> None:
    """The notice is shown once."""
    family = at_step("name")
    family.says("/setup")
    assert asked(family) == "reporter"


def test_the_languages_are_each_in_their_own_words() -> None:
    """Changing the language shows every language of the house, spoken by itself."""
    family = met()
    family.says("/language")
    shown = [row[0].label.language for row in family.said[0].choices if "lang" in row[0].token]
    assert shown == list(family.house.languages)
    assert family.state == "setup"


def test_a_language_that_is_gone_changes_nothing() -> None:
    """An old button of a language that the house no longer speaks shows the present screen."""
    family = met()
    family.taps_old("0.lang:xx")
    assert family.scene.person.language == ""
    assert family.said


def test_a_later_change_of_language_does_not_begin_the_set_up() -> None:
    """Who has agreed and set up is left where it stands."""
    family = at_step("name")
    family.taps("later")
    family.says("/language")
    family.taps("lang:he")
    assert family.state == "home"


# --- days ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("0", TODAY),
        ("3", date(2026, 11, 21)),
        ("٥.١١", date(2026, 11, 5)),
        ("5/11", date(2026, 11, 5)),
        ("5.11.26", date(2026, 11, 5)),
        ("5.11.2026", date(2026, 11, 5)),
        ("2026-11-05", date(2026, 11, 5)),
        ("1.12", date(2026, 12, 1)),
        ("30.12", None),
        ("1.1", None),
        ("31.2", None),
        ("0.0", None),
        ("0000-00-00", None),
        ("2026-11-31", None),
        ("5.11.9999", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_a_day_is_read_as_families_write_it(written: str, day: date | None) -> None:
    """Day before month, with a year or the nearest, or days ago; nothing far ahead or far back."""
    assert read_day(written, TODAY) == day


def test_around_new_year_the_nearest_year_is_meant() -> None:
    """28.12 in January is last month."""
    assert read_day("28.12", date(2027, 1, 3)) == date(2026, 12, 28)
