"""Which numbers may be readings, in which unit, and which of them are sure."""

from __future__ import annotations

from decimal import Decimal

import pytest

from flows.protocol import Range
from flows.understanding.numeral import count
from flows.understanding.thermometer import Temperatures, read_numbers
from flows.understanding.word import Word, split
from tests.flows.understanding.small import SMALL, celsius, decimals, read

READABLE = Range(Decimal(30), Decimal(43))


def temperatures(written: str, *, spoken_of: bool = False, alone: bool = False) -> Temperatures:
    """The readings of numbers that stand in a message of which no word matters."""
    words = count(split(written), SMALL)
    numbers = tuple(word for word in words if word.number is not None)
    return read_numbers(numbers, READABLE, lambda word: spoken_of, alone=alone)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("34", ["34"]),
        ("33", []),
        ("33.9", ["33.9"]),
        ("30.0", []),
        ("30.1", ["30.1"]),
        ("29.9", []),
        ("43", ["43"]),
        ("43.1", []),
        ("44", []),
        ("385", []),
        ("101", []),
        ("101.3", ["38.5"]),
        ("5", []),
    ],
)
def test_a_whole_number_among_words_may_be_something_else(
    written: str, expected: list[str]
) -> None:
    """Below 34 or above the thermometer it counts only where the temperature is spoken of."""
    assert temperatures(written).celsius == tuple(map(Decimal, expected))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("33", "33"),
        ("30", "30"),
        ("29", None),
        ("385", "38.5"),
        ("300", "30"),
        ("430", "43"),
        ("431", None),
        ("385.0", None),
        ("385.5", None),
        ("299", None),
        ("3850", None),
        ("104", "40"),
        ("86", "30"),
        ("110", None),
        ("44", None),
    ],
)
def test_where_the_temperature_is_spoken_of_a_number_is_tried_in_every_way(
    written: str, expected: str | None
) -> None:
    """As it stands, in Fahrenheit, and with the point that was left out; alone likewise."""
    told = () if expected is None else (Decimal(expected),)
    assert temperatures(written, spoken_of=True).celsius == told
    assert temperatures(written, alone=True).celsius == told


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("33 c", "33"),
        ("101 c", None),
        ("385 c", None),
        ("104 f", "40"),
        ("38 f", None),
        ("385 f", None),
        ("33°", None),
        ("38°", "38"),
    ],
)
def test_a_unit_leaves_one_meaning(written: str, expected: str | None) -> None:
    """Named degrees are taken at their word; a ring alone names none."""
    told = () if expected is None else (Decimal(expected),)
    assert temperatures(written).celsius == told


def test_six_digits_are_read_and_seven_are_not() -> None:
    """A thermometer on a phone may show many; a phone number has more."""
    assert temperatures("37.1234").celsius == (Decimal("37.1234"),)
    assert temperatures("37.12345", alone=True).unclear
    assert temperatures("37⁵", alone=True).unclear
    assert temperatures("100.4000", alone=True).unclear


def test_each_meaning_of_a_number_is_a_reading() -> None:
    """Both of a pair, and a loose tenth, each once."""
    assert temperatures("38/39").celsius == decimals("38", "39")
    assert temperatures("37 8").celsius == decimals("37", "37.8")
    assert temperatures("38 38 39").celsius == decimals("38", "39")
    assert temperatures("80/50").celsius == ()
    assert temperatures("50/38").celsius == decimals("38")


def test_what_cannot_be_told_is_unclear() -> None:
    """Unless something beside it can."""
    assert temperatures("44") == Temperatures(unclear=True)
    assert temperatures("44 38") == Temperatures((Decimal(38),))
    assert temperatures("38 44") == Temperatures((Decimal(38),))
    assert temperatures("") == Temperatures()
    assert read_numbers((Word("x", 0, 1),), READABLE, lambda word: True, alone=True).unclear


@pytest.mark.parametrize(
    ("written", "spoken_of", "sure"),
    [
        ("38", False, False),
        ("38", True, True),
        ("38 c", False, True),
        ("38°", False, True),
        ("38 c 39", False, False),
        ("38 c 39 c", False, True),
        ("44", True, False),
        ("", True, False),
    ],
)
def test_a_reading_is_sure_by_its_unit_or_its_subject(
    written: str, spoken_of: bool, sure: bool
) -> None:
    """Every number must be; without a reading nothing is."""
    assert temperatures(written, spoken_of=spoken_of).sure is sure


def test_a_message_of_numbers_alone_is_known() -> None:
    """Marks, units and emoji beside them change nothing; a word does."""
    assert read("38.4 c!").temperatures.alone
    assert read("38.4 🤒").temperatures.alone
    assert read("thirty eight").temperatures.alone
    assert read("thirty").temperatures.alone
    assert not read("well 38.4").temperatures.alone


def test_numbers_that_count_something_else_are_no_readings() -> None:
    """A weight, a count, a measure, a phrase's number, another person's."""
    assert celsius("38 kilos") == []
    assert celsius("vomited 38 times") == []
    assert celsius("oxygen is 38.5") == []
    assert celsius("his brother has 38.5") == []
    assert celsius("can it 38.5") == []
    assert not read("38 kilos").temperatures.unclear


def test_the_words_of_each_number_are_kept() -> None:
    """As they were typed, with the unit."""
    assert read("Temperature 38,5 C and 101 F").measured == ("38,5 C", "101 F")
    assert read("thirty eight and a half").measured == ("thirty eight and a half",)
