"""Wordings examined: each fault that a catalogue can have is named, by language and id."""

from pathlib import Path

import pytest

from bot.texts import Texts
from bot.wording import placeholders, script, wording_issues
from tests.bot.words import Wordings, catalogues

EN: Wordings = {"call": "Call {phone} now", "wait": ("{n} minute", "{n} minutes")}
HE: Wordings = {"call": "חייגו {phone} עכשיו", "wait": ("דקה", "{n} דקות")}


def issues(folder: Path, en: Wordings, he: Wordings, *named: str) -> list[str]:
    """What is wrong with these two languages, where code names these texts and EN's."""
    texts = Texts(dict.fromkeys(("call", "wait", *named), False), frozenset())
    found = wording_issues(catalogues(en=en, he=he), texts, folder)
    return [line for line in found if ": screen." not in line]


def test_whole_catalogues_have_no_issue(tmp_path: Path) -> None:
    """Both languages whole: nothing to say."""
    assert issues(tmp_path, EN, HE) == []


@pytest.mark.parametrize(
    ("faulty", "line"),
    [
        ({"call": ""}, "he: call: has no wording"),
        ({"call": "Ring {phone}"}, "he: call: no letter of its script in 'Ring {phone}'"),
        ({"call": "Call {phone} now"}, "he: call: the same as its source"),
        ({"call": "חייגו"}, "he: call: {phone} is missing"),
        ({"call": "חייגו {phone} {now}"}, "he: call: {now} is not in its source"),
        ({"call": "חייגו {phone.real}"}, "he: call: braces: {phone.real} is not a plain name"),
        ({("he", "call"): "חייג"}, "he: call (he): {phone} is missing"),
        ({("him", "call"): "חייג {phone}"}, "he: call (him): the context is none of he, she,"),
        ({"gone": "שלום"}, "he: gone: no code names it"),
        ({"call": "חייגו \u2068{phone}\u2069"}, "he: call: holds a direction control"),
    ],
)
def test_each_fault_is_named(tmp_path: Path, faulty: Wordings, line: str) -> None:
    """One line with the language, the id, and what is wrong."""
    assert any(found.startswith(line) for found in issues(tmp_path, EN, {**HE, **faulty}))


def test_a_text_that_only_code_knows_is_missing_in_every_language(tmp_path: Path) -> None:
    """A new id is asked for in English first, and in each other language."""
    found = issues(tmp_path, EN, HE, "brand.new")
    assert found == ["en: brand.new: has no wording", "he: brand.new: has no wording"]


def test_a_label_has_at_most_24_characters(tmp_path: Path) -> None:
    """A label fits its button in every language."""
    labels: Wordings = {"finding.x.label": "x" * 25, "sign.y.label": "y" * 24}
    found = issues(tmp_path, {**EN, **labels}, HE, "finding.x.label", "sign.y.label")
    assert "en: finding.x.label: 25 characters; a label has at most 24" in found
    assert not any("sign.y" in line and "characters" in line for line in found)


def test_an_exception_is_excused_by_name(tmp_path: Path) -> None:
    """A wording without letters passes where the exceptions list it with a reason."""
    en, he = {**EN, "pair": "{a}: {b}"}, {**HE, "pair": "{a}: {b}"}
    assert len(issues(tmp_path, en, he, "pair")) == 3
    (tmp_path / "exceptions.toml").write_text('pair = "two values"\n', encoding="utf-8")
    assert issues(tmp_path, en, he, "pair") == []


def test_the_patient_may_be_said_or_not(tmp_path: Path) -> None:
    """{patient} is there for every text, so a language may do without it."""
    assert issues(tmp_path, EN, {**HE, "call": "{patient}: חייגו {phone}"}) == []


def test_placeholders_are_plain_names() -> None:
    """Names are found; a lone brace is refused."""
    assert placeholders("{a} and {b}, {a}") == {"a", "b"}
    with pytest.raises(ValueError):
        placeholders("a { b")


@pytest.mark.parametrize(
    ("language", "letters"),
    [("en", "LATIN"), ("he", "HEBREW"), ("ar", "ARABIC"), ("ru", "CYRILLIC"), ("uk", "CYRILLIC")],
)
def test_every_language_of_the_health_system_has_its_script(language: str, letters: str) -> None:
    """Hebrew, Arabic, Russian, Ukrainian and English."""
    assert script(language) == letters
