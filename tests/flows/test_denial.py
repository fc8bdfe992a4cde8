"""Words that deny: kept, offered back for a tap, and never an answer."""

from __future__ import annotations

import pytest

from flows.message import Marks
from flows.record import Answered, Reported
from tests.flows.place import at, at_home


@pytest.mark.parametrize(
    "words", ["none of these", "None of these!", "no", "no blood in his urine", "לא", "אף אחד מאלה"]
)
def test_a_typed_denial_answers_nothing_for_a_sign(words: str) -> None:
    """On a sign's screen a no in words leaves each finding unanswered, and the screen stands."""
    family = at("urine")
    family.says(words)
    assert not [entry for entry in family.records if isinstance(entry, Answered)]
    assert family.state == "sign_urine"
    family.offers("next")


def test_a_typed_denial_is_offered_back_for_a_tap() -> None:
    """It is said that a no is taken from its button; the words are kept for the team."""
    family = at("urine")
    family.says("none of these")
    assert "denial.tap" in family.heard()
    assert any(isinstance(r, Reported) and r.words == "none of these" for r in family.records)
    family.taps("next")
    assert family.answer("no_urine_8h") == "no"


def test_a_typed_denial_at_home_brings_the_signs() -> None:
    """ "no fever" where nothing was asked: the signs to look for, and nothing opened."""
    family = at_home()
    family.says("no fever")
    assert "denial.tap" in family.heard()
    assert family.state == "home"
    family.offers("open:fever")


def test_a_typed_denial_leaves_the_sweep_unanswered() -> None:
    """A line of the sweep is denied by its button only."""
    family = at("sweep")
    family.says("none of these")
    assert family.state == "sweep"
    assert not [entry for entry in family.records if isinstance(entry, Answered)]


def test_a_denial_by_its_place_is_a_tap() -> None:
    """Where a channel has no buttons, the number of "None of these" is its button."""
    family = at("urine")
    family.marks = Marks.digits
    place = family.scene.conversation.screen.tokens.index(family.offers("next").token) + 1
    family.says(str(place))
    assert family.answer("no_urine_8h") == "no"


def test_a_no_to_one_question_is_an_answer() -> None:
    """ "Did I understand: ...?" and a finding asked by itself take a typed no."""
    family = at_home()
    family.says("I think there may be new bruises on both of his legs")
    assert family.state == "proposal"
    family.says("no")
    assert family.state != "proposal"
    assert family.answer("bruising") != "yes"


def test_a_denial_with_a_page_open_reaches_the_team() -> None:
    """Once somebody has the case they read it, and nothing falls."""
    family = at("urine")
    family.taps("t:no_urine_8h")
    told = family.told
    family.says("no, no bleeding")
    assert "after.words_passed" in family.heard()
    assert family.told is told
