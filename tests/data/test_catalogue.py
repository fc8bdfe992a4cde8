"""The catalogues: read, compiled, and never the reason that nothing is said."""

from pathlib import Path

import pytest

from data.catalogue import UnreadableCatalogue, read_catalogues, spoken
from data.folder import CONTENT, PROTOCOL
from data.protocol import read_protocol

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
BROKEN = 'msgid "a"\nmsgstr "x"\nwhat is this\n'
PLURAL = HEAD.replace("utf-8", 'utf-8\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);', 1)


def write(
    locales: Path, language: str, body: str, name: str = "family.po", head: str = HEAD
) -> None:
    """One catalogue on disk."""
    folder = locales / language / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(head + body, encoding="utf-8")


def test_the_files_of_a_language_are_one_catalogue(tmp_path: Path) -> None:
    """What stands in any file of a language is found, the source language first."""
    write(tmp_path, "he", 'msgid "a"\nmsgstr "אלף"\n')
    write(tmp_path, "en", 'msgid "a"\nmsgstr "one"\n')
    write(tmp_path, "en", 'msgid "b"\nmsgstr "two"\n', name="other.po")
    read = read_catalogues(None, tmp_path)
    assert read.languages == spoken(tmp_path) == ("en", "he")
    assert [read.find("en", id, [""]) for id in "ab"] == ["one", "two"]
    assert read.find("he", "b", [""]) is None
    assert read.find("fr", "a", [""]) is None


def test_the_first_context_that_is_written_is_found(tmp_path: Path) -> None:
    """Contexts are tried in order; an empty or fuzzy wording is none."""
    write(
        tmp_path,
        "en",
        'msgid "a"\nmsgstr "neutral"\n\nmsgctxt "he"\nmsgid "a"\nmsgstr "his"\n\n'
        'msgctxt "she"\nmsgid "a"\nmsgstr ""\n\n'
        '#, fuzzy\nmsgctxt "you"\nmsgid "a"\nmsgstr "yours"\n',
    )
    read = read_catalogues(None, tmp_path)
    assert read.find("en", "a", ["you", "he", ""]) == "his"
    assert read.find("en", "a", ["she", ""]) == "neutral"


def test_plural_forms_are_chosen_by_the_languages_rule(tmp_path: Path) -> None:
    """One of two forms; a form that is empty is no wording."""
    body = 'msgid "n"\nmsgid_plural "n"\nmsgstr[0] "one"\nmsgstr[1] "many"\n'
    write(tmp_path, "en", body, head=PLURAL)
    write(tmp_path, "he", body.replace('"one"', '""').replace('"many"', '""'), head=PLURAL)
    read = read_catalogues(None, tmp_path)
    assert [read.find("en", "n", [""], n) for n in (1, 2)] == ["one", "many"]
    assert read.find("he", "n", [""], 2) is None


def test_a_broken_translation_costs_only_itself(tmp_path: Path) -> None:
    """A file that cannot be read is reported; its language is still there, to speak English."""
    write(tmp_path, "en", 'msgid "a"\nmsgstr "one"\n')
    write(tmp_path, "he", BROKEN)
    read = read_catalogues(None, tmp_path)
    assert read.languages == ("en", "he")
    assert len(read.broken) == 1
    assert read.broken[0].startswith("he/family.po: ")


def test_a_broken_source_is_refused(tmp_path: Path) -> None:
    """Without English nothing could be said at all."""
    write(tmp_path, "en", BROKEN)
    with pytest.raises(UnreadableCatalogue, match=r"en/family\.po"):
        read_catalogues(None, tmp_path)


def test_the_protocols_own_words_are_english(tmp_path: Path) -> None:
    """Labels and questions of the protocol need no English catalogue, and can have one."""
    write(tmp_path, "en", 'msgid "finding.chills.label"\nmsgstr "Rigors"\n')
    read = read_catalogues(read_protocol(CONTENT / PROTOCOL), tmp_path)
    assert read.find("en", "finding.jaundice.label", [""]) == "Yellow skin or eyes"
    assert read.find("en", "finding.chills.label", [""]) == "Rigors"


def test_countries_and_languages_have_their_names(tmp_path: Path) -> None:
    """The Unicode locale data names them, in every language."""
    write(tmp_path, "en", 'msgid "a"\nmsgstr "one"\n')
    write(tmp_path, "he", 'msgid "a"\nmsgstr "אלף"\n')
    read = read_catalogues(None, tmp_path)
    assert read.find("en", "country.IL", [""]) == "Israel"
    assert read.find("he", "country.IL", [""]) == "ישראל"
    assert read.find("he", "language.name", [""]) == "עברית"
