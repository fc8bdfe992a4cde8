"""A temperature that was said and never read is no normal one."""

from __future__ import annotations

import pytest

from flows.facts import Facts
from flows.judgement import judge
from flows.record import Answer
from flows.urgency import Urgency
from tests.flows.family import Family, shipped


@pytest.mark.parametrize("answer", [Answer.yes, Answer.unknown])
def test_a_temperature_without_its_number_counts_as_hot_with_no_reading(answer: Answer) -> None:
    """Whichever way it came into the records, it can never be judged as nothing."""
    judgement = judge(shipped().protocol, Facts(answers={"temperature": answer}))
    assert judgement.urgency is Urgency.immediate
    assert ("hot_no_reading",) in [held.evidence for held in judgement.held]


@pytest.mark.parametrize("token", ["t:temperature", "e:temperature:yes", "e:temperature:unknown"])
def test_a_button_that_says_a_temperature_and_no_number_is_danger(token: str) -> None:
    """A client may send any button: what says "a temperature" alone is told as hot."""
    family = Family()
    for step in ("/start", "/now"):
        family.says(step)
    family.taps("open:fever")
    family.taps_old(f"{family.scene.conversation.screen.serial}.{token}")
    assert family.told is Urgency.immediate


def test_an_old_cannot_tell_on_the_thermometer_asks_whether_it_is_hot_now() -> None:
    """Beside a stale button nothing counts in silence: it is put back, as what it would count."""
    family = Family()
    for step in ("/start", "/now"):
        family.says(step)
    family.taps("open:fever")
    family.taps_old("0001.e:temperature:unknown")
    assert family.state == "proposal"
    family.taps("p:yes")
    assert family.told is Urgency.immediate


@pytest.mark.parametrize(
    "words",
    ["temperature reading", "a temperature reading is what I wanted to tell you", "מדידת חום"],
)
def test_a_temperature_named_without_a_number_opens_the_thermometers_screen(words: str) -> None:
    """Words that hold no number are never recorded as a temperature."""
    family = Family()
    family.says(words)
    assert family.state == "sign_fever"
    assert family.told is None


@pytest.mark.parametrize(
    "words", ["fever 38.4", "temp 38", "Temperature: 38,4", "38.4 fever", "חום 38.4", "38.4 חום"]
)
def test_a_reading_beside_the_plain_name_of_fever_is_one_input(words: str) -> None:
    """ "Fever 38.4" is as plain as 38.4: nobody is asked whether it was meant."""
    family = Family()
    family.says(words)
    assert family.told is Urgency.immediate
    assert family.state == "sign_fever"


@pytest.mark.parametrize(
    "words", ["we live at 38 Park Street", "it stood at 38.4 when we looked", "38.4 he says"]
)
def test_a_number_among_other_words_is_put_back_first(words: str) -> None:
    """What else stands there may change what the number means."""
    family = Family()
    family.says(words)
    assert family.told is None
    assert family.state == "proposal"
