"""What is said of the patient now, what is denied, and what is only spoken of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.flows.understanding.small import lexicon, read

HEBREW = lexicon(
    {
        "finding": {"hot": ["חם"], "cough": ["שיעול"], "faint": ["התעלפ*"]},
        "no_before": {"": ["אין", "לא"]},
        "subject": {"": ["הוא"]},
        "or": {"": ["או"]},
        "but": {"": ["אבל"]},
    },
    everyday="לו יש היום",
    alphabets={},
)
RUSSIAN = lexicon(
    {
        "finding": {"hot": ["горяч*"], "cough": ["каш*"], "faint": ["обморок*"]},
        "no_before": {"": ["не", "нет", "ни"]},
        "no_after": {"": ["нет"]},
        "or": {"": ["ни"]},
        "but": {"": ["но"]},
    },
    everyday="у него сын",
    alphabets={},
)

Meant = tuple[tuple[str, ...], tuple[str, ...]]


def meant(written: str) -> Meant:
    """What a message in English says, and what it denies."""
    heard = read(written)
    return heard.proposed, heard.denied


SAID: Meant = (("hot",), ())
DENIED: Meant = ((), ("hot",))
ASIDE: Meant = ((), ())


@pytest.mark.parametrize(
    "written",
    ["no hot", "he is not hot", "never hot", "not a so very well hot", "no my the a is so hot"],
)
def test_a_no_denies_what_follows_within_reach(written: str) -> None:
    """A "no" reaches over five words and no farther."""
    assert meant(written) == DENIED


@pytest.mark.parametrize(
    "written",
    [
        "no my the a is so very hot",
        "no. hot",
        "no, hot",
        "no... hot",
        "no - hot",
        "no! hot",
        "no? hot",
    ],
)
def test_a_no_does_not_reach_far_nor_over_a_pause(written: str) -> None:
    """Six words between, a stop, a comma without a list, dots and dashes end what a "no" denies."""
    assert meant(written) == SAID


@pytest.mark.parametrize(
    "written",
    ["no he is hot", "no and hot", "no but hot", "no now hot", "not well and he is hot"],
)
def test_a_no_ends_at_a_new_statement(written: str) -> None:
    """A new subject, an "and", a "but" and a "now" end what a "no" denies."""
    assert meant(written) == SAID


@pytest.mark.parametrize(
    ("written", "denied"),
    [
        ("no cough or earache", ("cough", "ear")),
        ("no cough, earache or hot", ("cough", "ear", "hot")),
        ("well. no cough, hot or earache", ("cough", "hot", "ear")),
        ("no cough, my the a is so very well of it or hot", ("cough", "hot")),
        ("no my the a is so very well of it or hot", ("hot",)),
    ],
)
def test_an_or_carries_a_no_along_a_list(written: str, denied: tuple[str, ...]) -> None:
    """What an "or" joins is denied together, over commas and over more words."""
    assert meant(written) == ((), denied)


def test_an_or_that_stands_on_the_border_counts() -> None:
    """The "or" of a list may be its very last join."""
    assert meant("no cough, hot or earache") == ((), ("cough", "hot", "ear"))


@pytest.mark.parametrize(
    ("written", "said", "denied"),
    [
        ("no cough, hot", ("hot",), ("cough",)),
        ("no cough, hot. earache or so", ("hot", "ear"), ("cough",)),
        ("no cough, hot but earache or so", ("hot", "ear"), ("cough",)),
        ("or no cough, hot", ("hot",), ("cough",)),
        ("no cough, he is hot or so", ("hot",), ("cough",)),
    ],
)
def test_without_an_or_a_comma_ends_a_no(
    written: str, said: tuple[str, ...], denied: tuple[str, ...]
) -> None:
    """Only an "or" of the same statement, after the "no", makes a list of what commas part."""
    assert meant(written) == (said, denied)


@pytest.mark.parametrize(
    ("between", "expected"), [("w " * 14, DENIED), ("w " * 15, SAID)], ids=["14", "15"]
)
def test_a_list_has_an_end(between: str, expected: Meant) -> None:
    """Along a list a "no" reaches over fourteen words, with commas or without."""
    assert meant(f"no {between.replace('w', 'or', 1)}hot") == expected
    assert meant(f"no, {between.replace('w', 'or', 1)}hot") == expected


@pytest.mark.parametrize(
    "written", ["hot no", "hot is gone", "hot it is gone", "hot at night is gone"]
)
def test_a_no_denies_what_stands_before_it(written: str) -> None:
    """A "no" after what it denies reaches back over two words."""
    assert meant(written) == DENIED


@pytest.mark.parametrize(
    "written",
    [
        "hot at night it is gone",
        "hot, no",
        "hot. no",
        "hot but it is gone",
        "hot but mum is gone",
        "is gone hot",
    ],
)
def test_a_no_after_does_not_reach_far_nor_over_a_pause(written: str) -> None:
    """Three words between, a comma, a stop and a new statement keep a "no" from reaching back."""
    assert meant(written) == SAID


def test_a_no_that_begins_a_statement_reaches_back() -> None:
    """A "now" that is itself the denial denies what stands right before it."""
    words = lexicon(
        {
            "finding": {"hot": ["hot"]},
            "now": {"": ["now"]},
            "no_after": {"": ["now gone"]},
        }
    )
    assert read("hot now gone", words).denied == ("hot",)
    assert read("hot now it now gone", words).denied == ()


def test_a_no_is_spent_once() -> None:
    """A "no" that denies what stands before it denies nothing after it."""
    assert meant("cough no hot") == (("hot",), ("cough",))
    assert meant("well no hot") == DENIED


def test_a_no_inside_a_phrase_denies_it() -> None:
    """A "no" among the words of what is said, where the phrase does not hold it, denies it."""
    assert meant("eyes not rolled") == ((), ("faint",))
    assert meant("eyes have rolled") == (("faint",), ())


def test_a_no_within_a_phrase_of_its_own_denies_nothing() -> None:
    """Not breathing is danger, not only is an addition, no doubt is none."""
    assert meant("not breathing") == (("alarm",), ())
    assert meant("not breathing hot") == (("alarm", "hot"), ())
    assert meant("not only hot") == SAID
    assert meant("no doubt hot") == SAID
    assert meant("not breathing and not hot") == (("alarm",), ("hot",))


@pytest.mark.parametrize(
    "written",
    [
        "last week hot",
        "hot last week",
        "last week he was hot",
        "can it go hot",
        "if hot",
        "if he is hot",
        "watch for hot",
        "his brother is hot",
        "hot is his brother",
        "if cough and he is hot",
    ],
)
def test_what_is_only_spoken_of_is_left_aside(written: str) -> None:
    """The past, a question, an "if", a warning and somebody else are not the patient now."""
    assert meant(written) == ASIDE


@pytest.mark.parametrize(
    "written",
    [
        "last week cough but hot",
        "last week cough. hot",
        "last week cough now hot",
        "cough last week, he is hot",
        "hot, last week cough",
        "hot, can it",
        "hot if cough",
        "hot so watch for cough",
        "can it cough? hot",
        "if cough. hot",
        "if cough but hot",
        "watch for cough. hot",
        "his brother has a cough, he is hot",
        "his brother has a cough and he is hot",
        "hot, his brother has a cough",
        "hot, if cough",
        "hot, if cough last week",
        "hot, watch for cough last week",
        "hot, watch for cough",
    ],
)
def test_what_is_left_aside_ends_with_its_statement(written: str) -> None:
    """A stop, a "but", a "now" and, after a comma, a new beginning bring back the patient now."""
    assert meant(written) == SAID


@pytest.mark.parametrize(
    "written",
    ["hot can it", "his brother and hot", "last week and he hot", "his brother and he hot"],
)
def test_what_others_and_weeks_were_named_for_ends_at_an_and(written: str) -> None:
    """Somebody named before an "and", with no sign of his own, has none behind it either; and a
    question asks about what follows it."""
    assert meant(written) == SAID


@pytest.mark.parametrize("written", ["his brother cough and hot", "last week cough and hot"])
def test_signs_joined_by_an_and_are_of_one_person(written: str) -> None:
    """Where a sign was named with him before the "and", what follows is his too."""
    assert read(written).proposed == ()


@pytest.mark.parametrize("written", ["last week, hot", "his brother, hot", "can it, hot"])
def test_a_comma_alone_begins_no_statement(written: str) -> None:
    """What a mark says reaches over a comma that only takes a breath."""
    assert meant(written) == ASIDE


@pytest.mark.parametrize(
    "written", ["hot since last week", "since last week hot", "last week hot and again"]
)
def test_what_lasts_or_comes_again_is_now(written: str) -> None:
    """What has lasted since then, or has come again after, is said of the patient now."""
    assert meant(written) == SAID


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("since the last week hot", SAID),
        ("since so the last week hot", ASIDE),
        ("last week since hot", ASIDE),
        ("since last week hot last week", ASIDE),
        ("since hot last week", SAID),
    ],
)
def test_what_lasts_stands_right_before_the_past(written: str, expected: Meant) -> None:
    """One word may stand between; a past that does not go on is over all the same."""
    assert meant(written) == expected


def test_again_before_does_not_bring_back_what_is_past() -> None:
    """Only an "again" that stands after what is past makes it present."""
    assert meant("again last week hot") == ASIDE


def test_lasting_counts_in_its_own_statement_alone() -> None:
    """What lasts in another sentence does not make the past present."""
    assert meant("hot last week. cough since") == (("cough",), ())


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("last week, he is hot", ASIDE),
        ("last week cough, he is hot", SAID),
        ("last week, but hot", SAID),
        ("last week, now hot", SAID),
        ("last week. he is hot", SAID),
        ("last week but he is hot", SAID),
        ("last week, he was well, he is hot", SAID),
        ("hot, he is gone last week", SAID),
    ],
)
def test_a_mark_that_stands_alone_belongs_to_the_next_statement(
    written: str, expected: Meant
) -> None:
    """Behind one comma and a subject: when he was two, he had fits."""
    assert meant(written) == expected


def test_likeness_to_somebody_else_is_said_of_the_patient() -> None:
    """He is hot like his brother: the patient is."""
    assert meant("hot like his brother") == SAID
    assert meant("like his brother. his brother is hot") == ASIDE


def test_what_is_denied_is_not_aside() -> None:
    """A denial within a question or the past is offered back as a denial."""
    assert meant("last week no hot") == DENIED


def test_readings_and_topics_have_a_standing_too() -> None:
    """A number of last week is no reading, and a sign that is denied is offered back."""
    assert read("last week 39").temperatures.celsius == ()
    assert read("no fever").denied == ("fever",)
    assert (read("fever").topic, read("no fever").topic) == ("fever", "")
    assert read("his brother has fever").topic == ""


def test_a_reading_is_sure_where_the_temperature_is_spoken_of() -> None:
    """The word for it makes a number a sure reading in its own sentence, over statements too."""
    assert read("temperature 39").temperatures.sure
    assert read("39 but temperature").temperatures.sure
    assert not read("temperature. 39 well").temperatures.sure
    assert not read("hot 39").temperatures.sure


@pytest.mark.parametrize(
    ("written", "said", "denied"),
    [
        ("אין לו שיעול", (), ("cough",)),
        ("אין שיעול או חום חם", (), ("cough", "hot")),
        ("לא חם אבל התעלף", ("faint",), ("hot",)),
        ("לא, הוא חם", ("hot",), ()),
    ],
)
def test_hebrew_denies_in_its_own_grammar(
    written: str, said: tuple[str, ...], denied: tuple[str, ...]
) -> None:
    """The rules are the same from right to left."""
    heard = read(written, HEBREW)
    assert (heard.proposed, heard.denied) == (said, denied)


@pytest.mark.parametrize(
    ("written", "said", "denied"),
    [
        ("кашля нет", (), ("cough",)),
        ("нет кашля", (), ("cough",)),
        ("кашля нет горячий", ("hot",), ("cough",)),
        ("ни кашля, ни обморока", (), ("cough", "faint")),
        ("ни кашля, обморок", ("faint",), ("cough",)),
        ("не горячий, но кашляет", ("cough",), ("hot",)),
        ("кашля нет, обморок", ("faint",), ("cough",)),
    ],
)
def test_russian_denies_before_and_after(
    written: str, said: tuple[str, ...], denied: tuple[str, ...]
) -> None:
    """One word denies on either side, and only on one of them."""
    heard = read(written, RUSSIAN)
    assert (heard.proposed, heard.denied) == (said, denied)


@given(
    st.lists(
        st.sampled_from(
            "hot cough , . but he and or no if now last week his brother again since".split()
        ),
        max_size=12,
    )
)
def test_a_no_in_front_adds_nothing(words: list[str]) -> None:
    """Whatever follows, a "no" before it never makes a finding of it."""
    written = " ".join(words)
    assert set(meant(f"no {written}")[0]) <= set(meant(written)[0])
