"""Phrases as they are written in a lexicon, and what refuses one."""

from __future__ import annotations

import pytest

from flows.understanding.phrase import GAP, Atom, Phrase, PhraseRefused, Step, is_plain, read_phrase

GROUPS = {"grey": ("grey", "gray"), "blue": ("blue*", "navy"), "two": ("dark blue",)}


def ways(written: str) -> tuple[Phrase, ...]:
    """The phrases of one line."""
    return read_phrase("finding", "cough", written, GROUPS)


def word(*words: str, stems: tuple[str, ...] = (), gap: int = 0) -> Step:
    """One place of a phrase."""
    return Step(Atom(frozenset(words), frozenset(stems)), gap)


def one(written: str) -> tuple[tuple[Step, ...], ...]:
    """The parts of a line that is one phrase."""
    (phrase,) = ways(written)
    return phrase.parts


def test_a_phrase_knows_what_it_says_and_how_it_was_written() -> None:
    """Its role, its id, its line; two lines that mean the same are the same phrase."""
    (phrase,) = ways("Dry COUGH")
    assert (phrase.role, phrase.what, phrase.said) == ("finding", "cough", "Dry COUGH")
    assert phrase == ways("dry cough")[0]
    assert list(phrase.atoms) == [Atom(frozenset({"dry"})), Atom(frozenset({"cough"}))]


def test_words_are_folded_and_may_be_one_of_several() -> None:
    """Words in order, each of them one or another, with endings open or not."""
    assert one("Won't") == ((word("wont"),),)
    assert one("צהבת|עיניים") == ((word("צהבת", "עיניימ"),),)
    assert one("cough* badly") == ((word(stems=("cough",)), word("badly")),)
    assert one("cough*|bark") == ((word("bark", stems=("cough",)),),)


def test_gaps_stand_before_the_word_after_them() -> None:
    """Two dots let up to three words stand between; at either end of a part they mean nothing."""
    assert one("eyes .. yellow") == ((word("eyes"), word("yellow", gap=GAP)),)
    assert one(".. eyes ..") == ((word("eyes"),),)
    assert one("a .. b c") == ((word("a"), word("b", gap=GAP), word("c")),)


def test_a_plus_parts_what_may_come_in_any_order() -> None:
    """Each part keeps its own order."""
    assert one("lips + turned blue") == ((word("lips"),), (word("turned"), word("blue")))


def test_numbers_are_words_of_their_own() -> None:
    """One number, or two with a stroke."""
    assert one("# times") == ((word("#"), word("times")),)
    assert one("pressure #/#") == ((word("pressure"), word("#/#")),)


def test_a_group_stands_for_its_words() -> None:
    """Alone, or beside other words."""
    assert one("<grey> lips") == ((word("grey", "gray"), word("lips")),)
    assert one("<grey>|<blue>|pale") == ((word("grey", "gray", "navy", "pale", stems=("blue",)),),)


def test_a_word_that_may_be_left_out_makes_two_phrases() -> None:
    """With it and without; a phrase of nothing is none."""
    assert [p.parts for p in ways("very? hot")] == [
        ((word("very"), word("hot")),),
        ((word("hot"),),),
    ]
    assert [p.parts for p in ways("hot?")] == [((word("hot"),),)]
    assert [p.parts for p in ways("hot? ..")] == [((word("hot"),),)]
    assert len(ways("a? b? c + d? e")) == 8


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("", "'' has an empty part"),
        ("  ", "'  ' has an empty part"),
        ("a +", "'a +' has an empty part"),
        ("+ a", "'+ a' has an empty part"),
        ("a + + b", "'a + + b' has an empty part"),
        ("a *", "'a *': '*' is no single word"),
        ("a|", "'a|': '' is no single word"),
        ("ь", "'ь': 'ь' is no single word"),
        ("<two> x", "'<two> x': 'dark blue' is no single word"),
        ("<none>", "'<none>' names an unknown group <none>"),
        ("hot|<none>", "'hot|<none>' names an unknown group <none>"),
    ],
)
def test_a_line_that_cannot_be_read_is_refused(written: str, why: str) -> None:
    """With the line, and what is wrong with it."""
    with pytest.raises(PhraseRefused) as refused:
        ways(written)
    assert str(refused.value) == why


@pytest.mark.parametrize("written", ["yellow eyes", "won't wake", "צהבת", "38 degrees"])
def test_plain_words_may_be_a_whole_message(written: str) -> None:
    """Words and nothing else."""
    assert is_plain(written)


@pytest.mark.parametrize("written", ["yel*", "a|b", "<grey>", "# times", "a + b", "a?", "a .. b"])
def test_a_phrase_with_a_pattern_is_not_plain(written: str) -> None:
    """Nobody types an asterisk."""
    assert not is_plain(written)
