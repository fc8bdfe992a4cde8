"""A turn that raises is told to the family, paged once for each cause, and never tried again."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.static import static_texts
from data.load import Content
from tests.harness.house import STAFF, Harness, house_of, shipped

UNKNOWN = "{nobody knows}"
"""A greeting that cannot be filled in: no advice with the clinic's link can be made."""
PAGES = "SELECT COUNT(*) FROM pages WHERE state <> 'resolved'"
FAILED = "SELECT COUNT(*) FROM inbox WHERE state = 'failed'"


def faulty() -> Content:
    """Content that passes every reading, and breaks the turn that has to give advice."""
    content = shipped()
    clinic = replace(content.house.clinic, greeting=UNKNOWN)
    return replace(content, house=replace(content.house, clinic=clinic))


@pytest.mark.parametrize("language", ["en", "he"])
async def test_a_turn_that_raises_ends_in_a_text_and_a_page(tmp_path: Path, language: str) -> None:
    """The static text for each message, one page for the cause, and no second try."""
    async with house_of(tmp_path, content=faulty()) as house:
        ana, dana = house.person("Ana", language), house.coordinator("Dana")
        await ana.does(lambda phone: phone.start())
        ana.read()
        static = static_texts(house.content.house.clinic, house.content.catalogues)
        words = static.words(language)
        await ana.says("38.4")
        await ana.hears(lambda message: message.text == words)
        page = await dana.gets_page()
        await ana.says("38.4")
        await ana.hears(lambda message: message.text == words)
        assert _counted(house, PAGES) == 1
        assert _counted(house, FAILED) == 2
        await dana.acknowledges(page)
        _read(house)
        await house.restart()
        await house.forward(minutes=1)
        assert _counted(house, FAILED) == 2
        assert not ana.unread()
        _told_the_log(house)
        _read(house)


def _counted(house: Harness, query: str) -> int:
    with closing(sqlite3.connect(house.database)) as conn:
        return int(conn.execute(query).fetchone()[0])


def _read(house: Harness) -> None:
    for name in STAFF:
        house.coordinator(name).read()
    assert house.group is not None
    house.group.read()


def _told_the_log(house: Harness) -> None:
    """The log says twice that a turn failed, and nothing that was said."""
    lines = house.complaints.lines
    assert all(line.startswith("bot.handling: a turn failed: ") for line in lines), lines
    assert len(lines) == 2
    assert not any("38" in line for line in lines)
    lines.clear()
