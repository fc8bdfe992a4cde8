"""Numbers said in words, and what belongs to a number: its half, its tenths, its unit."""

from __future__ import annotations

from decimal import Decimal

import pytest

from flows.understanding.numeral import count, starts
from flows.understanding.word import Word, split
from tests.flows.understanding.small import NUMBERS, SMALL, lexicon

ARABIC = lexicon(
    numbers={"تمانيه": 8, "تلاتين": 30, "خمسه": 5, "ميه": 100},
    prefixes=("و",),
    half=("ونص",),
    joiner=("و",),
    celsius=("درجه",),
)


def counted(written: str) -> list[Word]:
    """The words of a message with its numbers made one."""
    return list(count(split(written), SMALL))


def numbers(written: str) -> list[str]:
    """The numbers of a message."""
    return [str(word.number) for word in counted(written) if word.number is not None]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("thirty", ["30"]),
        ("thirty eight", ["38"]),
        ("thirty one", ["31"]),
        ("thirty nine", ["39"]),
        ("thirty-eight", ["38"]),
        ("thirty and eight", ["38"]),
        ("thirty ten", ["30", "10"]),
        ("thirty twenty", ["30", "20"]),
        ("thirty zero", ["30", "0"]),
        ("ten eight", ["10", "8"]),
        ("eight", ["8"]),
        ("eight ten", ["18"]),
        ("zero ten", ["0", "10"]),
        ("thirty, eight", ["30", "8"]),
        ("thirty. eight", ["30", "8"]),
        ("thirty well", ["30"]),
        ("thirty and well", ["30"]),
        ("well and thirty", ["30"]),
        ("thirty and", ["30"]),
    ],
)
def test_tens_and_units_make_one_number(written: str, expected: list[str]) -> None:
    """A unit from one to nine right after the tens belongs to them; nothing else does."""
    assert numbers(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("eight and thirty", ["38"]),
        ("eight thirty", ["8", "30"]),
        ("zero and thirty", ["0", "30"]),
        ("eight and five", ["8", "5"]),
        ("eight and ten", ["8", "10"]),
        ("eight and hundred", ["8", "100"]),
    ],
)
def test_a_unit_before_its_tens_needs_an_and(written: str, expected: list[str]) -> None:
    """Eight and thirty is 38; eight thirty is a time of day, or two numbers."""
    assert numbers(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("hundred", ["100"]),
        ("hundred two", ["102"]),
        ("hundred and two", ["102"]),
        ("hundred ten", ["110"]),
        ("hundred thirty", ["130"]),
        ("hundred and thirty eight", ["138"]),
        ("hundred and thirty and eight", ["138"]),
        ("hundred hundred", ["100", "100"]),
        ("hundred eight and thirty", ["108", "30"]),
        ("hundred ten eight", ["110", "8"]),
        ("two hundred", ["2", "100"]),
        ("hundred, two", ["100", "2"]),
        ("hundred well", ["100"]),
    ],
)
def test_a_hundred_takes_what_is_less(written: str, expected: list[str]) -> None:
    """Readings in Fahrenheit are said so; no thermometer shows two hundred."""
    assert numbers(written) == expected


def test_digits_are_no_part_of_a_number_in_words() -> None:
    """Thirty 8 is two numbers, of which the second may be a tenth of the first."""
    thirty, eight = counted("thirty 8")
    assert [thirty.number, thirty.loose, eight.number] == [Decimal(30), Decimal("30.8"), Decimal(8)]
    assert (thirty.text, eight.text) == ("thirty", "8")


def test_a_number_knows_its_words() -> None:
    """Its text is the number, its place all the words that said it."""
    (word, well) = counted("thirty and eight well")
    assert (word.text, word.at, word.end) == ("38", 0, 16)
    assert (well.text, well.number) == ("well", None)
    (half,) = counted("38 and a half degrees celsius")
    assert (half.text, half.at, half.end, half.unit) == ("38.5", 0, 29, "c")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("38 and a half", ["38.5"]),
        ("38½", ["38.5"]),
        ("thirty eight and a half", ["38.5"]),
        ("2 and a half", ["2.5"]),
        ("38 and a", ["38"]),
        ("38, and a half", ["38"]),
        ("38.4 and a half", ["38.4"]),
        ("37/39 ½", ["37"]),
        ("38 c and a half", ["38.5"]),
        ("38 degrees f ½", ["38.5"]),
        ("38 c well ½", ["38"]),
    ],
)
def test_a_half_belongs_to_the_whole_number_before_it(written: str, expected: list[str]) -> None:
    """Before its unit or after; never to a number that has its tenths, or to one of a pair."""
    assert numbers(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("38 point 5", ["38.5"]),
        ("38 point five", ["38.5"]),
        ("thirty eight point zero", ["38"]),
        ("10 point 2", ["10.2"]),
        ("9 point 2", ["9", "2"]),
        ("38 point 12", ["38", "12"]),
        ("38 point ten", ["38", "10"]),
        ("38 point 9.5", ["38", "9.5"]),
        ("38 point, 5", ["38", "5"]),
        ("38 point 5/10", ["38.5", "10"]),
        ("38 point 50/10", ["38", "50"]),
        ("38 point well", ["38"]),
        ("38 point", ["38"]),
        ("38.2 point 5", ["38.2", "5"]),
        ("38 point 5 and a half", ["38.5"]),
    ],
)
def test_a_point_joins_a_number_and_its_tenths(written: str, expected: list[str]) -> None:
    """One digit after the word is the tenths; the numbers below ten have none."""
    assert numbers(written) == expected


def test_tenths_take_their_words_with_them() -> None:
    """The place of 38.5 ends with its tenths, and the words after it are still there."""
    number, well = counted("38 point five well")
    assert (number.text, number.at, number.end, number.loose) == ("38.5", 0, 13, None)
    assert well.text == "well"


@pytest.mark.parametrize(
    ("written", "loose"),
    [
        ("38 5", "38.5"),
        ("38 and 5", "38.5"),
        ("38 and five", "38.5"),
        ("thirty eight five", "38.5"),
        ("thirty eight and five", "38.5"),
        ("10 5", "10.5"),
        ("100 4", "100.4"),
        ("38 0", "38.0"),
        ("38 9", "38.9"),
        ("9 5", None),
        ("38, 55", None),
        ("38 55", None),
        ("38 well", None),
        ("38. well", None),
        ("38.1 5", None),
        ("38 and", None),
    ],
)
def test_a_digit_beside_a_number_may_be_its_tenths(written: str, loose: str | None) -> None:
    """A gap or an "and" leaves both meanings open, and no word is taken away."""
    first = counted(written)[0]
    assert first.loose == (None if loose is None else Decimal(loose))
    assert len(counted(written)) > 1


def test_a_pair_has_neither_tenths_nor_unit() -> None:
    """80/50 stays as it is, whatever follows."""
    pair = counted("80/50 5 c")[0]
    assert (pair.number, pair.over) == (Decimal(80), Decimal(50))
    assert (pair.loose, pair.unit) == (None, "")
    assert counted("38 40/50")[0].loose is None
    assert counted("38 05/10")[0].loose is None


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("38 c", "c"),
        ("38c", "c"),
        ("38° c", "c"),
        ("38 degrees celsius", "c"),
        ("100 f", "f"),
        ("100 degrees f", "f"),
        ("hundred and two f", "f"),
        ("38, c", ""),
        ("38 well c", ""),
        ("38 degrees", ""),
    ],
)
def test_a_unit_belongs_to_the_number_before_it(written: str, unit: str) -> None:
    """Celsius and Fahrenheit in a word or several, right after the number."""
    assert counted(written)[0].unit == (unit or "")


def test_a_unit_is_no_word_of_its_own() -> None:
    """It is taken into the number, so that nothing else is read in it."""
    assert [word.text for word in counted("38 degrees celsius well")] == ["38", "well"]
    assert [word.end for word in counted("38 degrees celsius well")] == [18, 23]
    assert [word.text for word in counted("38 c ½ well")] == ["38.5", "well"]


def test_numbers_further_on_take_no_more_than_their_own() -> None:
    """What stands before a number and after it stays."""
    said = "he has 38 point five well thirty eight c and a half so"
    words = counted(said)
    assert [word.text for word in words] == ["he", "has", "38.5", "well", "38.5", "so"]
    assert said[words[2].at : words[2].end] == "38 point five"
    assert said[words[4].at : words[4].end] == "thirty eight c and a half"


def test_fahrenheit_is_looked_for_first() -> None:
    """Where one phrase names both, Fahrenheit is what people spell out."""
    words = lexicon(fahrenheit=("deg",), celsius=("deg",))
    assert count(split("38 deg"), words)[0].unit == "f"


def test_the_longest_phrase_counts() -> None:
    """Of phrases that begin alike the longest is taken, and a comma within ends it."""
    phrases = (("a",), ("a", "b", "c"), ("a", "b"))
    assert starts(split("a b c"), 0, phrases) == 3
    assert starts(split("a b, c"), 0, phrases) == 2
    assert starts(split("a b"), 0, phrases) == 2
    assert starts(split("x a b"), 1, phrases) == 2
    assert starts(split("x, a b"), 1, phrases) == 0
    assert starts(split("b"), 0, phrases) == 0
    assert starts((), 0, phrases) == 0


@pytest.mark.parametrize(
    ("written", "number", "loose"),
    [
        ("ثمانية وثلاثين", "38", None),
        ("ثمانيه و ثلاثين", "38", None),
        ("ثلاثين ونص", "30.5", None),
        ("٣٨ ونص", "38.5", None),
        ("٣٨ وخمسة", "38", "38.5"),
        ("ميه وتلاتين", "130", None),
        ("وثلاثين", "30", None),
    ],
)
def test_arabic_glues_its_and(written: str, number: str, loose: str | None) -> None:
    """Eight and-thirty is 38, and a glued half is a half."""
    first = count(split(written), ARABIC)[0]
    assert first.number == Decimal(number)
    assert first.loose == (None if loose is None else Decimal(loose))


def test_a_unit_before_tens_without_its_and_is_two_numbers() -> None:
    """In Arabic as elsewhere."""
    assert [w.number for w in count(split("ثمانية ثلاثين"), ARABIC)] == [8, 30]


def test_a_number_word_may_have_its_and_glued_or_not() -> None:
    """The word itself is a number first; only where it is not one is a prefix taken off."""
    words = lexicon(numbers=NUMBERS | {"andthirty": 31}, prefixes=("and", "so"))
    assert (words.number("thirty"), words.joins("thirty")) == (30, False)
    assert (words.number("andeight"), words.joins("andeight")) == (8, True)
    assert (words.number("andthirty"), words.joins("andthirty")) == (31, False)
    assert (words.number("andwell"), words.joins("andwell")) == (None, False)
    assert (words.number("well"), words.joins("well")) == (None, False)
