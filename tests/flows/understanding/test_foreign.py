"""Marks and idioms of one language do not bend a message that is plainly in another."""

from __future__ import annotations

from flows.understanding.lexicon import Lexicon
from flows.understanding.phrase import read_phrase
from flows.understanding.phrasebook import Phrasebook
from tests.flows.understanding.small import ABC, lexicon, read

SAID = {"en": "well now today hot cough fainted", "fr": "alors donc demain hot cough"}
LINES = [
    ("finding", "hot", "hot", "en"),
    ("finding", "cough", "cough", "en"),
    ("finding", "faint", "fainted", "fr"),
    ("no_before", "", "now", "fr"),
    ("idiom", "", "hot today", "fr"),
    ("subject", "", "#", "fr"),
    ("no_before", "", "no", "en"),
]


def both() -> Lexicon:
    """Two languages of the same letters."""
    phrases = [p for role, what, said, own in LINES for p in read_phrase(role, what, said, {}, own)]
    spoken = {
        word: frozenset(own for own, words in SAID.items() if word in words.split())
        for word in " ".join(SAID.values()).split()
    }
    return lexicon(
        book=Phrasebook(phrases),
        spoken=spoken,
        alphabets={"en": frozenset(ABC), "fr": frozenset(ABC)},
    )


def test_a_no_of_another_language_denies_nothing() -> None:
    """What is a no in one language may be any word in its neighbour."""
    assert read("well now hot today cough", both()).proposed == ("hot", "cough")


def test_an_idiom_of_another_language_takes_nothing_out() -> None:
    """Nor does what means something else there."""
    assert read("well well hot today", both()).proposed == ("hot",)
    assert read("alors donc hot today demain", both()).proposed == ()


def test_what_is_said_is_heard_in_any_language() -> None:
    """A finding counts whoever's word it is: danger wins."""
    assert read("well well today today fainted", both()).proposed == ("faint",)


def test_where_both_are_likely_both_are_heeded() -> None:
    """A message that may be either keeps the marks of both."""
    assert read("demain now hot", both()).proposed == ()


def test_a_number_is_a_mark_in_its_language_only() -> None:
    """Numbers are written alike everywhere, and begin a statement where a language says so."""
    assert read("no 7 hot", both(), "en").proposed == ()
    assert read("alors donc demain no 7 cough", both(), "fr").proposed == ("cough",)


def test_what_the_first_message_would_build_can_be_built_before() -> None:
    """Getting ready changes nothing that is understood."""
    words = both()
    before = read("well hot", words)
    words.ready()
    assert read("well hot", words) == before
