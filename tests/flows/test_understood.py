"""What becomes of what was understood: at once, put back, or measured."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from flows.message import InboundKind
from flows.urgency import Urgency
from tests.flows.family import Family
from tests.flows.place import at_home, told_emergency, told_immediate

LONG = "please somebody tell me what to do now because since a few minutes my son"


@pytest.mark.parametrize(
    ("words", "finding"),
    [
        (f"{LONG} has blue lips", "blue_lips"),
        (f"{LONG} won't wake up", "hard_to_wake"),
        (f"{LONG} is having a seizure", "fit"),
        (f"{LONG} cannot breathe", "breathless_at_rest"),
        (f"{LONG} has collapsed", "collapsed"),
        (f"{LONG} has a nosebleed and it won't stop bleeding", "bleeding_wont_stop"),
    ],
)
def test_plainly_life_threatening_words_count_in_any_length(words: str, finding: str) -> None:
    """Blue, not waking, seizing, not breathing, collapsed, bleeding: the emergency text at once."""
    family = at_home()
    family.says(words)
    assert family.told is Urgency.emergency
    assert family.answer(finding) == "yes"


def test_a_life_threatening_word_denied_is_none() -> None:
    """ "no seizures today" pages nobody."""
    family = at_home()
    family.says("no seizures today")
    assert family.told is None


def test_another_emergency_in_a_long_message_is_asked_about() -> None:
    """It is put back, and counts after three minutes of silence."""
    family = at_home()
    family.says(f"{LONG} has a very bad pain in the chest when he coughs")
    assert family.state == "proposal"
    assert family.told is None
    family.forward(minutes=3)
    assert family.told is Urgency.emergency


def test_a_fever_that_was_measured_is_not_asked_about_again() -> None:
    """ "burning up, 39.2": the reading says as much as the words."""
    family = at_home()
    family.says("he is burning up, temperature 39.2")
    assert family.told is Urgency.immediate
    assert family.answer("temperature") == "yes"
    assert family.state != "proposal"


def test_a_fever_felt_beside_a_normal_reading_is_asked_about() -> None:
    """ "burning up, 36.9": told hot counts also beside a normal reading."""
    family = at_home()
    family.says("he is burning up but the thermometer says 36.9")
    assert family.state == "proposal"


def test_a_reading_with_its_unit_needs_no_question() -> None:
    """ "38.4 degrees" within other words is a reading; a bare number there is put back."""
    sure, unsure = at_home(), at_home()
    sure.says("I looked just now and it was 38.4 degrees celsius")
    assert sure.told is Urgency.immediate
    unsure.says("I looked just now and the display was at 38.4 again")
    assert (unsure.told, unsure.state) == (None, "proposal")


@pytest.mark.parametrize("told", [told_immediate, told_emergency])
def test_words_nobody_knows_under_an_advice_leave_the_signs_one_tap_away(
    told: Callable[[], Family],
) -> None:
    """No screen follows an advice, so that the answer itself brings the way to the signs."""
    family = told()
    family.says("qwertz")
    family.offers("home")


def test_the_words_under_a_photo_are_read() -> None:
    """A picture says nothing, its caption does."""
    family = at_home()
    family.says("her lips are blue", InboundKind.photo)
    assert family.told is Urgency.emergency
