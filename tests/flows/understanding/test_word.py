"""The words of a message, each with its place, its number and the pause before it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.understanding.word import OPAQUE, Pause, split

NONE, HESITATION, COMMA, STOP = Pause


def texts(written: str) -> list[str]:
    """The words alone."""
    return [word.text for word in split(written)]


def values(written: str) -> list[str]:
    """The numbers alone."""
    return [str(word.number) for word in split(written) if word.number is not None]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Won't WAKE", ["wont", "wake"]),
        ("п’ять", ["пят"]),
        ("חו״ל", ["חול"]),
        ("شَديد", ["شديد"]),
        ("ma3o 7arara", ["ma3o", "7arara"]),
        ("m3'ayme", ["m3ayme"]),
        ("40🤒😭", ["40", "🤒", "😭"]),
        ("38½", ["38", "½"]),
        ("a+b <c> 5%", ["a", "+", "b", "<", "c", ">", "5", "%"]),
        ("temp38c", ["temp", "38", "c"]),
        ("", []),
        ("... !", []),
    ],
)
def test_words_emoji_and_signs_are_told_apart(written: str, expected: list[str]) -> None:
    """Each word is folded; digits within Latin letters belong to the word."""
    assert texts(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("38.5", ["38.5"]),
        ("38,5", ["38.5"]),
        ("38·5", ["38.5"]),
        ("٣٨٫٥", ["38.5"]),
        ("۳۸،۵", ["38.5"]),
        ("38 . 5", ["38.5"]),
        ("38, 5", ["38.5"]),
        ("38, 55", ["38", "55"]),
        ("36, 38.5", ["36", "38.5"]),
        ("38.50", ["38.50"]),
        ("38.", ["38"]),
        ("38c", ["38"]),
        ("7arara", []),
    ],
)
def test_numbers_are_exact(written: str, expected: list[str]) -> None:
    """Any script's digits, comma or point, with a gap beside the mark or without."""
    assert values(written) == expected


@pytest.mark.parametrize(
    "written",
    [
        "12:30",
        "0:05",
        "23:59",
        "12.11.2026",
        "30/10/26",
        "2026-11-03",
        "+972 73 374 6844",
        "03-385-1234",
        "050 123 4567",
        "555-123-4567",
    ],
)
def test_times_dates_and_phones_are_opaque(written: str) -> None:
    """What is plainly a time, a date or a phone number holds no number."""
    (word,) = split(written)
    assert (word.text, word.number, word.at, word.end) == (OPAQUE, None, 0, len(written))


@pytest.mark.parametrize("written", ["80/50", "80 / 50", "80\\50", "120/80"])
def test_two_numbers_with_a_stroke_are_a_pair(written: str) -> None:
    """A blood pressure is one word with two numbers."""
    (word,) = split(written)
    assert (word.number, word.over) == (Decimal(values(written)[0]), word.over)
    assert word.over in (50, 80)


def test_three_with_strokes_are_no_pair() -> None:
    """Nor is a single digit."""
    assert all(word.over is None for word in (*split("37/8"), *split("80/50/20/10")))


@pytest.mark.parametrize(
    ("written", "pause"),
    [
        ("a b", NONE),
        ("a  b", NONE),
        ("a'b", None),
        ("a_b", NONE),
        ("a..b", HESITATION),
        ("a… b", HESITATION),
        ("a - b", HESITATION),
        ("a— b", HESITATION),
        ("a: b", HESITATION),
        ("a/b", HESITATION),
        ("a-b", NONE),
        ("a, b", COMMA),
        ("a،b", COMMA),
        ("a、b", COMMA),
        ("a (b", COMMA),
        ("a) b", COMMA),
        ("a. b", STOP),
        ("a.b", STOP),
        ("a! b", STOP),
        ("a? b", STOP),
        ("a؟ b", STOP),
        ("a; b", STOP),
        ("a؛ b", STOP),
        ("a。b", STOP),
        ("a\nb", STOP),
        ("a, ... b", COMMA),
        ("a, . b", STOP),
    ],
)
def test_what_stands_between_two_words_is_a_pause(written: str, pause: Pause | None) -> None:
    """Of several marks the strongest counts; an apostrophe within a word is none."""
    words = split(written)
    assert [word.pause for word in words[1:]] == ([] if pause is None else [pause])


def test_nothing_stands_before_the_first_word() -> None:
    """Marks that open a message part nothing."""
    assert split("... no")[0].pause is NONE
    assert split("?! no")[0].pause is NONE


def test_degrees_without_their_unit_are_marked() -> None:
    """The ring says that it is degrees, not which."""
    assert [word.unit for word in split("38° 38 º 38 b")] == ["°", "°", "", ""]


@pytest.mark.parametrize(("written", "raised"), [("37⁵", True), ("38②", True), ("38½", False)])
def test_a_raised_digit_is_noticed(written: str, raised: bool) -> None:
    """37⁵ is no number that we know; 38½ is."""
    assert split(written)[0].raised is raised


def test_a_raised_digit_elsewhere_is_none() -> None:
    """Only right after the number it counts."""
    assert not split("37 ⁵")[0].raised
    assert not split("37")[0].raised


def test_letters_that_grow_in_lower_case_keep_their_place() -> None:
    """Each word is cut from the message as it was written."""
    written = "İİ Hot"
    last = split(written)[-1]
    assert (last.text, written[last.at : last.end]) == ("hot", "Hot")


@given(st.text(max_size=60) | st.text("38.,٫٣°½/:+- cf\n'", max_size=40))
def test_words_stand_in_order_within_the_message(written: str) -> None:
    """Whatever is typed, words follow each other and none reaches over the end."""
    words = split(written)
    places = [place for word in words for place in (word.at, word.end)]
    assert places == sorted(places)
    assert all(0 <= place <= len(written) for place in places)
