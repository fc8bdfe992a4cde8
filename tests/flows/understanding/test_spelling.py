"""The nearest known word to one that is misspelled."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.understanding.spelling import Speller

WORDS = Speller(
    ["fever", "bleeding", "seizure", "jaundice", "cough", "wet", "fevers", "пожелтел"], ()
)


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("fevre", "fever"),
        ("fevr", ""),
        ("fevor", "fever"),
        ("feverr", "fever"),
        ("fevoor", ""),
        ("siezure", "seizure"),
        ("siezrue", ""),
        ("bleedin", "bleeding"),
        ("bledign", ""),
        ("bleeddin", "bleeding"),
        ("bledingg", "bleeding"),
        ("blededdg", ""),
        ("jaundise", "jaundice"),
        ("jandicee", "jaundice"),
        ("пожолтел", "пожелтел"),
        ("пажолтел", "пожелтел"),
    ],
)
def test_one_slip_is_forgiven_and_two_in_a_long_word(typed: str, known: str) -> None:
    """A letter more, less, other or changed places; two of these from eight letters on."""
    speller = Speller(["fever", "bleeding", "seizure", "jaundice", "пожелтел"], ())
    assert speller.nearest(typed) == known


@pytest.mark.parametrize("typed", ["wat", "coug", "weet", "ever", "hever", "feve2", "fe er", ""])
def test_short_words_first_letters_and_digits_are_not_guessed_at(typed: str) -> None:
    """Below five letters, with another first letter, or with more than letters: no guess."""
    assert WORDS.nearest(typed) == ""


def test_five_letters_are_enough() -> None:
    """On both sides; a known word of four is never the nearest."""
    assert Speller(["cough"], ()).nearest("couhg") == "cough"
    assert Speller(["coug"], ()).nearest("cough") == ""
    assert Speller([], ["coug"]).nearest("cougg") == ""
    assert Speller([], ["cough"]).nearest("couhging") == "cough"


def test_a_script_may_say_otherwise() -> None:
    """How long a typed word must be, by its first letter."""
    assert Speller(["fever"], [], {"f": 4}).nearest("fevr") == "fever"
    assert Speller(["fever"], [], {"f": 6}).nearest("fevre") == ""
    assert Speller(["fever"], [], {"f": 6}).nearest("fevver") == "fever"
    assert Speller(["fever"], [], {"v": 6}).nearest("fevre") == "fever"


def test_of_two_words_as_near_the_first_in_order_is_taken() -> None:
    """The same answer always, whatever the order in which words are known."""
    assert Speller(["fever", "fevel"], ()).nearest("feven") == "fevel"
    assert Speller(["fevel", "fever"], ()).nearest("feven") == "fevel"
    assert Speller([], ["fever", "fevel"]).nearest("feven") == "fevel"
    assert Speller([], ["fevel", "fever"]).nearest("feven") == "fevel"


def test_the_nearer_word_is_taken() -> None:
    """One slip before two."""
    assert Speller(["bleeding", "bleedexx"], ()).nearest("bleedinx") == "bleeding"


def test_a_whole_word_comes_before_a_beginning() -> None:
    """Even where the beginning is as near."""
    assert Speller(["cougher"], ["coughe"]).nearest("couhger") == "cougher"


@pytest.mark.parametrize(
    ("typed", "stem"),
    [
        ("vomitting", "vomit"),
        ("vmoiting", "vomit"),
        ("vommiting", "vomit"),
        ("vomtiing", "vomit"),
        ("vomts", "vomit"),
        ("vomt", ""),
        ("vmits", "vomit"),
        ("vumot", ""),
        ("vumoting", ""),
        ("fomiting", ""),
    ],
)
def test_a_misspelled_word_may_begin_as_a_known_one(typed: str, stem: str) -> None:
    """One slip within the beginning; a letter too many or too few shifts its end."""
    assert Speller([], ["vomit"]).nearest(typed) == stem


def test_a_longer_beginning_comes_first() -> None:
    """What fits more of the word is the better guess."""
    stems = ["bleed", "bleeding"]
    assert Speller([], stems).nearest("bleedding") == "bleeding"
    assert Speller([], stems).nearest("bleedxxxx") == "bleed"


def test_two_slips_are_forgiven_in_a_long_beginning() -> None:
    """From eight letters on; in seven only one."""
    assert Speller([], ["bleeding"]).nearest("blxxdinggg") == "bleeding"
    assert Speller([], ["bleedin"]).nearest("bledding") == "bleedin"
    assert Speller([], ["bleedin"]).nearest("blddinnnn") == ""


def test_a_beginning_is_tried_a_letter_longer_and_a_letter_shorter() -> None:
    """A letter too many within it pushes its end out, one too few draws it in."""
    assert Speller([], ["vomit"]).nearest("vommitx") == "vomit"
    assert Speller([], ["vomit"]).nearest("vmitxx") == "vomit"
    assert Speller([], ["vomits"]).nearest("vmits") == "vomits"
    assert Speller([], ["abcdefgh"]).nearest("abdefg") == ""


@given(st.text(max_size=20))
def test_any_word_is_looked_up(typed: str) -> None:
    """Whatever is typed, the answer is a known word with its first letter, or none."""
    near = Speller(["fever", "пожелтел"], ["vomit"]).nearest(typed)
    assert near in ("", "fever", "пожелтел", "vomit")
    assert not near or near[0] == typed[0]
