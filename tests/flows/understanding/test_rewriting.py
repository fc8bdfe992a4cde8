"""A language typed in other letters: in Latin ones, or with the keyboard in the wrong state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.understanding.rewriting import KEYS, Latin, Layout, by_key, key_of
from tests.flows.understanding.small import AZBUKA, HEBREW_KEYS, JCUKEN, russian_in_latin

RUSSIAN = Layout("ru", JCUKEN)
HEBREW = Layout("he", HEBREW_KEYS)


def latin(words: tuple[str, ...] = (), stems: tuple[str, ...] = ()) -> Latin:
    """Russian in Latin letters, of which i is typed or left out as people like."""
    return russian_in_latin(words, stems)


def lettered(letters: Mapping[str, str]) -> Latin:
    """The same with other letters."""
    return replace(latin(), letters=letters)


def test_a_layout_names_the_letter_of_each_key() -> None:
    """As many letters as keys."""
    assert len(KEYS) == len(set(KEYS)) == len(JCUKEN) == len(HEBREW_KEYS)


def test_what_was_meant_with_the_keyboard_in_latin() -> None:
    """Each key gives the letter that stands on it; what has no key stays; case does not matter."""
    assert RUSSIAN.meant("ujhzxbq 39 🤒") == "горячий 39 🤒"
    assert RUSSIAN.meant("UJHZXBQ") == "горячий"
    assert RUSSIAN.meant(",jkmyj") == "больно"
    assert HEBREW.meant("jo") == "חם"
    assert HEBREW.meant("tunv") == "אומה"


def test_what_was_meant_with_the_keyboard_in_the_language() -> None:
    """The other way about; a key that is a mark in both stays the mark it is."""
    assert RUSSIAN.slipped("рщеб цуеЮ") == "hot, wet."
    assert HEBREW.slipped("יםא") == "hot"
    assert HEBREW.slipped("יםא,א.") == "hot,t."
    assert HEBREW.meant("t,v") == "אתה"


def test_a_mark_at_the_end_of_a_word_is_a_mark() -> None:
    """A comma before a gap and a point between digits were meant as such."""
    assert RUSSIAN.meant("ujhzxbq, 38.5.") == "горячий, 38.5."


@given(st.text(AZBUKA.replace("б", "").replace("ю", "") + " 0123456789", max_size=30))
def test_a_slip_there_and_back_is_nothing(written: str) -> None:
    """What is typed on the wrong keys can be read from them."""
    assert RUSSIAN.meant(RUSSIAN.slipped(written)) == written


def test_a_layout_with_too_few_letters_leaves_the_rest() -> None:
    """Keys beyond its letters stay as they are."""
    short = Layout("xx", "жз")
    assert (short.meant("qwe"), short.slipped("жзи")) == ("жзe", "qwи")


@pytest.mark.parametrize(
    ("letters", "key"),
    [
        ("горячий", "горяч"),
        ("ГОРЯЧИЙ", "горяч"),
        ("грипп", "грп"),
        ("дай", "да"),
        ("мама", "мама"),
        ("ии", ""),
        ("", ""),
    ],
)
def test_a_key_is_what_latin_letters_can_tell(letters: str, key: str) -> None:
    """Folded, letters that are not told apart as one, silent ones and doubles gone."""
    assert key_of(letters, {"й": "и"}, "иь") == key


def test_letters_on_either_side_of_a_silent_one_become_one() -> None:
    """Doubles are looked for when silent letters are gone, however many."""
    assert key_of("ниннна", {}, "и") == "на"


def test_alike_letters_may_become_silent_ones() -> None:
    """First one letter, then none."""
    assert key_of("ай", {"й": "и"}, "и") == "а"
    assert key_of("ай", {"й": "и"}, "") == "аи"


def test_words_too_short_to_be_told_are_left_out() -> None:
    """Three letters must be left where some are silent; one is enough where none is."""
    assert by_key(["кот", "кит", "да"], {}, "и") == {"кот": frozenset({"кот"})}
    assert by_key(["да", "иии"], {}, "") == {"да": frozenset({"да"}), "и": frozenset({"иии"})}
    assert by_key(["да"], {}, "и") == by_key(["ъ"], {}, "") == {}


def test_words_with_one_key_stand_together() -> None:
    """Latin letters cannot tell them apart."""
    assert by_key(["горячий", "горячи", "кашель"], {"й": "и"}, "и") == {
        "горяч": frozenset({"горячий", "горячи"}),
        "кашел": frozenset({"кашель"}),
    }


@pytest.mark.parametrize("typed", ["goryachij", "gorachi", "goryachy"])
def test_a_word_in_latin_letters_is_told_by_its_key(typed: str) -> None:
    """However its silent letters are typed."""
    assert latin(("горячий", "кашель")).key(typed) == "горач"
    assert latin(("горячий", "кашель")).forms(typed) == ("горячии",)


def test_the_longest_letters_are_read_first() -> None:
    """Sh is one letter, not two, whichever is listed first."""
    assert latin().key("sheno") == "шено"
    assert latin().key("snehc") == "снехц"
    assert lettered({"s": "с", "h": "х", "sh": "ш"}).key("shs") == "шс"


def test_letters_that_mean_more_are_not_patterns() -> None:
    """A mark among the Latin letters is itself."""
    assert lettered({"a": "а", "+": "ж", ".": "з"}).key("a+.a") == "ажза"


def test_a_beginning_counts_where_no_word_does() -> None:
    """The longest beginning that is known, of three letters at least; whole words come first."""
    words = latin(("нога",), ("ног", "ноге", "но"))
    assert words.forms("noga") == ("нога",)
    assert words.forms("nogechka") == ("ноге",)
    assert words.forms("nogoch") == ("ног",)
    assert words.forms("nog") == ("ног",)
    assert words.forms("nogo") == ("ног",)
    assert words.forms("nosech") == ()


def test_a_beginning_is_not_looked_for_in_less_than_three_letters() -> None:
    """No, typed in Latin letters, is too little to guess at."""
    assert latin((), ("но",)).forms("no") == ()
    assert latin((), ("но",)).forms("noch") == ()
    vowels = replace(latin(("но",), ("но",)), silent="")
    assert vowels.forms("noch") == ()
    assert vowels.forms("no") == ("но",)


@pytest.mark.parametrize(
    ("typed", "weight"), [("noga", 1.0), ("dom", 0.75), ("no", 0.0), ("zzz", 0.0)]
)
def test_a_word_of_few_letters_weighs_little(typed: str, weight: float) -> None:
    """Four letters that Latin can tell make a word sure; fewer fit many."""
    assert latin(("нога", "дом")).weight(typed) == weight


def test_a_short_key_is_less_sure() -> None:
    """From four letters on it stands for one word; an unknown one for none."""
    words = latin(("нога", "кот"), ("горя",))
    assert [words.weight(typed) for typed in ("noga", "kot", "kit", "goryachij")] == [1, 0.75, 0, 1]


def test_all_words_with_one_key_are_offered_in_order() -> None:
    """Whatever the order in which they are known, whole ones and beginnings."""
    assert latin(("горачи", "горачии")).forms("gorach") == ("горачи", "горачии")
    assert latin(stems=("гора", "горра")).forms("gorach") == ("гора", "горра")
