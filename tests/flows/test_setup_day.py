"""The day of the first infusion as families write it, and answers that depend on other answers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows import setup
from flows.message import Marks
from flows.person import Form
from flows.setup import LONGEST_COURSE, read_day
from tests.flows.family import NIGHT, Family

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


def test_a_ward_abroad_is_read_by_its_own_country() -> None:
    """A number without its prefix belongs to the country that the family named before it."""
    family = at("country")
    family.says("de")
    family.says("030 901820")
    assert family.scene.patient.ward_phone == "+4930901820"


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


def test_a_written_list_answers_questions_too() -> None:
    """Where choices are written, "2" is the second answer of a question that has choices."""
    family = at("form")
    family.marks = Marks.digits
    family.says("2")
    assert family.scene.patient.form is Form.she


def test_today_is_the_clinics_day() -> None:
    """At one in the morning in Jerusalem "today" is the new day there, not London's."""
    family = at("day_1")
    family.now = NIGHT - timedelta(hours=1)
    family.taps("s:day_1:0")
    assert family.scene.patient.day_1 == TODAY


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
        ("2.12.2026", None),
        ("27.7.2026", TODAY - LONGEST_COURSE),
        ("26.7.2026", None),
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
