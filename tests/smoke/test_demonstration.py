"""While nobody has signed the content, everybody is told so."""

import pytest

from tests.harness.house import Harness

DEMONSTRATION = "Demonstration: no clinician has signed this content yet."


@pytest.mark.parametrize("words", ["/start", "hello", "38.4", "not breathing", "/setup"])
async def test_family_is_told_at_first_contact(house: Harness, words: str) -> None:
    """Whatever the first word is, its answer says that this is a demonstration."""
    ana = house.person("Ana")
    await ana.says(words)
    assert any(DEMONSTRATION in message.text for message in ana.read())
    house.read_all()


async def test_hebrew_family_is_told_in_hebrew_and_english(house: Harness) -> None:
    """The first message is in the family's language and in English, and so is the warning."""
    ana = house.person("Ana", language="he")
    await ana.says("/start")
    (first,) = ana.read()
    assert "הדגמה בלבד" in first.text
    assert DEMONSTRATION in first.text


async def test_coordinator_is_told_at_the_start(house: Harness) -> None:
    """The greeting of a coordinator says that nobody has signed."""
    dana = house.coordinator("Dana")
    await dana.says("/start")
    assert any("nobody has signed" in message.text for message in dana.read())
