"""``main.py check``: what is wrong with content and catalogues, and what nobody has signed."""

from __future__ import annotations

from collections.abc import Iterator

from bot.settings import Settings
from bot.texts import extract
from bot.vocabulary import vocabulary_issues
from bot.wayout import wayout_issues
from bot.wording import wording_issues
from data.load import Content, load_content
from flows.inspect import protocol_issues
from flows.proof import prove


def check(*, live: bool) -> int:
    """Print an issue a line; 1 when there is any, or, with ``live``, when a signature lacks."""
    content = load_content(Settings.read().content)
    found = list(dict.fromkeys(issues(content)))
    for line in (*found, *content.unsigned):
        print(line)
    return int(bool(found or (live and content.unsigned)))


def issues(content: Content) -> Iterator[str]:
    """Everything wrong with what is read at start."""
    house, catalogues = content.house, content.catalogues
    yield from protocol_issues(house.protocol)
    if house.clinic.language not in house.languages:
        yield f"clinic.toml: language: {house.clinic.language} has no catalogue"
    yield from wording_issues(catalogues, extract())
    yield from vocabulary_issues(house.protocol, house.languages)
    yield from wayout_issues(house, catalogues)
    yield from prove(house.protocol)
