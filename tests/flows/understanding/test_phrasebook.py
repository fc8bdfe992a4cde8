"""Phrases found in messages: in order, across gaps, in any order, within one statement."""

from __future__ import annotations

import pytest

from flows.understanding.phrasebook import Match, Phrasebook
from flows.understanding.word import split
from tests.flows.understanding.small import phrases


def book(*lines: str) -> Phrasebook:
    """A phrasebook of lines that say one thing."""
    return Phrasebook(phrases({"finding": {"cough": lines}}))


def found(written: str, *lines: str) -> list[tuple[int, ...]]:
    """Where the lines stand in a message."""
    words = split(written)
    phrasebook = book(*lines)
    heard = phrasebook.hear(words, [(word.text,) for word in words])
    return [match.places for match in phrasebook.find(heard)]


@pytest.mark.parametrize(
    ("written", "line", "places"),
    [
        ("a dry cough", "dry cough", [(1, 2)]),
        ("dry a cough", "dry cough", []),
        ("cough dry", "dry cough", []),
        ("dry, cough", "dry cough", []),
        ("dry. cough", "dry cough", []),
        ("dry... cough", "dry cough", [(0, 1)]),
        ("dry cough dry cough", "dry cough", [(0, 1), (2, 3)]),
        ("dry", "dry cough", []),
    ],
)
def test_words_stand_in_order_within_one_statement(
    written: str, line: str, places: list[tuple[int, ...]]
) -> None:
    """Next to each other, with no comma and no stop between."""
    assert found(written, line) == places


@pytest.mark.parametrize(
    ("written", "places"),
    [
        ("eyes yellow", [(0, 1)]),
        ("eyes w w w yellow", [(0, 4)]),
        ("eyes w w w w yellow", []),
        ("eyes w, w yellow", []),
        ("eyes yellow yellow", [(0, 1)]),
    ],
)
def test_a_gap_holds_three_words(written: str, places: list[tuple[int, ...]]) -> None:
    """The nearest word that fits is taken, and none beyond the gap."""
    assert found(written, "eyes .. yellow") == places


@pytest.mark.parametrize(
    ("written", "places"),
    [
        ("lips blue", [(0, 1)]),
        ("blue lips", [(0, 1)]),
        ("blue w w w w w w w lips", [(0, 8)]),
        ("blue w w w w w w w w lips", []),
        ("blue, lips", []),
        ("lips blue blue", [(0, 1)]),
        ("blue w lips blue", [(2, 3)]),
        ("blue", []),
    ],
)
def test_parts_may_come_in_any_order_near_each_other(
    written: str, places: list[tuple[int, ...]]
) -> None:
    """At most nine words from first to last, in one statement, the nearest pair of them."""
    assert found(written, "lips + blue") == places


def test_one_word_is_not_two_parts() -> None:
    """Parts that a single word would fill need two such words."""
    assert found("grey", "grey|pale + pale|grey") == []
    assert found("grey", "grey|pale pale|grey") == []
    assert found("grey grey", "grey|pale pale|grey") == [(0, 1)]
    assert found("grey pale", "grey|pale + pale|grey") == [(0, 1), (0, 1)]


def test_a_part_that_fails_further_on_is_not_found() -> None:
    """Every word of every part must be there."""
    assert found("turned lips", "lips + turned blue") == []
    assert found("turned blue lips", "lips + turned blue") == [(0, 1, 2)]


def test_stems_take_every_word_that_begins_so() -> None:
    """A beginning is met by the word itself and by longer ones, not by shorter ones."""
    assert found("cough coughing coughs cou", "cough*") == [(0,), (1,), (2,)]
    assert found("ab b", "a*|ab*") == [(0,)]


def test_numbers_and_pairs_are_met_by_what_they_are() -> None:
    """A number by any number that is no pair, a pair by nothing else."""
    assert found("7 times", "# times") == [(0, 1)]
    assert found("80/50", "#") == []
    assert found("80/50 80", "#/#") == [(0,)]


def test_a_word_may_have_several_spellings() -> None:
    """Each of them is looked for."""
    phrasebook = book("cough")
    heard = phrasebook.hear(split("coff"), [("coff", "cough")])
    (match,) = phrasebook.find(heard)
    assert (match.first, match.last) == (0, 0)
    assert isinstance(match, Match)


def test_matches_come_in_the_order_of_their_first_words() -> None:
    """Whatever the order of the lines; the same line twice is one."""
    assert found("a b c", "c", "b c", "a", "a") == [(0,), (1, 2), (2,)]


def test_a_phrasebook_knows_its_words() -> None:
    """Whole words and beginnings, without the marks that stand for numbers."""
    phrasebook = book("dry cough*", "# times", "#/#")
    assert phrasebook.vocabulary == {"dry", "times"}
    assert phrasebook.stems == {"cough"}
    assert [phrasebook.knows(word) for word in ("dry", "coughing", "coug", "dr", "")] == [
        True,
        True,
        False,
        False,
        False,
    ]


def test_an_empty_phrasebook_finds_nothing() -> None:
    """Nor does it know a word."""
    assert found("anything at all") == []
    assert not book().knows("anything")
