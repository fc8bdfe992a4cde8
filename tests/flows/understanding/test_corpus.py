"""The messages themselves: written from the meaning, before any lexicon, to judge one by."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from flows.understanding import understand
from tests.flows.family import shipped

HERE = Path(__file__).parent
FILES = sorted(HERE.glob("*.toml"))
LEAST = 250
"""Messages a language must have."""
SIGNLESS = 0.4
"""The share that holds no sign of the seven."""
SAID = 0.9
"""The share of findings that at least one message of a language must say."""


def messages(file: Path) -> list[dict[str, Any]]:
    """The messages of a language."""
    found: list[dict[str, Any]] = tomllib.loads(file.read_text("utf-8"))["message"]
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_language_has_enough_messages_of_both_kinds(file: Path) -> None:
    """At least 250, none twice, and two in five without a sign."""
    said = messages(file)
    assert len(said) >= LEAST
    assert max(Counter(one["text"] for one in said).values()) == 1
    assert sum(not one["flags"] for one in said) >= SIGNLESS * len(said)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_messages_mean_what_the_table_knows(file: Path) -> None:
    """Every flag is one of the seven, every finding is of the protocol, nearly all are said."""
    protocol = shipped().protocol
    known = protocol.findings.keys() | protocol.contexts.keys()
    said = messages(file)
    assert {flag for one in said for flag in one["flags"]} == set(protocol.seven)
    found = {id for one in said for id in one["findings"]}
    assert found <= known
    assert len(found & protocol.findings.keys()) >= SAID * len(protocol.findings)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_message_is_read_without_raising(file: Path) -> None:
    """Whatever the words, reading them is pure and repeats itself."""
    house = shipped()
    for one in messages(file):
        first = understand(one["text"], house.lexicon, house.protocol)
        assert first == understand(one["text"], house.lexicon, house.protocol)


def test_the_five_languages_are_there() -> None:
    """English, Hebrew, Arabic, Russian and Ukrainian."""
    assert {file.stem for file in FILES} == {"en", "he", "ar", "ru", "uk"}
