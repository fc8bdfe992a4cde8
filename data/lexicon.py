"""The words families type: every label of a sign or finding, and what people say instead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from data.catalogue import Catalogues
from data.refusal import Table, read_table
from flows.aside import COMMANDS
from flows.protocol import Protocol
from flows.understanding.lexicon import Lexicon, fold

NAMED = ("finding", "sign", "command")
"""What a typed name can stand for; where two share a name, the first of these has it."""
BUTTONS = ("choice", "home", "setup")
"""The texts whose words may be typed instead of tapped, where they are on offer."""
NUMBER_WORDS = ("half", "celsius", "fahrenheit")


def read_lexicon(locales: Path, catalogues: Catalogues, protocol: Protocol) -> Lexicon:
    """The words of all languages together; ContentRefused when a signs.toml is not right."""
    known: Mapping[str, Mapping[str, object]] = {
        "finding": protocol.findings,
        "sign": protocol.signs,
        "command": dict.fromkeys(COMMANDS),
    }
    tables = [_read(locales / language / "signs.toml") for language in catalogues.languages]
    names: dict[str, str] = {}
    for what in NAMED:
        for table in tables:
            for phrase, id in _phrases(table, what, known[what]):
                names.setdefault(fold(phrase), f"{what}:{id}")
        for phrase, id in _labels(catalogues, what):
            names.setdefault(fold(phrase), f"{what}:{id}")
    names.pop("", None)
    words = {key: _words(tables, key) for key in NUMBER_WORDS}
    return Lexicon(names, _buttons(catalogues), **words)


def _read(path: Path) -> Table:
    """A language's own words; a language without any speaks by its labels alone."""
    if not path.exists():
        return Table(path.name, {})
    table = read_table(path)
    table.only(*NUMBER_WORDS, *NAMED)
    return table


def _phrases(table: Table, what: str, known: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    if what not in table.values:
        return
    named = table.table(what)
    named.only(*known)
    for id in named.values:
        for phrase in named.get(id, list):
            yield str(phrase), id


def _labels(catalogues: Catalogues, what: str) -> Iterator[tuple[str, str]]:
    """What the buttons say: ``finding.jaundice.label`` and its like, in every form."""
    for language in catalogues.languages:
        for wording in catalogues.wordings(language):
            parts = wording.id.split(".")
            if len(parts) == 3 and parts[0] == what and parts[2] == "label":
                yield from ((form, parts[1]) for form in wording.forms)


def _buttons(catalogues: Catalogues) -> dict[str, frozenset[str]]:
    """What the plain buttons say, in every language: "yes" -> ``choice.yes``."""
    said: dict[str, set[str]] = {}
    for language in catalogues.languages:
        for wording in catalogues.wordings(language):
            if wording.id.partition(".")[0] in BUTTONS:
                for form in wording.forms:
                    said.setdefault(fold(form), set()).add(wording.id)
    return {phrase: frozenset(ids) for phrase, ids in said.items() if phrase}


def _words(tables: list[Table], key: str) -> tuple[str, ...]:
    words = (fold(str(word)) for table in tables for word in table.get(key, list, []))
    return tuple(dict.fromkeys(filter(None, words)))
