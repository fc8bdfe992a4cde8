"""Getting to know a family: what is asked, what is kept, and what may wait."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows import setup
from flows.message import Marks
from flows.person import Form, Reporter
from flows.record import Answer
from flows.setup import LONGEST_COURSE, LONGEST_NAME, following, read_day, takes_text
from flows.turn import Turn
from tests.flows.family import NIGHT, Family, shipped

TODAY = date(2026, 11, 24)
STEPS = [question.id for question in setup.QUESTIONS]


def at(step: str) -> Family:
    """A family that was asked this much."""
    family = Family()
    family.says("/start")
    family.taps("lang:en")
    before = STEPS[: STEPS.index(step)]
    for passed in before:
        family.taps("s:notice:agree" if passed == "notice" else f"s:{passed}:")
    return family


# --- from question to question -------------------------------------------------------------------


def test_every_question_may_be_passed_over_in_order() -> None:
    """Each question comes once, in the order of conversation.md, and the last one leads home."""
    family = at("reporter")
    asked = ["reporter"]
    while family.scene.conversation.setup_step:
        assert f"setup.{asked[-1]}" in family.heard()
        family.taps(f"s:{asked[-1]}:")
        asked.append(family.scene.conversation.setup_step)
    assert [*asked[:-1]] == STEPS[1:]
    assert (family.state, family.heard() & {"home.title"}) == ("home", {"home.title"})


def test_the_steps_begin_with_the_language() -> None:
    """The notice follows the language, and nothing follows the last question."""
    assert (following("language"), following(STEPS[-1])) == ("notice", "")


@pytest.mark.parametrize("step", STEPS)
def test_later_leads_home_from_every_question(step: str) -> None:
    """One tap skips all that is left, and says that it can be set any time."""
    family = at(step)
    family.taps("later")
    assert (family.state, family.scene.conversation.aside) == ("home", "home")
    assert "setup.any_time" in family.heard()


def test_the_notice_comes_before_anything_is_kept() -> None:
    """What is kept is said first; it may be put off, but not passed over with the rest to come."""
    family = at("notice")
    assert family.offered() == ["s:notice:agree", "later"]
    assert family.scene.person.noticed_at is None
    family.taps("s:notice:agree")
    person = family.scene.person
    assert (person.noticed_at, person.consented_at) == (NIGHT, NIGHT)
    assert family.scene.carers == (person,)


@pytest.mark.parametrize("value", ["", "no"])
def test_the_notice_is_agreed_to_or_not(value: str) -> None:
    """A made-up answer to the notice is no consent, and asks nothing that would be kept."""
    family = at("notice")
    serial = family.scene.conversation.screen.serial
    family.taps_old(f"{serial}.s:notice:{value}")
    assert family.scene.person.consented_at is None
    assert family.scene.conversation.setup_step in ("", "notice")


def test_languages_are_offered_in_their_own_words() -> None:
    """Each language of the house by its own name, and Later."""
    family = Family()
    family.says("/start")
    family.says("/language")
    rows = family.said[-1].choices
    assert [row[0].label.language for row in rows[:-1]] == list(shipped().languages)
    assert family.offered() == ["lang:en", "lang:he", "later"]


def test_a_setup_within_an_assessment_leads_back_to_it() -> None:
    """After the last question the screen that was open stands there again."""
    family = Family()
    family.says("/start")
    family.taps("now")
    family.taps("open:urine")
    family.says("/setup")
    assert family.state == "setup"
    family.taps("s:notice:agree")
    for step in STEPS[1:]:
        family.taps(f"s:{step}:")
    assert family.state == "sign_urine"


# --- what is kept --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("step", "value", "kept"),
    [
        ("form", "she", Form.she),
        ("under_5", "yes", Answer.yes),
        ("country", "UA", "UA"),
        ("day_1", "1", date(2026, 11, 23)),
        ("on_ward", "unknown", Answer.unknown),
        ("previous_transplant", "no", Answer.no),
    ],
)
def test_a_tap_is_kept(step: str, value: str, kept: object) -> None:
    """The choice of each question is kept under the question's own name."""
    family = at(step)
    family.taps(f"s:{step}:{value}")
    assert getattr(family.scene.patient, step) == kept
    assert family.scene.conversation.setup_step == following(step)


def test_who_writes_is_kept_with_the_person() -> None:
    """The reporter is the writer's, not the patient's, and known wherever the person is."""
    family = at("reporter")
    family.taps("s:reporter:patient")
    assert family.scene.person.reporter is Reporter.patient
    assert family.scene.carers == (family.scene.person,)


@pytest.mark.parametrize(
    ("step", "written", "kept"),
    [
        ("name", "  Noa   B. ", "Noa B."),
        ("name", "x" * 90, "x" * LONGEST_NAME),
        ("country", "de", "DE"),
        ("ward_phone", "03-1234567", "+97231234567"),
        ("day_1", "20.11", date(2026, 11, 20)),
        ("day_1", "٣", date(2026, 11, 21)),
    ],
)
def test_typed_answers_are_kept(step: str, written: str, kept: object) -> None:
    """A name, a country, a ward's number and a date are read as families type them."""
    family = at(step)
    family.says(written)
    assert getattr(family.scene.patient, step) == kept
    assert family.scene.conversation.setup_step == following(step)


def test_a_ward_abroad_is_read_by_its_own_country() -> None:
    """A number without its prefix belongs to the country that the family named before it."""
    family = at("country")
    family.says("de")
    family.says("030 901820")
    assert family.scene.patient.ward_phone == "+4930901820"


@pytest.mark.parametrize(
    ("step", "written"),
    [("country", "Atlantis"), ("ward_phone", "12"), ("day_1", "soon"), ("day_1", "1.1.2020")],
)
def test_what_cannot_be_read_is_asked_again(step: str, written: str) -> None:
    """Nothing is kept, the family is told so, and the same question stands."""
    family = at(step)
    before = family.scene.patient
    family.says(written)
    assert family.scene.patient == before
    assert {"setup.cannot_read", f"setup.{step}"} <= family.heard()


def test_a_name_of_nothing_is_no_name() -> None:
    """Blanks alone name nobody: the answer is not taken."""
    turn = Turn(at("name").scene)
    assert setup.answer(turn, shipped(), "name", " \u2003 ", NIGHT) is None


@pytest.mark.parametrize(
    "choice", ["reporter:aunt", "form:it", "on_ward:maybe", "bogus:x", "language:en", "under_5:1"]
)
def test_answers_that_no_button_holds_are_not_kept(choice: str) -> None:
    """A client may send anything; what is no choice of the question changes nothing."""
    family = at("reporter")
    before = (family.scene.person, family.scene.patient, family.scene.conversation.setup_step)
    family.taps_old(f"{family.scene.conversation.screen.serial}.s:{choice}")
    after = (family.scene.person, family.scene.patient, family.scene.conversation.setup_step)
    assert after == before


def test_only_some_questions_are_typed() -> None:
    """A typed word answers a name, a country, a number or a date, and nothing else."""
    typed = {step for step in ("language", "", *STEPS) if takes_text(step)}
    assert typed == {"name", "country", "ward_phone", "day_1"}


def test_danger_is_heard_through_a_question() -> None:
    """A temperature typed as a name is a temperature, and no name is kept."""
    family = at("name")
    family.says("38.6")
    assert (family.told, family.scene.patient.name) == ("immediate", "")


def test_a_written_list_answers_questions_too() -> None:
    """Where choices are written, "2" is the second answer of a question that has choices."""
    family = at("form")
    family.marks = Marks.digits
    family.says("2")
    assert family.scene.patient.form is Form.she


# --- the day of the first infusion ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("0", TODAY),
        ("3", date(2026, 11, 21)),
        ("2026-11-03", date(2026, 11, 3)),
        ("3.11", date(2026, 11, 3)),
        ("3/11", date(2026, 11, 3)),
        (" 3 . 11 . ", date(2026, 11, 3)),
        ("03.11.26", date(2026, 11, 3)),
        ("3.11.2026", date(2026, 11, 3)),
        ("٣/١١/٢٠٢٦", date(2026, 11, 3)),
        ("1.12", date(2026, 12, 1)),
        ("1.12.2026", date(2026, 12, 1)),
        ("2.12", None),
        ("31.2", None),
        ("2026-13-01", None),
        ("0.0", None),
        ("3.11.202", None),
        ("1.7", None),
        ("99", date(2026, 8, 17)),
        ("Monday", None),
        ("", None),
    ],
)
def test_days_are_read_as_families_write_them(written: str, day: date | None) -> None:
    """Days ago, day before month, or the year first; nothing that is no day of this course."""
    assert read_day(written, TODAY) == day


@pytest.mark.parametrize(
    ("today", "written", "day"),
    [
        (date(2027, 1, 3), "30.12", date(2026, 12, 30)),
        (date(2026, 12, 30), "2.1", date(2027, 1, 2)),
        (date(2028, 3, 1), "29.2", date(2028, 2, 29)),
    ],
)
def test_a_date_without_a_year_is_the_nearest(today: date, written: str, day: date) -> None:
    """Over the turn of a year the date is last month's or next week's, not a year off."""
    assert read_day(written, today) == day


@given(st.dates(date(2020, 1, 1), date(2035, 1, 1)), st.integers(-30, 200))
def test_a_day_is_within_the_course_or_none(today: date, back: int) -> None:
    """A full date comes back exactly within the course, and not at all outside it."""
    day = today - timedelta(days=back)
    inside = -7 <= back <= LONGEST_COURSE.days
    expected = day if inside else None
    assert read_day(day.isoformat(), today) == expected
    assert read_day(f"{day.day}.{day.month}.{day.year}", today) == expected
    assert not inside or read_day(f"{day.day}/{day.month}", today) == day


@given(st.text(max_size=30) | st.text("0123456789./- \x00٣\ud800", max_size=14))
def test_no_day_raises(written: str) -> None:
    """Whatever is typed, it is a day of the course or none."""
    day = read_day(written, TODAY)
    assert day is None or TODAY - LONGEST_COURSE <= day <= TODAY + timedelta(days=7)


def test_today_is_the_clinics_day() -> None:
    """At one in the morning in Jerusalem "today" is the new day there, not London's."""
    family = at("day_1")
    family.now = NIGHT - timedelta(hours=1)
    family.taps("s:day_1:0")
    assert family.scene.patient.day_1 == TODAY


def test_a_second_carer_is_left_alone() -> None:
    """What one carer says of himself changes that carer alone."""
    family = at("reporter")
    other = replace(family.scene.person, id=2)
    family.scene = replace(family.scene, carers=(other, family.scene.person))
    family.taps("s:reporter:carer")
    assert family.scene.carers == (other, family.scene.person)
