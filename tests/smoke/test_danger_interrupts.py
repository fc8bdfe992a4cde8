"""A danger word comes before whatever was being asked."""

from collections.abc import Sequence

import pytest

from tests.harness.house import Harness

ADVICE = "Call now, in this order."
AT: dict[str, Sequence[str]] = {
    "notice": (),
    "reporter": ("I agree",),
    "name": ("I agree", "A parent"),
    "form": ("I agree", "A parent", "Skip"),
    "country": ("I agree", "A parent", "Skip", "Skip", "Skip"),
    "ward_phone": ("I agree", "A parent", "Skip", "Skip", "Skip", "Skip"),
    "day_1": ("I agree", "A parent", "Skip", "Skip", "Skip", "Skip", "Skip"),
}


@pytest.mark.parametrize("question", AT)
async def test_danger_word_interrupts_the_set_up(house: Harness, question: str) -> None:
    """Typed in the middle of a set-up question, it is no name and no number: it is a danger."""
    ana = house.person("Ana")
    await ana.says("/setup")
    for tap in AT[question]:
        await ana.taps(tap)
    house.read_all()
    await ana.says("not breathing")
    await ana.hears(ADVICE)
    await house.coordinator("Dana").gets_page("EMERGENCY")
    assert (await house.scene("Ana")).patient.name == ""
    house.read_all()


@pytest.mark.parametrize(
    ("state", "word"),
    [
        (("Breathing",), "will not wake"),
        (("Check everything",), "chest pain"),
        (("Urine", "I can't tell"), "chest pain"),
    ],
)
async def test_danger_word_interrupts_a_screen(
    house: Harness, state: Sequence[str], word: str
) -> None:
    """Typed on another sign's screen, or in the sweep, it is told at once."""
    ana = house.person("Ana")
    await ana.says("/now")
    await ana.taps("Something is wrong now")
    for tap in state:
        await ana.taps(tap)
    house.read_all()
    await ana.says(word)
    await ana.hears(ADVICE)
    house.read_all()


async def test_danger_in_hebrew_interrupts_an_english_conversation(house: Harness) -> None:
    """A frightened parent writes in whatever language comes first."""
    ana = house.person("Ana")
    await ana.says("/setup")
    await ana.taps("I agree")
    house.read_all()
    await ana.says("כאב בחזה")
    await ana.hears(ADVICE)
    house.read_all()
