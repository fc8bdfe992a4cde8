"""The clinic's content: what ships is right, and each slip is refused by file, key and reason."""

import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from data.clinic import read_clinic, read_hours
from data.folder import CONTENT
from data.refusal import ContentRefused

Edit = Callable[[str, str, str], Path]


@pytest.fixture
def edited(tmp_path: Path) -> Edit:
    """A copy of the content in which one thing was replaced in one file."""

    def edit(file: str, old: str, new: str) -> Path:
        for name in ("clinic.toml", "hours.toml"):
            shutil.copy(CONTENT / name, tmp_path)
        path = tmp_path / file
        before = path.read_text(encoding="utf-8")
        assert old in before
        path.write_text(before.replace(old, new, 1), encoding="utf-8")
        return tmp_path

    return edit


def test_the_clinics_lines_are_those_of_its_page() -> None:
    """Phone and WhatsApp as the seed gives them; no e-mail, which the page hides."""
    clinic = read_clinic(CONTENT)
    assert (clinic.phone, clinic.whatsapp, clinic.email) == ("+972733746844", "+972523373108", "")


def test_ambulances_by_country() -> None:
    """101 in Israel, 112 in all 27 states of the EU, 911 in North America, 103 in UA and RU."""
    numbers = {code: country.ambulance for code, country in read_clinic(CONTENT).countries.items()}
    assert numbers["IL"] == "101"
    assert (numbers["US"], numbers["CA"], numbers["UA"], numbers["RU"]) == (
        *("911", "911"),
        *("103", "103"),
    )
    assert sum(number == "112" for number in numbers.values()) == 27
    assert len(numbers) == 32


def test_waits_are_read_as_durations() -> None:
    """The delays of the conversation are the assumed figures."""
    waits = read_clinic(CONTENT).waits
    assert waits.left == timedelta(minutes=8)
    assert waits.closes == timedelta(hours=12)


@pytest.mark.parametrize(
    ("local", "is_open"),
    [
        ("2026-11-22T08:00+02:00", False),  # Sunday
        ("2026-11-22T10:00+02:00", True),
        ("2026-11-22T16:00+02:00", False),
        ("2026-11-27T11:00+02:00", True),  # Friday
        ("2026-11-27T12:30+02:00", False),
        ("2026-11-28T11:00+02:00", False),  # Saturday
        ("2027-04-22T11:00+03:00", False),  # Passover, a Thursday
        ("2027-04-21T11:00+03:00", True),  # its eve
        ("2027-04-21T13:00+03:00", False),
        ("2026-09-20T10:00+03:00", False),  # eve of Yom Kippur, a Sunday
    ],
)
def test_the_israeli_week_and_its_holidays(local: str, is_open: bool) -> None:
    """Sunday to Thursday, a short Friday, shut on Saturdays and holidays, short on their eves."""
    hours = read_clinic(CONTENT).hours
    assert hours.open_at(datetime.fromisoformat(local)) is is_open


def test_the_hours_are_marked_assumed() -> None:
    """No source gives the hours: while they are assumed, the ward is named first."""
    assert read_clinic(CONTENT).hours.assumed


def test_the_clinic_opens_after_a_long_holiday() -> None:
    """From Friday noon before Rosh Hashanah the next opening is on Monday."""
    hours = read_hours(CONTENT / "hours.toml")
    friday = datetime(2026, 9, 11, 10, tzinfo=UTC)
    assert hours.opens_after(friday) == datetime(2026, 9, 14, 6, tzinfo=UTC)
    assert hours.holidays[date(2026, 9, 13)] == ()


@pytest.mark.parametrize(
    ("file", "old", "new", "why"),
    [
        ("clinic.toml", '"+972733746844"', '"073-374-6844"', "clinic.toml: phone: must be a plus"),
        ("clinic.toml", 'country = "IL"', 'country = "XX"', "clinic.toml: country: 'XX' is not"),
        ("clinic.toml", 'elsewhere = ["101", ', "elsewhere = [", "elsewhere: must begin with 101"),
        ("clinic.toml", 'nudge = "3m"', 'nudge = "3 min"', "waits.nudge: must be a length of time"),
        (
            "clinic.toml",
            'nudge = "3m"',
            "nudge = 3",
            "waits.nudge: must be a text in quotes, not 3",
        ),
        ("clinic.toml", 'left = "8m"', "", "clinic.toml: waits.left: is missing"),
        ("clinic.toml", "closes =", "closses =", "waits.closses: unknown key; known are assumed"),
        ("clinic.toml", "Europe/Kyiv", "Europe/Kiiv", "countries.UA.zone: 'Europe/Kiiv' is not"),
        ("clinic.toml", 'ambulance = "911"', 'ambulance = "9-1-1"', "ambulance: must be digits"),
        ("clinic.toml", "\nUS =", "\nUSA =", "countries.USA: a country is two capital letters"),
        ("clinic.toml", '"IL", "UA"', '"IL", "XX"', "clinic.toml: offered: 'XX' is not in the"),
        ("clinic.toml", '{code}"', '{fever}"', "clinic.toml: greeting: must hold {code} once"),
        ("clinic.toml", "version =", "version ", "clinic.toml: "),
        ("hours.toml", '["09:00-16:00"]', '["9-16"]', "hours.toml: week.sunday: must be spans"),
        ("hours.toml", '"09:00-16:00"', '"16:00-09:00"', "16:00-09:00 ends before it begins"),
        (
            "hours.toml",
            '["09:00-16:00"]',
            '["09:00-13:00", "12:00-16:00"]',
            "week.sunday: spans must stand in order and not overlap",
        ),
        ("hours.toml", "date = 2026-04-02", "date = 2026-04-01", "holiday 2.date: 2026-04-01 is"),
        ("hours.toml", "date = 2026-04-02", 'date = "2026"', "holiday 2.date: must be a date such"),
        ("hours.toml", "saturday = []", "", "hours.toml: week.saturday: is missing"),
        ("hours.toml", "assumed = true", 'assumed = "yes"', "assumed: must be true or false"),
    ],
)
def test_slips_are_refused_exactly(edited: Edit, file: str, old: str, new: str, why: str) -> None:
    """A refusal names the file, the key, and what is wrong with it."""
    with pytest.raises(ContentRefused) as refused:
        read_clinic(edited(file, old, new))
    assert why in str(refused.value)
    assert str(refused.value).startswith(file)
    assert "\n" not in str(refused.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """A folder that replaces the content must have each file."""
    with pytest.raises(ContentRefused, match=r"clinic\.toml: the file is missing from"):
        read_clinic(tmp_path)
