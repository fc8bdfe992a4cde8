"""Temperatures in people's notations: each means one thing, or is asked again."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.degree import to_celsius
from flows.facts import Facts
from flows.judgement import judge
from flows.understanding import understand
from flows.understanding.letter import fold, fold_digits, readable
from flows.understanding.thermometer import Temperatures
from flows.urgency import Urgency
from tests.flows.family import shipped


def read(written: str) -> Temperatures:
    """Read with the words and the thermometer of the shipped content."""
    house = shipped()
    return understand(written, house.lexicon, house.protocol).temperatures


@pytest.mark.parametrize(
    ("written", "celsius"),
    [
        ("٣٨٫٥", "38.5"),
        ("38,5", "38.5"),
        ("38.5", "38.5"),
        ("385", "38.5"),
        ("101.3 F", "38.5"),
        ("101.3", "38.5"),
        ("38 and a half", "38.5"),
        ("38½", "38.5"),
        ("37½", "37.5"),
        ("38.4°C", "38.4"),
        ("38 celsius", "38"),
        ("38 . 5", "38.5"),
        ("38, 5", "38.5"),
        ("38.50", "38.50"),
        ("۳۸٫۵", "38.5"),
        ("100.4 f", "38"),
        ("100.4F", "38"),
    ],
)
def test_each_notation_means_one_thing(written: str, celsius: str) -> None:
    """Digits of any script, comma or point, a missing point, Fahrenheit and halves are read."""
    heard = read(written)
    assert (heard.celsius, heard.unclear, heard.alone) == ((Decimal(celsius),), False, True)


@pytest.mark.parametrize(
    "written",
    ["44", "29.9", "38 F", "101 celsius", "37⁵", "38²", "1234567", "5", "385 f", "9" * 9000],
)
def test_what_no_thermometer_shows_is_unclear(written: str) -> None:
    """A value outside 30-43, a unit that cannot be, and raised digits are no reading."""
    assert read(written) == Temperatures((), unclear=True, alone=True)


@pytest.mark.parametrize(
    ("written", "celsius"),
    [
        ("36, 38.5", ["36", "38.5"]),
        ("37,38.5", ["37", "38.5"]),
        ("37, 39", ["37", "39"]),
        ("36.6, 38.4", ["36.6", "38.4"]),
        ("38.4 38.9", ["38.4", "38.9"]),
        ("38-39", ["38", "39"]),
        ("97 F and 38.2", ["36.11111111111111111111111111", "38.2"]),
        ("38.4 50", ["38.4"]),
    ],
)
def test_several_numbers_are_several_readings(written: str, celsius: list[str]) -> None:
    """Two readings in one message are never made into one, and one that is unclear hides none."""
    heard = read(written)
    assert (heard.celsius, heard.unclear) == (tuple(map(Decimal, celsius)), False)


@pytest.mark.parametrize("written", ["37 8", "37-8", "37/8", "37'8", "37:8"])
def test_a_loose_digit_counts_both_ways(written: str) -> None:
    """37 with an 8 beside it may be 37.8: the more urgent of both counts."""
    assert read(written).celsius == (Decimal(37), Decimal("37.8"))


@pytest.mark.parametrize(
    "written",
    ["at 01:40", "12.11.2026", "30.10.2026", "2026-11-03", "+972 73 374 6844", "03-385-1234", ""],
)
def test_times_dates_and_phones_are_no_temperatures(written: str) -> None:
    """A number that is plainly something else is neither a reading nor asked again."""
    assert (read(written).celsius, read(written).unclear) == ((), False)


def test_words_around_a_number_are_noticed() -> None:
    """A number within other words is known to be so: it may be a room or a weight."""
    assert not read("the room has 38.4").alone
    assert read("38.4 degrees celsius").alone
    assert read("weighs 38.4 kg").celsius == ()


@pytest.mark.parametrize(
    ("written", "level"),
    [
        ("37.99", Urgency.same_day),
        ("37.999", Urgency.same_day),
        ("38.0", Urgency.immediate),
        ("100.39 F", Urgency.same_day),
        ("100.4 F", Urgency.immediate),
        ("35.97", Urgency.immediate),
        ("36.0", Urgency.routine),
        ("37.49", Urgency.routine),
        ("37.5", Urgency.same_day),
        ("96.79 F", Urgency.immediate),
        ("96.8 F", Urgency.routine),
    ],
)
def test_nothing_is_rounded(written: str, level: Urgency) -> None:
    """37.99 is below 38.0 and 35.97 below 36.0, in either unit."""
    assert judge(shipped().protocol, Facts(readings=read(written).celsius)).urgency is level


@given(st.decimals(30, 43, places=2))
def test_every_reading_comes_back_exactly(value: Decimal) -> None:
    """Whatever a thermometer shows is read as it is, with point or comma."""
    assert read(f"{value:.2f}").celsius == (value,)
    assert read(f"{value:.2f}".replace(".", ",")).celsius == (value,)


@given(st.decimals(87, 109, places=1))
def test_fahrenheit_comes_back_unrounded(value: Decimal) -> None:
    """Degrees Fahrenheit are converted without rounding, with or without their unit."""
    assert read(f"{value:.1f} F").celsius == (to_celsius(value),)
    assert read(f"{value:.1f}").celsius == (to_celsius(value),)


@given(
    st.text(alphabet=st.characters(), max_size=60)
    | st.text("0123456789.,٫½²\x00 -:/+٣\ud800", max_size=40)
)
def test_no_text_raises(written: str) -> None:
    """Nulls, lone surrogates, signs and digits of any kind are read or not, and never raise."""
    shown = shipped().protocol.readable
    assert all(shown.lowest <= c <= shown.highest for c in read(written).celsius)
    assert "\x00" not in readable(written)
    assert readable(written).encode("utf-8").decode("utf-8") == readable(written)


def test_a_huge_message_is_read() -> None:
    """A message far longer than any network carries is read without raising."""
    assert read("38.4 " * 5000).celsius == (Decimal("38.4"),)
    assert read("9" * 100_000).celsius == ()


def test_digits_of_any_script_are_one() -> None:
    """Decimal digits fold to 0-9; what only looks like a digit does not."""
    assert fold_digits("٣٨ ۳۸ ३८ 38² ½") == "38 38 38 38² ½"


def test_spellings_of_one_phrase_are_one() -> None:
    """Case, accents, punctuation and invisible marks make no difference to a name."""
    assert fold("  Fièvre\u200f!! ") == fold("fievre") == "fievre"
    assert fold("\ud800a") == "a"
