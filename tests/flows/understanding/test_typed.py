"""How a message was typed: as it stands, in Latin letters, or on the wrong keyboard."""

from __future__ import annotations

from dataclasses import replace

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
OWN = f"{EVERYDAY} hot cough fainted no not"
SPOKEN = {word: frozenset({"en"}) for word in OWN.split()}
SPOKEN |= {word: frozenset({"en"}) for word in ("hot", "fainted", "no", "not")}
SPOKEN |= {word: frozenset({"ru"}) for word in ("сегодня", "голова", "горячии", "кашел")}
SPOKEN |= {word: frozenset({"he"}) for word in ("היומ", "חמ")}
ALPHABETS = {"en": frozenset(ABC), "ru": frozenset(AZBUKA), "he": frozenset(ALEF_BET)}
ALL = lexicon(
    LISTS,
    spoken=SPOKEN,
    begun={"cough": frozenset({"en"})},
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
    ("written", "lettered", "share"),
    [
        ("hot today", 2, 1.0),
        ("hot xxxx", 2, 0.5),
        ("xxxx", 1, 0.0),
        ("39 🤒 38,5!", 0, 1.0),
        ("hot 39 🤒", 1, 1.0),
        ("hot eight", 1, 1.0),
        ("", 0, 1.0),
    ],
)
def test_the_share_of_known_words_leaves_numbers_and_emoji_out(
    written: str, lettered: int, share: float
) -> None:
    """Only words of letters are known or not; without any, nothing is missing."""
    typed = read_letters(written, ALL)
    assert (typed.lettered, typed.share) == (lettered, share)


@pytest.mark.parametrize(
    ("written", "language"),
    [
        ("kashel golova segodnya hot", "ru"),
        ("kashel golova hot xxxx", "ru"),
        ("kashel golova hot xxxx xxxx", ""),
        ("kashel hot", ""),
        ("kashel היום", "ru"),
        ("kashel xxxx", "ru"),
        ("kashel xxxx xxxx", ""),
        ("xxxx xxxx", ""),
        ("hot xxxx", ""),
        ("hot ujhzxbq", ""),
        ("xxxx ujhzxbq", "ru"),
    ],
)
def test_another_reading_must_be_good_and_better(written: str, language: str) -> None:
    """One word in two must be known in it, and more than as it stands; in doubt it stands."""
    assert read_letters(written, ALL).language == language


def test_a_message_that_is_mostly_known_stands() -> None:
    """From seven words in ten on nobody looks for another reading."""
    known = replace(ALL, spoken=SPOKEN | {"kashel": frozenset({"en"})})
    assert read_letters("kashel " * 7 + "golova " * 3, known).language == ""
    assert read_letters("kashel " * 6 + "golova " * 3, known).language == "ru"


def test_a_message_half_known_may_have_been_typed_on_wrong_keys() -> None:
    """One that is better known may not, however good the other reading is."""
    known = replace(ALL, spoken=SPOKEN | {"рше": frozenset({"ru"})})
    assert read_letters("hot ujhzxbq", known).language == "ru"
    assert read_letters("hot hot ujhzxbq", known).language == ""


def test_of_two_readings_as_good_the_likely_language_counts() -> None:
    """Else the first that is listed."""
    russian = russian_in_latin(RUSSIAN_WORDS)
    words = replace(ALL, latins=(russian, replace(russian, language="uk")))
    assert read_letters("kashel", words).language == "ru"
    assert read_letters("kashel", words, "uk").language == "uk"
    assert read_letters("kashel", words, "he").language == "ru"


def test_latin_words_count_in_the_language_of_latin_letters() -> None:
    """A word that only another language uses is not known as it stands."""
    words = replace(ALL, spoken=SPOKEN | {"kashel": frozenset({"ru"})})
    assert read_letters("kashel", words).share == 1.0
    assert read_letters("kashel", words).language == "ru"
    assert read_letters("coughing", ALL).share == 1.0
    assert read_letters("hot", replace(ALL, alphabets={})).share == 1.0


def test_what_is_built_on_first_use_can_be_built_at_once() -> None:
    """A lexicon made ready reads as one that is not."""
    ready = replace(ALL)
    ready.ready()
    assert read_letters("kashel hotx", ready) == read_letters("kashel hotx", ALL)


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
    assert read_letters("ujhzxbq ujhzxbq İ", ALL).language == ""


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
