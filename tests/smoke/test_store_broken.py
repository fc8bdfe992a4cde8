"""A family is told whom to call even when the store is broken, and nothing of it is lost."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from bot.speech import Speech
from bot.static import static_texts
from bot.voice import Voice
from flows.assessment import answers
from flows.message import Text
from tests.harness.house import COORDINATOR_BOT, FAMILY_BOT, NIGHT, Harness, PersonInHouse
from tests.harness.store_fault import KINDS, StoreFault

WARD = "+972-3-925-3333"
WARD_E164 = "+97239253333"
LANGUAGES = ("en", "he")
AT_MOST_S = 2.0
"""Within which the static text must come."""
REST_S = 0.4
"""Long enough for a text that must not come."""


def speech(house: Harness, language: str) -> Speech:
    """A family's language."""
    return Speech(Voice(language), house.content.catalogues, NIGHT)


def word(house: Harness, language: str, id: str) -> str:
    """A text as that family reads it."""
    return speech(house, language).say(Text(id))


def opening(house: Harness, language: str, id: str) -> str:
    """The first line of an advice, which no number stands in."""
    return speech(house, language).say(Text(id).given(ways="")).splitlines()[0]


async def set_up(house: Harness, language: str) -> PersonInHouse:
    """A family that has told its language and the ward's number, and nothing else."""
    ana = house.person("Ana", language)
    await ana.does(lambda phone: phone.start())
    await ana.taps(word(house, language, "language.name"))
    await ana.taps(word(house, language, "setup.agree"))
    skip, ward = (word(house, language, f"setup.{id}") for id in ("skip", "ward_phone"))
    while skip in [label for row in ana.phone.newest.labels for label in row]:
        asked = ward in ana.phone.newest.text
        await (ana.says(WARD) if asked else ana.taps(skip))
    ana.read()
    return ana


@pytest.mark.parametrize("language", LANGUAGES)
async def test_with_the_store_working_the_advice_is_whole(house: Harness, language: str) -> None:
    """Level, ward's number and the finding's own advice, all in the family's language."""
    ana = await set_up(house, language)
    await ana.says("38.4")
    advice = await ana.hears(opening(house, language, "advice.immediate.first"))
    assert WARD in advice.text
    await ana.taps(word(house, language, "choice.until_help"))
    await ana.hears(word(house, language, "advice.no_fever_medicine.means"))
    ana.read()
    await house.coordinator("Dana").gets_page("38.4")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
async def test_with_the_store_broken_the_static_text_stands_in(
    house: Harness, monkeypatch: pytest.MonkeyPatch, kind: str, language: str
) -> None:
    """Once for each danger, with the ward's number; afterwards all is there, and there once."""
    fault = StoreFault(kind, monkeypatch)
    ana = await set_up(house, language)
    content = house.content
    static = static_texts(content.house.clinic, content.catalogues).words(language, WARD_E164)
    assert WARD in static
    with fault.broken(house):
        ana.phone.send("38.4")
        await ana.phone.hears(lambda message: message.text == static, timeout=AT_MOST_S)
        await _alarmed(house)
        ana.phone.send("38.4")
        await house.server.polled(FAMILY_BOT)
        await ana.phone.quiet(REST_S)
        ana.phone.send(word(house, language, "finding.blue_lips.label"))
        await ana.phone.hears(lambda message: message.text == static, timeout=AT_MOST_S)
        await house.server.polled(FAMILY_BOT)
        await ana.phone.quiet(REST_S)
        assert house.group is not None
        await house.group.quiet(REST_S)
    await house.forward(seconds=30)
    await _all_is_there(house, ana, language, static)
    await house.restart()
    assert not ana.unread()
    house.complaints.lines.clear()


async def _alarmed(house: Harness) -> None:
    """The coordinators' group hears of it directly, whatever the database does."""
    clinic = house.content.house.clinic
    assert house.group is not None
    await house.group.hears(word(house, clinic.language, "static.alarm"))


async def _all_is_there(house: Harness, ana: PersonInHouse, language: str, static: str) -> None:
    scene = await house.scene("Ana")
    assert scene.assessment is not None
    known = answers(scene.assessment.records)
    assert str(known["temperature"].number) == "38.4"
    assert known["blue_lips"].answer.holds
    assert not scene.past
    with closing(sqlite3.connect(house.database)) as conn:
        assert conn.execute("SELECT COUNT(*), MAX(level) FROM pages").fetchone() == (1, "emergency")
    await house.coordinator("Dana").gets_page("38.4")
    house.coordinator("Dana").read()
    texts = [message.text for message in ana.phone.chat if message.by_bot]
    assert texts.count(static) == 2
    assert sum(opening(house, language, "advice.immediate.first") in one for one in texts) == 0
    assert sum(opening(house, language, "advice.emergency.first") in one for one in texts) == 1
    for bot in (FAMILY_BOT, COORDINATOR_BOT):
        assert not house.server.account(bot).updates.pending
    ana.read()
