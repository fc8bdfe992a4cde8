"""The words families type, read from a file a language, and every refusal of one."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.folder import CONTENT, PROTOCOL
from data.lexicon import WORDS, Tongue, read_lexicon, read_tongue
from data.protocol import read_protocol
from data.refusal import ContentRefused
from flows.understanding import Understood, understand
from flows.understanding.lexicon import Lexicon
from flows.understanding.rewriting import KEYS, Layout
from flows.understanding.scope import ROLES
from tests.bot.words import catalogues

KNOWN = read_protocol(CONTENT / PROTOCOL)
TEXTS = catalogues(
    en={
        "finding.jaundice.label": "Yellow skin + eyes",
        "finding.fit.label": "Fit",
        "finding.fit.means": "Shaking all over.",
        "sign.urine.label": "Urine",
        "choice.yes": "Yes!",
        "home.something": "Yes",
        "setup.none": "...",
        "screen.no": "No",
    },
    he={"finding.jaundice.label": "עור או עיניים צהובים", "choice.yes": "כן"},
)
ENGLISH = """
half = ["and a half", "and a  HALF", ""]
celsius = ["C"]
fahrenheit = ["F"]
point = ["point"]
joiner = ["and"]
idiom = ["yellow card"]
thermometer = ["fever"]
common = ["Today", "the"]
plain = ["Blooded"]

[number]
30 = ["thirty"]
8 = ["eight", "Acht"]

[group]
grey = ["grey", "gray"]

[command]
help = ["help me", "what*"]

[sign]
fever = ["fever", "very hot"]
urine = ["pee|wee"]

[opens]
liver = ["belly worries"]

[finding]
jaundice = ["yellow .. eyes", "jaundice", "he is <grey>"]
fit = ["jaundice", "fever", "convuls*"]

[measure]
oxygen = ["oxygen #"]

[scope]
no_before = ["no"]
"""
RUSSIAN = f"""
[finding]
jaundice = ["пожелтел", "желт*", "OK"]

[letters]
alphabet = "абв"
prefixes = ["По", "п"]
respelled = 7
layout = "{"й" * len(KEYS)}"

[latin]
silent = "ь"
[latin.letters]
zh = "ж"
e = "е"
l = "л"
t = "т"
[latin.alike]
"Ы" = "и"
"""


def folder(tmp_path: Path, **languages: str) -> Path:
    """A folder of languages, each with its words."""
    for language, content in languages.items():
        (tmp_path / language).mkdir()
        (tmp_path / language / WORDS).write_text(content, encoding="utf-8")
    return tmp_path


@pytest.fixture
def words(tmp_path: Path) -> Lexicon:
    """The two small files above, read together."""
    return read_lexicon(folder(tmp_path, en=ENGLISH, ru=RUSSIAN), TEXTS, KNOWN)


def tongue_of(tmp_path: Path, content: str) -> Tongue:
    """One language's words."""
    return read_tongue(folder(tmp_path, en=content) / "en" / WORDS, KNOWN)


def heard(written: str, words: Lexicon) -> Understood:
    """What they make of a message."""
    return understand(written, words, KNOWN)


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("Yellow skin + eyes", "finding:jaundice"),
        ("  yellow SKIN + eyes! ", "finding:jaundice"),
        ("עור או עיניים צהובים", "finding:jaundice"),
        ("jaundice", "finding:jaundice"),
        ("fit", "finding:fit"),
        ("fever", "finding:fit"),
        ("very hot", "sign:fever"),
        ("urine", "sign:urine"),
        ("help me", "command:help"),
        ("what*", ""),
        ("pee", ""),
        ("belly worries", ""),
        ("shaking all over", ""),
        ("hello there", ""),
        ("...", ""),
    ],
)
def test_labels_and_plain_names_are_understood(typed: str, named: str, words: Lexicon) -> None:
    """A button's label and a plain phrase name the thing in any language; of two that share a
    name the finding has it, and of two findings the first."""
    assert words.named(typed) == named


def test_words_around_numbers_are_read(words: Lexicon) -> None:
    """Folded, each once, empty ones left out."""
    assert (words.half, words.celsius, words.fahrenheit) == (("and a half",), ("c",), ("f",))
    assert (words.point, words.joiner) == (("point",), ("and",))
    assert words.numbers == {"thirty": 30, "eight": 8, "acht": 8}


def test_buttons_are_read_from_the_catalogues(words: Lexicon) -> None:
    """The plain ones, folded, in every language; what says no word is left out."""
    assert words.labels == {
        "yes": frozenset({"choice.yes", "home.something"}),
        "כנ": frozenset({"choice.yes"}),
    }


@pytest.mark.parametrize(
    ("written", "proposed", "sign", "topic"),
    [
        ("well yellow in the eyes", ("jaundice",), "", ""),
        ("well jaundice", ("jaundice", "fit"), "", ""),
        ("he is gray", ("jaundice",), "", ""),
        ("well convulsing", ("fit",), "", ""),
        ("my yellow skin eyes", ("jaundice",), "", ""),
        ("a fit", (), "", ""),
        ("my wee today", (), "", "urine"),
        ("well belly worries", (), "liver", ""),
        ("oxygen 88", ("oxygen_low",), "", ""),
        ("no convulsion", (), "", ""),
        ("yellow card eyes", (), "", ""),
        ("help me", (), "", ""),
        ("сильно пожелтел", ("jaundice",), "", ""),
    ],
)
def test_phrases_of_each_section_say_what_it_is_for(
    written: str, proposed: tuple[str, ...], sign: str, topic: str, words: Lexicon
) -> None:
    """Findings, topics, screens to open, measures, idioms; a label of one word only alone."""
    got = heard(written, words)
    assert (got.proposed, got.sign, got.topic) == (proposed, sign, topic)


def test_marks_of_meaning_are_read(words: Lexicon) -> None:
    """A "no" denies, and the word for the temperature makes a reading sure."""
    assert heard("no convulsion", words).denied == ("fit",)
    assert heard("fever 39", words).temperatures.sure
    assert not heard("well 39", words).temperatures.sure


def test_everyday_words_are_known_by_their_language(words: Lexicon) -> None:
    """Those listed, and those of phrases and names, folded."""
    assert words.spoken["today"] == {"en"}
    assert words.spoken["gray"] == {"en"}
    assert words.spoken["me"] == {"en"}
    assert words.spoken["ok"] == {"ru"}
    assert "convuls" not in words.spoken
    assert words.plain == {"blooded"}


def test_letters_are_read(words: Lexicon) -> None:
    """The alphabet, prefixes with the longest first, and the keyboard."""
    assert words.alphabets == {"en": frozenset(), "ru": frozenset("абв")}
    assert words.prefixes == ("по", "п")
    assert words.layouts == (Layout("ru", "й" * len(KEYS)),)
    assert words.respelled == {"а": 7, "б": 7, "в": 7}


def test_latin_letters_are_read(words: Lexicon) -> None:
    """Known words and beginnings in the language's own letters, under their key."""
    (latin,) = words.latins
    assert (latin.language, latin.silent, latin.alike) == ("ru", "ь", {"и": "и"})
    assert latin.letters == {"zh": "ж", "e": "е", "l": "л", "t": "т"}
    assert latin.words == {"пожелтел": frozenset({"пожелтел"})}
    assert latin.stems == {"желт": frozenset({"желт"})}


def test_a_tongue_knows_its_words(tmp_path: Path) -> None:
    """Whole words and beginnings apart."""
    tongue = tongue_of(tmp_path, '[finding]\nfit = ["a fit*", "seizure"]')
    assert tongue.language == "en"
    assert tongue.vocabulary == {"a", "seizure"}
    assert tongue.stems == {"fit"}


def test_files_may_lack_every_section(tmp_path: Path) -> None:
    """And a folder every file."""
    empty = read_lexicon(folder(tmp_path, en=""), TEXTS, KNOWN)
    assert (empty.half, empty.numbers, empty.layouts, empty.latins) == ((), {}, (), ())
    assert read_lexicon(tmp_path / "none", TEXTS, KNOWN).alphabets == {}


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("half = ", "en/signs.toml: Invalid value"),
        (
            '[findings]\njaundice = ["yellow"]',
            "en/signs.toml: findings: unknown key; known",
        ),
        ('[finding]\njaundise = ["yellow"]', "en/signs.toml: finding.jaundise: unknown key; known"),
        ('[sign]\nfevers = ["hot"]', "en/signs.toml: sign.fevers: unknown key"),
        ('[opens]\nfevers = ["hot"]', "en/signs.toml: opens.fevers: unknown key"),
        ('[command]\nfly = ["fly"]', "en/signs.toml: command.fly: unknown key"),
        ('[measure]\nsugar = ["sugar #"]', "en/signs.toml: measure.sugar: unknown key"),
        ('[scope]\nnot = ["not"]', "en/signs.toml: scope.not: unknown key; known are "),
        ('[letters]\nkeys = "abc"', "en/signs.toml: letters.keys: unknown key; known are alphabet"),
        ('[latin]\nloud = "a"', "en/signs.toml: latin.loud: unknown key; known are letters, alike"),
        ('half = "half"', "en/signs.toml: half: must be a list, not 'half'"),
        ('celsius = "c"', "en/signs.toml: celsius: must be a list"),
        ("fahrenheit = 1", "en/signs.toml: fahrenheit: must be a list"),
        ('point = "."', "en/signs.toml: point: must be a list"),
        ('joiner = "and"', "en/signs.toml: joiner: must be a list"),
        ('common = "the"', "en/signs.toml: common: must be a list"),
        ('plain = "the"', "en/signs.toml: plain: must be a list"),
        ('idiom = "the"', "en/signs.toml: idiom: must be a list"),
        ('thermometer = "the"', "en/signs.toml: thermometer: must be a list"),
        ('finding = ["a"]', "en/signs.toml: finding: must be a table"),
        ('[finding]\njaundice = "a"', "en/signs.toml: finding.jaundice: must be a list, not 'a'"),
        ('[scope]\nor = "or"', "en/signs.toml: scope.or: must be a list"),
        ('[group]\ngrey = "grey"', "en/signs.toml: group.grey: must be a list"),
        ("group = []", "en/signs.toml: group: must be a table"),
        ("number = []", "en/signs.toml: number: must be a table"),
        ('[number]\n30 = "thirty"', "en/signs.toml: number.30: must be a list"),
        ('[number]\nthirty = ["30"]', "en/signs.toml: number.thirty: must be a whole number"),
        ('[number]\n"-3" = ["x"]', "en/signs.toml: number.-3: must be a whole number"),
        ("letters = []", "en/signs.toml: letters: must be a table"),
        ("[letters]\nalphabet = []", "en/signs.toml: letters.alphabet: must be a text in quotes"),
        ('[letters]\nprefixes = "a"', "en/signs.toml: letters.prefixes: must be a list"),
        ("[letters]\nlayout = []", "en/signs.toml: letters.layout: must be a text in quotes"),
        (
            '[letters]\nlayout = "abc"',
            f"en/signs.toml: letters.layout: must have {len(KEYS)} keys",
        ),
        ('[letters]\nrespelled = "7"', "en/signs.toml: letters.respelled: must be a whole number"),
        ("[letters]\nrespelled = true", "en/signs.toml: letters.respelled: must be a whole number"),
        ("latin = []", "en/signs.toml: latin: must be a table"),
        ('[latin]\nsilent = "a"', "en/signs.toml: latin.letters: is missing"),
        ("[latin]\nletters = []", "en/signs.toml: latin.letters: must be a table"),
        ("[latin]\nletters = {}\nalike = []", "en/signs.toml: latin.alike: must be a table"),
        ("[latin]\nletters = {}\nsilent = []", "en/signs.toml: latin.silent: must be a text"),
        (
            '[finding]\njaundice = ["<none> skin"]',
            "en/signs.toml: finding.jaundice: '<none> skin' names an unknown group <none>",
        ),
        (
            '[finding]\njaundice = ["a +"]',
            "en/signs.toml: finding.jaundice: 'a +' has an empty",
        ),
        ('[finding]\njaundice = [""]', "en/signs.toml: finding.jaundice: '' has an empty part"),
        ('[sign]\nfever = ["*"]', "en/signs.toml: sign.fever: '*': '*' is no single word"),
        ('[opens]\nfever = ["|"]', "en/signs.toml: opens.fever: '|': '' is no single word"),
        ('[scope]\nor = ["+"]', "en/signs.toml: scope.or: '+' has an empty part"),
        ('[measure]\noxygen = ["+"]', "en/signs.toml: measure.oxygen: '+' has an empty part"),
        ('idiom = ["+"]', "en/signs.toml: idiom: '+' has an empty part"),
        ('thermometer = ["<x>"]', "en/signs.toml: thermometer: '<x>' names an unknown group <x>"),
        (
            '[group]\ng = ["two words"]\n[finding]\nfit = ["<g>"]',
            "en/signs.toml: finding.fit: '<g>': 'two words' is no single word",
        ),
    ],
)
def test_a_slip_is_refused(tmp_path: Path, content: str, why: str) -> None:
    """One line names the file, the key, and what is wrong."""
    with pytest.raises(ContentRefused) as refused:
        read_lexicon(folder(tmp_path, en=content), TEXTS, KNOWN)
    assert str(refused.value).startswith(why)
    assert "\n" not in str(refused.value)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    """As one that is no TOML."""
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / WORDS).write_bytes(b"\xff")
    with pytest.raises(ContentRefused, match=r"signs\.toml: .*utf-8"):
        read_lexicon(tmp_path, TEXTS, KNOWN)


def test_every_section_and_mark_may_be_written(tmp_path: Path) -> None:
    """None of those that are known is refused."""
    marks = "\n".join(f'{role} = ["word"]' for role in ROLES)
    tongue = tongue_of(
        tmp_path, ENGLISH.replace('[scope]\nno_before = ["no"]', f"[scope]\n{marks}")
    )
    assert {phrase.role for phrase in tongue.phrases} >= set(ROLES)
