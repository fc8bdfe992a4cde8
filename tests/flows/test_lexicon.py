"""What a message names as a whole: plain names, commands, and the words on buttons."""

from __future__ import annotations

import pytest

from flows.understanding.choice import read_label
from flows.understanding.lexicon import Lexicon
from tests.flows.understanding.small import read

WORDS = Lexicon(
    names={
        "yellow eyes": "finding:cough",
        "eyes": "sign:fever",
        "help": "command:help",
        "צהבת": "finding:cough",
    },
    labels={"yes": frozenset({"choice.yes", "setup.yes"}), "כנ": frozenset({"choice.yes"})},
)


@pytest.mark.parametrize(
    ("written", "finding", "sign", "command"),
    [
        ("Yellow EYES!", "cough", "", ""),
        ("  yellow - eyes ", "cough", "", ""),
        ("צָהֶבֶת", "cough", "", ""),
        ("eyes", "", "fever", ""),
        ("Help.", "", "", "help"),
        ("he has yellow eyes", "", "", ""),
        ("is it eyes", "", "", ""),
        ("yelloweyes", "", "", ""),
        ("shelp", "", "", ""),
        ("", "", "", ""),
    ],
)
def test_a_name_is_a_whole_message(written: str, finding: str, sign: str, command: str) -> None:
    """Case, marks and vowel points make no difference; a name within other words, or a part of
    a word, names nothing."""
    heard = read(written, WORDS)
    assert (heard.finding, heard.sign, heard.command) == (finding, sign, command)
    assert heard.dangerous is bool(finding or sign)


def test_nothing_is_named_by_nothing() -> None:
    """A message of marks alone names nothing."""
    assert (WORDS.named("!!!"), WORDS.named("")) == ("", "")


@pytest.mark.parametrize(
    ("written", "token"),
    [("YES!", ("b",)), ("כן", ("b",)), ("yes please", ()), ("no", ()), ("", ())],
)
def test_a_buttons_words_may_be_typed(written: str, token: tuple[str, ...]) -> None:
    """In any language, where that button is on offer."""
    assert read_label(written, WORDS, ("a", "b"), ("choice.no", "choice.yes")) == token


def test_words_of_a_button_that_is_not_on_offer_tap_nothing() -> None:
    """Nor do those of a screen that kept no labels; of two that say the same the first counts."""
    assert read_label("yes", WORDS, ("a",), ("choice.no",)) == ()
    assert read_label("yes", WORDS, ("a", "b"), ()) == ()
    assert read_label("yes", WORDS, ("a", "b"), ("choice.yes", "setup.yes")) == ("a",)
