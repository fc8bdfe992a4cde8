"""Answers to a written list: by number or by letter, and never instead of a temperature."""

from __future__ import annotations

import pytest

from flows.message import Marks
from flows.record import Answered
from flows.understanding.choice import read_choices
from flows.urgency import Urgency
from tests.flows.family import Family

LIST = tuple("abcdefghi")


@pytest.mark.parametrize(
    ("written", "chosen"),
    [
        ("1", "a"),
        ("1 4", "ad"),
        ("1,4; 9", "adi"),
        ("٣", "c"),
        (" 2 ", "b"),
        ("38", ""),
        ("0", ""),
        ("10", ""),
        ("1 38", ""),
        ("38.4", ""),
        ("385", ""),
        ("a", ""),
        ("", ""),
        ("one", ""),
    ],
)
def test_numbers_choose_by_place(written: str, chosen: str) -> None:
    """A number names the choice at its place; one that the list does not have names none at all."""
    assert read_choices(written, Marks.digits, LIST) == tuple(chosen)


@pytest.mark.parametrize(
    ("written", "chosen"),
    [("a", "a"), ("A c", "ac"), ("i", "i"), ("j", ""), ("38", ""), ("no", "")],
)
def test_letters_choose_by_place(written: str, chosen: str) -> None:
    """Where a typed number is always a number, letters name the choices."""
    assert read_choices(written, Marks.letters, LIST) == tuple(chosen)


def test_letters_go_on_after_z() -> None:
    """The 27th choice is aa, as the columns of a sheet are named."""
    long = tuple(str(n) for n in range(30))
    assert read_choices("z aa ab", Marks.letters, long) == ("25", "26", "27")


def test_buttons_are_not_typed() -> None:
    """Where buttons are shown a typed number is no choice."""
    assert read_choices("1", Marks.buttons, LIST) == ()


def test_the_choices_of_one_turn_count_on() -> None:
    """After an advice the list below it goes on counting, so that each number means one choice."""
    family = Family(marks=Marks.digits)
    family.says("/start")
    family.says("38.4")
    ticked = [said for said in family.said if said.choices]
    assert [said.first for said in ticked] == [1, 1 + len(ticked[0].tokens)]
    place = ticked[1].first + [t.split(".", 1)[1] for t in ticked[1].tokens].index("t:chills")
    family.says(str(place))
    assert family.answer("chills") == "yes"


def test_38_is_a_temperature_on_the_longest_list() -> None:
    """On a list of forty choices 38 is a temperature all the same."""
    family = Family(marks=Marks.digits)
    family.says("/start")
    family.taps("now")
    family.taps("open:fever")
    family.offer([f"9.t:{n}" for n in range(60)])
    family.says("38")
    assert family.told == "immediate"


def test_several_places_in_one_message_are_all_chosen() -> None:
    """ "1 4" ticks the first and the fourth, and "Next" beside them leaves the screen."""
    family = Family(marks=Marks.digits)
    family.says("/start")
    family.taps("now")
    family.taps("open:urine")
    places = [str(1 + family.offered().index(token)) for token in ("t:no_urine_8h", "next")]
    family.says(" ".join(places))
    assert (family.answer("no_urine_8h"), family.answer("no_urine_12h")) == ("yes", "no")


@pytest.mark.parametrize("typed", ["yes", "Yes!", "כן"])
def test_a_buttons_words_may_be_typed(typed: str) -> None:
    """ "Did I understand: 38.4?" - "yes", in any language, is as good as the tap."""
    family = Family()
    family.says("we looked and it stood at 38.4 with the thing from the drawer")
    assert family.told is None
    family.says(typed)
    assert family.told is Urgency.immediate


def test_a_buttons_words_mean_nothing_where_it_is_not_on_offer() -> None:
    """ "No" before a list of signs denies none of them."""
    family = Family()
    family.says("/start")
    family.taps("now")
    family.taps("open:fever")
    family.says("no")
    assert family.scene.assessment is not None
    assert not [r for r in family.scene.assessment.records if isinstance(r, Answered)]
