"""What the coordinators hear is no answer to a family; what a family reads has an end."""

from __future__ import annotations

from decimal import Decimal

import pytest

from flows.degree import degrees
from flows.message import Text
from tests.flows.desk_driver import whole_team
from tests.flows.family import URN, Family, blank_scene


def paged() -> Family:
    """A family at its list of findings, with a page open that coordinators hold copies of."""
    family = Family(scene=blank_scene(whole_team()))
    for words in ("/start", "38.4", "nosebleed"):
        family.says(words)
    return family


def test_leaving_a_list_is_answered_although_the_card_changed_too() -> None:
    """Next after the advice brings the card up to date, and still says something to the family,
    with the numbers."""
    family = paged()
    family.taps("next")
    turn = family.taps("next")
    assert [said for said in turn.says if said.to != URN]
    assert "outcome.again" in family.heard()
    assert "way.clinic" in family.heard()


def test_a_tick_changes_the_list_in_place_although_the_card_changed_too() -> None:
    """More ticks at a level only edit the list: no second list rings at the family."""
    family = paged()
    turn = family.taps("t:blood_in_urine")
    assert [said for said in turn.says if said.to != URN]
    assert [said.edit for said in family.said] == [True]


@pytest.mark.parametrize(
    ("celsius", "shown"),
    [
        (Decimal("38"), "38"),
        (Decimal("38.0"), "38.0"),
        (Decimal("37.99"), "37.99"),
        (Decimal("37.999"), "37.99"),
        (Decimal(101 - 32) * 5 / 9, "38.33"),
        (Decimal("35.9944"), "35.99"),
    ],
)
def test_degrees_are_cut_for_the_eye_and_never_rounded_up(celsius: Decimal, shown: str) -> None:
    """Nobody reads 38.0 of a reading that was below it."""
    assert degrees(celsius) == shown


def test_a_reading_in_fahrenheit_is_read_back_in_few_digits() -> None:
    """101 F is 38.33, on the screen and on the call card, not a line of threes."""
    family = Family()
    for words in ("/start", "101 F"):
        family.says(words)
    values = [
        part.values["celsius"]
        for text in (part for said in family.said for part in said.body)
        for part in text.values.values()
        if isinstance(part, Text) and "celsius" in part.values
    ]
    assert values == ["38.33"]
