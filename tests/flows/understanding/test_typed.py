"""How a message was typed: as it stands, in Latin letters, or on the wrong keyboard."""

from __future__ import annotations

import pytest

from flows.understanding.lexicon import Lexicon
from flows.understanding.rewriting import Layout
from flows.understanding.typed import read_letters
from tests.flows.understanding.small import (
    ABC,
    ALEF_BET,
    AZBUKA,
    EVERYDAY,
    HEBREW_KEYS,
    JCUKEN,
    celsius,
    lexicon,
    read,
    russian_in_latin,
)

RUSSIAN_WORDS = ("горячий", "кашель", "сегодня", "голова")
LISTS = {
    "finding": {
        "hot": ["hot", "горячий", "חם"],
        "cough": ["cough*", "кашель"],
        "faint": ["fainted"],
    },
    "no_before": {"": ["no", "not"]},
}
SPOKEN = {word: frozenset({"en"}) for word in EVERYDAY.split()}
SPOKEN |= {word: frozenset({"ru"}) for word in ("сегодня", "голова")} | {"היום": frozenset({"he"})}
ALPHABETS = {"en": frozenset(ABC), "ru": frozenset(AZBUKA), "he": frozenset(ALEF_BET)}
ALL = lexicon(
    LISTS,
    spoken=SPOKEN,
    alphabets=ALPHABETS,
    latins=(russian_in_latin(RUSSIAN_WORDS),),
    layouts=(Layout("ru", JCUKEN), Layout("he", HEBREW_KEYS)),
)


@pytest.mark.parametrize(
    ("written", "language", "finding"),
    [
        ("he was hot", "", "hot"),
        ("горячий", "", "hot"),
        ("חם היום", "", "hot"),
        ("goryachii", "ru", "hot"),
        ("GORYACHII segodnya 39", "ru", "hot"),
        ("ujhzxbq", "ru", "hot"),
        ("jo vhuo", "he", "hot"),
        ("рщеб", "en", "hot"),
        ("יםא", "en", "hot"),
        ("ыру цфы рще", "en", "hot"),
        ("Ыру Цфы Рще", "en", "hot"),
    ],
)
def test_the_reading_with_most_known_words_counts(
    written: str, language: str, finding: str
) -> None:
    """As it stands, rewritten from Latin letters, or typed again on the other keyboard."""
    assert read_letters(written, ALL).language == language
    assert read(written, ALL).proposed == (finding,)


@pytest.mark.parametrize(
    ("written", "known", "lettered", "share"),
    [
        ("hot today", 2, 2, 1.0),
        ("hot xxxx", 1, 2, 0.5),
        ("xxxx", 0, 1, 0.0),
        ("39 🤒 38,5!", 0, 0, 1.0),
        ("hot 39 🤒", 1, 1, 1.0),
        ("hot eight", 1, 1, 1.0),
        ("", 0, 0, 1.0),
    ],
)
def test_the_share_of_known_words_leaves_numbers_and_emoji_out(
    written: str, known: int, lettered: int, share: float
) -> None:
    """Only words of letters are known or not; without any, nothing is missing."""
    typed = read_letters(written, ALL)
    assert (typed.known, typed.lettered, typed.share) == (known, lettered, share)


@pytest.mark.parametrize(
    ("written", "language"),
    [
        ("was has the very well today mum kashel golova segodnya", ""),
        ("was has the very well today kashel golova segodnya", "ru"),
        ("kashel xxxx", "ru"),
        ("kashel xxxx xxxx", ""),
        ("xxxx xxxx", ""),
        ("hot xxxx", ""),
        ("hot xxxx kashel", "ru"),
    ],
)
def test_another_reading_must_be_needed_and_good(written: str, language: str) -> None:
    """Looked for only below seven known words in ten, taken from one in two on, if it is better."""
    assert read_letters(written, ALL).language == language


def test_a_reading_that_is_no_better_is_not_taken() -> None:
    """In doubt a message stands as it was typed."""
    words = lexicon(LISTS, spoken={}, latins=(russian_in_latin(RUSSIAN_WORDS),))
    assert read_letters("hot xxxx", words).language == ""
    assert read_letters("hot kashel xxxx", words).language == "ru"


def test_words_in_other_letters_are_not_rewritten() -> None:
    """Only Latin letters stand for others: the rest of a mixed message keeps its spellings."""
    typed = read_letters("goryachii сегодня 39", ALL)
    assert typed.forms == (("goryachii", "горячии"), ("сегодня",), ("39",))
    assert read_letters("йййй ццццц", ALL).language == ""


def test_numbers_and_emoji_are_not_rewritten() -> None:
    """They mean the same in every language."""
    typed = read_letters("kashel 39c 🤒 +", ALL)
    assert [form for form in typed.forms if len(form) > 1] == [("kashel", "кашел")]


def test_a_message_of_marks_alone_is_not_rewritten() -> None:
    """Nothing is looked for where nothing is said."""
    assert read_letters("!!! 🤒", ALL) == read_letters("!!! 🤒", lexicon(LISTS))


def test_a_message_whose_length_changes_is_not_typed_again() -> None:
    """Its words could not be cut from what was written."""
    assert read_letters("ujhzxbq", ALL).language == "ru"
    assert read_letters("ujhzxbqİ", ALL).language == ""


def test_a_message_with_no_letter_on_the_keys_is_not_typed_again() -> None:
    """Rewriting that changes nothing is no reading."""
    words = lexicon(LISTS, spoken={}, layouts=(Layout("ru", "ё" * 34),), alphabets=ALPHABETS)
    assert read_letters("הההה", words).language == ""


def test_evidence_of_what_was_rewritten_is_as_it_was_typed() -> None:
    """The family recognises its own words."""
    assert [one.words for one in read("Ujhzxbq 39", ALL).evidence] == ["Ujhzxbq"]
    assert [one.words for one in read("segodnya GORYACHII", ALL).evidence] == ["GORYACHII"]


@pytest.mark.parametrize("written", ["38ю5", "38ץ5", "38,5", "38ת5"])
def test_a_decimal_mark_on_the_wrong_keys_is_one(written: str) -> None:
    """The letter on the key of the comma or the point, between two digits."""
    assert celsius(written, ALL) == ["38.5"]
    assert celsius(f"hot today {written}", ALL) == ["38.5"]


@pytest.mark.parametrize("written", ["38й5", "38юю5"])
def test_other_letters_between_digits_are_no_decimal_mark(written: str) -> None:
    """Nor is the letter anywhere but between digits."""
    assert "38.5" not in celsius(written, ALL)[:1]


def test_without_layouts_nothing_points() -> None:
    """The letters come from the keyboards that are listed, marks of theirs apart."""
    assert (Lexicon().pointers, ALL.pointers) == ("", "бюץת")
    assert Lexicon(layouts=(Layout("xx", JCUKEN[:30] + ",." + JCUKEN[32:]),)).pointers == ""


def test_the_latin_language_is_the_one_with_a_q() -> None:
    """Where none is known, what was meant in Latin names no language."""
    assert (ALL.latin_language, Lexicon().latin_language) == ("en", "")
    assert lexicon(alphabets={"ru": frozenset(AZBUKA)}).latin_language == ""


def test_a_word_is_known_by_use_by_plainness_or_by_a_phrase() -> None:
    """Any of the three."""
    words = lexicon(plain=frozenset({"coughdrop"}))
    assert [words.knows(word) for word in ("today", "coughdrop", "hot", "xxxx")] == [
        True,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("hot", ("hot",)),
        ("hooooot", ("hooooot", "hoot", "hot")),
        ("theruns", ("theruns", "runs")),
        ("therun", ("therun", "run")),
        ("theru", ("theru",)),
        ("runz", ("runz",)),
        ("thefevre", ("thefevre", "fevre", "fever")),
        ("feverr", ("feverr", "fever")),
        ("ffevveerr", ("ffevveerr", "fever")),
        ("ffxx", ("ffxx",)),
        ("rumz", ("rumz",)),
        ("coughdrop", ("coughdrop",)),
        ("thecoughdrop", ("thecoughdrop",)),
    ],
)
def test_a_word_may_stand_for_several_spellings(word: str, forms: tuple[str, ...]) -> None:
    """Less drawn out, without its prefix, and, where none of these is known, the nearest."""
    lists = {"finding": {"hot": ["fever", "runs"]}, "idiom": {"": ["hoot", "run"]}}
    words = lexicon(lists, prefixes=("the",), plain=frozenset({"coughdrop"}))
    assert words.forms(word) == forms


def test_a_known_word_is_not_respelled() -> None:
    """Fever is one slip away, yet the word as it stands is known."""
    lists = {"finding": {"hot": ["fever"]}}
    assert lexicon(lists, everyday="fevers never").forms("fevers") == ("fevers",)
    assert lexicon(lists, everyday="").forms("fevers") == ("fevers", "fever")
