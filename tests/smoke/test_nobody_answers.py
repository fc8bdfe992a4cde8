"""A family is never left to believe that somebody has its message."""

import pytest

from tests.harness.house import Harness

NOBODY = "Nobody at the clinic has answered yet."


@pytest.mark.parametrize(("word", "minutes"), [("will not wake", 5), ("38.4", 10)])
async def test_family_hears_that_nobody_answered(house: Harness, word: str, minutes: int) -> None:
    """At an emergency after five minutes, else after ten: with the numbers to call, and once."""
    ana = house.person("Ana")
    await ana.says(word)
    await house.forward(minutes=minutes, seconds=-1)
    assert not [m for m in ana.read() if NOBODY in m.text]
    await house.forward(seconds=1)
    told = await ana.hears(NOBODY)
    assert "+972-73-374-6844" in told.text
    await house.forward(minutes=20)
    assert not [m for m in ana.read() if NOBODY in m.text]
    house.read_all()


async def test_family_hears_who_has_it_and_keeps_the_numbers(house: Harness) -> None:
    """The name of who has it comes with "keep calling" and the numbers, never less."""
    ana = house.person("Ana")
    await ana.says("38.4")
    await house.coordinator("Dana").acknowledges()
    told = await ana.hears("Dana from the clinic")
    assert "keep calling" in told.text
    assert "+972-73-374-6844" in told.text
    house.read_all()
