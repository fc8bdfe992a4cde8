"""A message as a whole, read with small lists."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.understanding import Evidence, Understood
from flows.understanding.read import LONGEST
from flows.understanding.thermometer import Temperatures
from tests.flows.understanding.small import ENGLISH, SMALL, decimals, lexicon, read

NAMED = lexicon(
    names={
        "hot": "finding:hot",
        "fever": "sign:fever",
        "help": "command:help",
        "cough": "command:stop",
    }
)


def test_a_message_says_findings_each_with_its_words() -> None:
    """In the order in which they stand, each once, as they were typed."""
    heard = read("Well, he FAINTED and is burning up, fainted")
    assert heard.proposed == ("faint", "hot")
    assert heard.evidence == (
        Evidence("faint", "", "FAINTED"),
        Evidence("hot", "", "burning up"),
        Evidence("faint", "", "fainted"),
    )
    assert (heard.finding, heard.sign, heard.command, heard.denied) == ("", "", "", ())


def test_the_same_words_twice_are_evidence_once() -> None:
    """What was said again in the same letters adds nothing."""
    assert read("hot hot").evidence == (Evidence("hot", "", "hot"),)


def test_a_sign_may_be_named_where_its_finding_is_not() -> None:
    """A phrase that opens its screen."""
    heard = read("well nappy worries")
    assert (heard.sign, heard.proposed) == ("urine", ())
    assert heard.evidence == (Evidence("", "urine", "nappy worries"),)


def test_a_sign_that_is_only_a_word_is_a_topic() -> None:
    """Its plain name within a message says what is spoken about, and nothing of the patient."""
    heard = read("well fever")
    assert (heard.topic, heard.sign, heard.evidence, heard.dangerous) == ("fever", "", (), False)
    assert heard.denied == ()


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("vomited 7 times", 7),
        ("vomited well 7 times", 7),
        ("vomited two times", 2),
        ("vomited", None),
        ("vomited. 7 times", None),
        ("vomited 3 times. vomited 5 times. vomited", 5),
    ],
)
def test_a_count_has_its_number(written: str, number: int | None) -> None:
    """The highest that stands with it; none where none does."""
    heard = read(written)
    assert heard.proposed == ("vomited",)
    assert heard.number_of("vomited") == number
    assert heard.number_of("cough") is None


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("vomited 3-4 times", 4),
        ("vomited 4-3 times", 4),
        ("vomited 4 or 3 times", 4),
        ("vomited 4 and 3 times", 4),
        ("vomited 4 well 3 times", 3),
        ("vomited 3 times 5", 3),
    ],
)
def test_of_a_span_the_upper_number_counts(written: str, number: int) -> None:
    """Right beside it, or beyond an "or" or an "and"."""
    assert read(written).number_of("vomited") == number


def test_a_number_at_either_end_has_no_neighbour_beyond() -> None:
    """The other end of the message is not beside it."""
    words = lexicon({"finding": {"vomited": ["# vomits", "vomits #"]}})
    assert read("3 vomits well 9", words).number_of("vomited") == 3
    assert read("9 well vomits 3", words).number_of("vomited") == 3


@pytest.mark.parametrize(
    ("written", "celsius"),
    [
        ("38 or 39 kilos", ()),
        ("38-39 kilos", ()),
        ("room 38 and 39", ()),
        ("room 39 38", ()),
        ("room 39, 38", ("38",)),
        ("38. 39 kilos", ("38",)),
        ("38.5 39 kilos", ("38.5",)),
        ("38 well 39 kilos", ("38",)),
        ("39 kilos 38", ("38",)),
        ("38 39", ("38", "39")),
        ("38 hot chocolate", ("38",)),
    ],
)
def test_a_number_shares_what_the_next_one_counts(written: str, celsius: tuple[str, ...]) -> None:
    """A whole one beside it, or beyond an "or" or an "and", with no comma between."""
    assert read(written).temperatures.celsius == decimals(*celsius)


def test_only_what_is_counted_has_a_number() -> None:
    """A number within the words of another finding counts nothing."""
    words = lexicon({"finding": {"cough": ["cough # days"]}})
    heard = read("cough 3 days", words)
    assert heard.evidence == (Evidence("cough", "", "cough 3 days"),)


@pytest.mark.parametrize(
    ("written", "proposed"),
    [
        ("oxygen 91", ("faint",)),
        ("oxygen 91.9", ("faint",)),
        ("oxygen 92", ()),
        ("oxygen 39", ()),
        ("oxygen 40", ("faint",)),
        ("dry 12 hours", ("dry_12h",)),
        ("dry 30 hours", ("dry_12h",)),
        ("dry 8 hours", ("dry_8h",)),
        ("dry 7 hours", ()),
    ],
)
def test_a_measure_means_a_finding_or_none(written: str, proposed: tuple[str, ...]) -> None:
    """By its number; of rows that share a name the first that holds."""
    heard = read(written)
    assert heard.proposed == proposed
    assert heard.temperatures == Temperatures()
    assert bool(heard.evidence) is bool(proposed)


@pytest.mark.parametrize(
    ("written", "proposed"),
    [
        ("hot chocolate", ()),
        ("hot chocolate hot", ("hot",)),
        ("hot", ("hot",)),
        ("cough chocolate", ("cough",)),
        ("38 kilos hot", ("hot",)),
    ],
)
def test_an_idiom_says_nothing(written: str, proposed: tuple[str, ...]) -> None:
    """Words of an idiom stand for nothing else; the rest of the message does."""
    assert read(written).proposed == proposed


def test_an_idiom_within_something_said_is_none() -> None:
    """Cold blood is an idiom; a phrase of danger that holds it and more is not."""
    lists = {
        "finding": {"hot": ["burning hot chocolate"], "cough": ["hot", "cold blood"]},
        "idiom": {"": ["hot chocolate", "cold blood"]},
    }
    words = lexicon(lists)
    assert read("burning hot chocolate", words).proposed == ("hot", "cough")
    assert read("hot chocolate", words).proposed == ()
    assert read("cold blood", words).proposed == ()


def test_an_idiom_within_what_is_only_spoken_of_is_one() -> None:
    """A topic says nothing of the patient, and does not bring the idiom's words back."""
    lists = {
        "finding": {"hot": ["hot"]},
        "topic": {"fever": ["very hot chocolate"]},
        "idiom": {"": ["hot chocolate"]},
    }
    assert read("very hot chocolate", lexicon(lists)).proposed == ()


def test_a_word_of_an_idiom_denies_nothing() -> None:
    """Nor does it mean anything else than the idiom."""
    lists = {**ENGLISH, "idiom": {"": ["no sweat"]}}
    assert read("no sweat hot", lexicon(lists)).proposed == ("hot",)


def test_an_idiom_hides_no_week_and_no_person() -> None:
    """Off last week is an idiom, and still what is told with it is past."""
    assert read("off last week hot").proposed == ()


def test_what_is_said_and_denied_is_said() -> None:
    """Danger wins: a finding that stands is not offered as a denial."""
    heard = read("no cough. cough. no earache, no earache")
    assert (heard.proposed, heard.denied) == (("cough",), ("ear",))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (
            " Hot!",
            Understood(finding="hot", proposed=("hot",), evidence=(Evidence("hot", "", "Hot!"),)),
        ),
        ("Fever?", Understood(sign="fever", evidence=(Evidence("", "fever", "Fever?"),))),
        ("help", Understood(command="help")),
        (
            "cough",
            Understood(
                command="stop", proposed=("cough",), evidence=(Evidence("cough", "", "cough"),)
            ),
        ),
        ("hot fever", Understood(proposed=("hot",), evidence=(Evidence("hot", "", "hot"),))),
        ("zzz", Understood()),
        ("", Understood()),
    ],
)
def test_a_name_alone_means_what_it_names(written: str, expected: Understood) -> None:
    """A whole message that is a name is the finding, the sign or the command itself."""
    heard = read(written, NAMED)
    for part in ("finding", "sign", "command", "proposed", "evidence"):
        assert getattr(heard, part) == getattr(expected, part), part


def test_a_name_of_a_sign_proposes_no_finding() -> None:
    """Whoever names a sign is shown it."""
    words = lexicon(names={"hot": "sign:fever"})
    assert (read("hot", words).sign, read("hot", words).proposed) == ("fever", ())


def test_a_name_of_a_finding_hides_nothing_else_that_it_says() -> None:
    """What its words say besides stands after it; its own words stand once."""
    words = lexicon(names={"hot nappy worries fainted": "finding:hot"})
    heard = read("Hot nappy worries fainted", words)
    assert (heard.finding, heard.proposed, heard.sign) == ("hot", ("hot", "faint"), "")
    assert read("zzz", lexicon(names={"zzz": "finding:hot"})).proposed == ("hot",)
    assert heard.evidence == (
        Evidence("hot", "", "Hot nappy worries fainted"),
        Evidence("", "urine", "nappy worries"),
        Evidence("faint", "", "fainted"),
    )


@pytest.mark.parametrize(
    ("written", "dangerous"),
    [
        ("hot", True),
        ("fever", True),
        ("well hot", True),
        ("nappy worries", True),
        ("38", True),
        ("help", False),
        ("44", False),
        ("no hot", False),
        ("well", False),
    ],
)
def test_what_may_not_wait_is_known(written: str, dangerous: bool) -> None:
    """A finding, a sign and a temperature; nothing else."""
    assert read(written, NAMED).dangerous is dangerous


PAD = "well " * (LONGEST // 5)
"""One piece of a long message, to the letter."""


def test_a_long_message_is_read_in_pieces() -> None:
    """What each piece says counts, once."""
    heard = read(
        PAD + "hot 38.5. no cough. nappy worries. " + PAD + "hot 38.5 39. no cough. fainted"
    )
    assert heard.proposed == ("hot", "faint")
    assert heard.denied == ("cough",)
    assert heard.sign == "urine"
    assert heard.temperatures.celsius == decimals("38.5", "39")
    assert heard.measured == ("38.5", "39")
    assert [one.finding for one in heard.evidence] == ["hot", "", "faint"]


def test_the_first_piece_counts_as_the_rest() -> None:
    """Its sign comes first, and nothing of it is lost."""
    lists = {**ENGLISH, "sign": {"urine": ["nappy worries"], "faint": ["weak"]}}
    heard = read("hot 38.5. no cough. nappy worries. " + PAD + "weak", lexicon(lists))
    assert (heard.denied, heard.measured) == (("cough",), ("38.5",))
    assert (heard.sign, heard.proposed) == ("urine", ("hot",))
    assert heard.temperatures.celsius == decimals("38.5")


def test_a_message_of_just_one_piece_may_be_a_name() -> None:
    """A longer one is none, whatever it begins with."""
    words = lexicon(names={"hot": "finding:hot"})
    assert read("hot".ljust(LONGEST), words).finding == "hot"
    assert read("hot".ljust(LONGEST + 1), words).finding == ""


@pytest.mark.parametrize(
    ("first", "last", "unclear"),
    [("44", "x", True), ("x", "44", True), ("x", "x", False), ("44", "38", False)],
)
def test_a_long_message_is_unclear_when_no_piece_tells(
    first: str, last: str, unclear: bool
) -> None:
    """A reading in any piece clears the rest."""
    assert read(first.ljust(LONGEST) + last).temperatures.unclear is unclear


@pytest.mark.parametrize(
    ("first", "last", "alone"), [("44", "38", True), ("x", "38", False), ("38", "x", False)]
)
def test_a_long_message_is_numbers_alone_when_each_piece_is(
    first: str, last: str, alone: bool
) -> None:
    """One word anywhere is enough."""
    assert read(first.ljust(LONGEST) + last).temperatures.alone is alone


def test_what_no_store_can_keep_is_left_out() -> None:
    """Nulls and half characters part no words."""
    assert read("h\0o\ud800t").proposed == ("hot",)


CHATTER = st.lists(st.sampled_from("well so today mum at night".split()), max_size=6).map(" ".join)
SENTENCES = ["he was hot", "no cough", "vomited 3 times", "temperature 38.5", "fainted", "well"]


@given(st.sampled_from(SENTENCES), CHATTER, CHATTER)
def test_chatter_around_changes_nothing(sentence: str, before: str, after: str) -> None:
    """Neither do capitals, nor digits of another script."""
    plain = read(sentence)
    eastern = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
    for written in (
        f"{before}. {sentence}. {after}",
        sentence.upper(),
        sentence.translate(eastern),
    ):
        heard = read(written)
        assert (heard.proposed, heard.denied) == (plain.proposed, plain.denied)
        assert heard.temperatures.celsius == plain.temperatures.celsius


@given(st.text(max_size=80) | st.text("hot no 38.5,½⁵/\0\ud800\n", max_size=60))
def test_any_text_is_read_and_read_again_alike(written: str) -> None:
    """Each piece of evidence stands in the message, and what is proposed has some."""
    heard = read(written)
    assert heard == read(written)
    assert {one.finding for one in heard.evidence} >= set(heard.proposed)
    assert not set(heard.denied) & set(heard.proposed)


def test_nothing_is_said_by_an_empty_lexicon() -> None:
    """Numbers are read all the same."""
    words = lexicon({}, "", numbers={}, half=(), celsius=(), fahrenheit=(), alphabets={})
    heard = read("hot 38.5", words)
    assert (heard.proposed, heard.temperatures.celsius) == ((), (Decimal("38.5"),))
    assert SMALL.named("!!!") == ""
