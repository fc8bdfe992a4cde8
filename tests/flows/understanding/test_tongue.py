"""The language of a message: by its letters first, then by its words."""

from __future__ import annotations

import pytest

from flows.understanding.lexicon import Lexicon
from tests.flows.understanding.small import ABC, ALEF_BET, AZBUKA, lexicon, read, russian_in_latin

RUSSIAN, UKRAINIAN = "сегодня температура у сына", "сьогодні температура у сина"
SPOKEN = {
    "today": frozenset({"en"}),
    "son": frozenset({"en", "fr"}),
    "fils": frozenset({"fr"}),
    "сегодня": frozenset({"ru"}),
    "сына": frozenset({"ru"}),
    "сегодни": frozenset({"uk"}),
    "согодни": frozenset({"uk"}),
    "сина": frozenset({"uk", "ru"}),
    "температура": frozenset({"ru", "uk"}),
    "у": frozenset({"ru", "uk"}),
}
ALPHABETS = {
    "en": frozenset(ABC),
    "fr": frozenset(ABC + "éè"),
    "he": frozenset(ALEF_BET),
    "ru": frozenset(AZBUKA),
    "uk": frozenset("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"),
}
WORDS = lexicon(
    spoken=SPOKEN, alphabets=ALPHABETS, latins=(russian_in_latin(("сегодня", "голова")),)
)


def language(written: str, likely: str = "", words: Lexicon = WORDS) -> tuple[str, bool]:
    """The language of a message, and whether it was plainly switched."""
    heard = read(written, words, likely)
    return heard.language, heard.switched


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("יש לו חום", "he"),
        (RUSSIAN, "ru"),
        (UKRAINIAN, "uk"),
        ("today", "en"),
        ("mon fils", "fr"),
        ("ЙЦУКЕН", "ru"),
        ("è", "fr"),
    ],
)
def test_letters_tell_and_then_words(written: str, expected: str) -> None:
    """The script alone, or, in a script of several languages, what is said."""
    assert language(written)[0] == expected


@pytest.mark.parametrize("written", ["", "38.5", "🤒", "!!"])
def test_a_message_that_tells_nothing_is_in_the_likely_language(written: str) -> None:
    """Without letters there is no language to switch to."""
    assert language(written, "he") == ("he", False)
    assert language(written) == ("", False)


def test_a_message_that_tells_as_much_of_two_is_in_the_likely_one() -> None:
    """What both say is no switch; without a likely language the first listed is taken."""
    assert language("son xxxx", "fr") == ("fr", False)
    assert language("son xxxx", "en") == ("en", False)
    assert language("son xxxx") == ("en", True)


@pytest.mark.parametrize(
    ("written", "likely", "expected"),
    [
        ("יש לו חום", "en", ("he", True)),
        ("חום", "en", ("he", False)),
        ("חום 39", "en", ("he", False)),
        ("good morning", "he", ("en", True)),
        (RUSSIAN, "uk", ("ru", False)),
        ("сегодня", "uk", ("ru", False)),
        ("температура сына сегодня", "en", ("ru", True)),
        ("хай xxx", "ru", ("ru", False)),
    ],
)
def test_a_switch_is_plain(written: str, likely: str, expected: tuple[str, bool]) -> None:
    """Two words of it, and twice as much as the likely language explains."""
    assert language(written, likely) == expected


def test_twice_as_much_is_enough_and_less_is_not() -> None:
    """Two languages that share their letters are told apart by their words."""
    alike = {"en": frozenset(ABC), "fr": frozenset(ABC)}
    words = lexicon(alphabets=alike, spoken={"a": frozenset({"en"}), "b": frozenset({"fr"})})
    assert language("a a", "fr", words) == ("en", True)
    assert language("a a b", "fr", words) == ("en", False)
    assert language("a a a a a b", "fr", words) == ("en", False)
    assert language("a b", "fr", words) == ("fr", False)


def test_letters_and_words_weigh_alike() -> None:
    """Letters of one language against words of another, digits left out, are a draw."""
    words = lexicon(alphabets={"ru": frozenset(AZBUKA)}, spoken={"а": frozenset({"uk"})})
    assert language("а а 38383838", "ru", words) == ("ru", False)
    assert language("а а 38383838", "uk", words) == ("uk", False)


def test_what_was_rewritten_is_in_its_language_and_no_switch() -> None:
    """Who types Russian in Latin letters may not want to read Russian."""
    assert language("segodnya golova") == ("ru", False)
    assert language("segodnya golova", "en") == ("ru", False)
    assert language("segodnya golova", "ru") == ("ru", False)


def test_each_word_counts_once_a_language() -> None:
    """However many of its spellings a language knows."""
    words = lexicon(
        spoken={"hoot": frozenset({"fr"}), "hot": frozenset({"fr"}), "xx": frozenset({"en"})},
        alphabets={"en": frozenset(ABC), "fr": frozenset(ABC)},
    )
    assert language("hoooot xx", "en", words) == ("en", False)
    assert language("hoooot xx", "fr", words) == ("fr", False)


def test_without_alphabets_words_tell() -> None:
    """And without words nothing does."""
    assert language("today", "", lexicon(alphabets={}, spoken=SPOKEN)) == ("en", False)
    assert language("today", "he", lexicon(alphabets={}, spoken={})) == ("he", False)
