"""Whether every language has words for all that a family can say."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.vocabulary import vocabulary_issues
from data.folder import CONTENT, PROTOCOL
from data.protocol import read_protocol
from data.refusal import ContentRefused
from flows.protocol import Kind
from flows.understanding.scope import ROLES

CLOFARABINE = read_protocol(CONTENT / PROTOCOL)
SAID = [f.id for f in CLOFARABINE.findings.values() if f.kind is not Kind.temperature]


def written(folder: Path, language: str, *lacking: str) -> None:
    """A language with one word for everything, but for what it lacks."""
    findings = [f'{id} = ["word"]' for id in SAID if id not in lacking]
    marks = [f'{role} = ["mark"]' for role in ROLES if role not in lacking]
    (folder / language).mkdir()
    lines = ["[finding]", *findings, "[scope]", *marks]
    (folder / language / "signs.toml").write_text("\n".join(lines), encoding="utf-8")


def issues(folder: Path, *languages: str) -> list[str]:
    """What is missing."""
    return list(vocabulary_issues(CLOFARABINE, languages, folder))


def test_a_language_with_words_for_all_has_no_issue(tmp_path: Path) -> None:
    """The temperature is a number, and needs no word."""
    written(tmp_path, "en")
    assert issues(tmp_path, "en") == []


def test_what_has_no_words_is_named(tmp_path: Path) -> None:
    """Each finding and each mark of meaning, language by language."""
    written(tmp_path, "en", "jaundice", "no_before")
    written(tmp_path, "he", "or")
    assert issues(tmp_path, "en", "he") == [
        "en/signs.toml: finding.jaundice: has no words",
        "en/signs.toml: scope.no_before: has no words",
        "he/signs.toml: scope.or: has no words",
    ]


def test_every_finding_and_every_mark_is_asked_for(tmp_path: Path) -> None:
    """A file without any words lacks them all."""
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "signs.toml").write_text("", encoding="utf-8")
    assert len(issues(tmp_path, "en")) == len(SAID) + len(ROLES)


def test_a_language_without_words_is_an_issue(tmp_path: Path) -> None:
    """A catalogue whose families would not be understood; words without a catalogue are none."""
    written(tmp_path, "en")
    written(tmp_path, "uk")
    assert issues(tmp_path, "en", "he") == [
        "he: signs.toml is missing: what families type would not be understood"
    ]


def test_words_that_name_a_finding_otherwise_do_not_say_it(tmp_path: Path) -> None:
    """A word that opens a sign's screen, or an idiom, is none for a finding."""
    written(tmp_path, "en", "jaundice")
    with (tmp_path / "en" / "signs.toml").open("a", encoding="utf-8") as file:
        file.write('\n[sign]\nliver = ["yellow"]\n')
    assert issues(tmp_path, "en") == ["en/signs.toml: finding.jaundice: has no words"]


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    """By its key, as when the house starts."""
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "signs.toml").write_text('fever = ["hot"]', encoding="utf-8")
    with pytest.raises(ContentRefused, match="fever: unknown key"):
        issues(tmp_path, "en")
