"""The words families type: every label of a sign or finding, and what people say instead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from data.catalogue import Catalogues
from data.refusal import Table, read_table
from flows.aside import COMMANDS
from flows.protocol import Protocol
from flows.understanding.letter import fold, fold_word
from flows.understanding.lexicon import Lexicon
from flows.understanding.phrase import Groups, Phrase, PhraseRefused, is_plain, read_phrase
from flows.understanding.phrasebook import Phrasebook
from flows.understanding.read import FINDING, IDIOM, MEASURE, SIGN, THERMOMETER, TOPIC
from flows.understanding.rewriting import KEYS, Latin, Layout
from flows.understanding.scope import ROLES

WORDS = "signs.toml"
NAMED = (FINDING, SIGN, "command")
"""What a typed name can stand for; where two share a name, the first of these has it."""
BUTTONS = ("choice", "home", "setup")
"""The texts whose words may be typed instead of tapped, where they are on offer."""
NUMBER_WORDS = ("half", "celsius", "fahrenheit", "point", "joiner")
OPENS = "opens"
"""Phrases within a message that open a sign's screen; its plain names do so alone only."""
SECTIONS = (
    *NUMBER_WORDS, *NAMED, OPENS, MEASURE, IDIOM, THERMOMETER,
    "scope", "group", "number", "letters", "latin", "common", "plain",
)  # fmt: skip


@dataclass(frozen=True)
class Tongue:
    """One language's words."""

    language: str
    table: Table
    phrases: tuple[Phrase, ...]
    names: tuple[tuple[str, str, str], ...]
    """What is named, its id, and the name."""
    common: frozenset[str]
    """Everyday words, folded."""

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every whole word that the language is known by."""
        said = (word for phrase in self.phrases for atom in phrase.atoms for word in atom.words)
        names = (word for _, _, name in self.names for word in fold(name).split())
        return frozenset(said).union(names, self.common)

    @cached_property
    def stems(self) -> frozenset[str]:
        """Every beginning of words in its phrases."""
        return frozenset(s for phrase in self.phrases for atom in phrase.atoms for s in atom.stems)


def read_lexicon(locales: Path, catalogues: Catalogues, protocol: Protocol) -> Lexicon:
    """The words of all languages together; ContentRefused when a signs.toml is not right."""
    tongues = [read_tongue(path, protocol) for path in sorted(locales.glob(f"*/{WORDS}"))]
    labels = [(what, id, form) for what in NAMED for id, form in _labels(catalogues, what)]
    words = {key: _words(tongues, key) for key in NUMBER_WORDS}
    return Lexicon(
        names=_names(tongues, labels),
        labels=_buttons(catalogues),
        numbers=_numbers(tongues),
        book=Phrasebook(
            (*(p for tongue in tongues for p in tongue.phrases), *_label_phrases(labels))
        ),
        spoken=_by_language((tongue, tongue.vocabulary) for tongue in tongues),
        begun=_by_language((tongue, tongue.stems) for tongue in tongues),
        plain=frozenset(_folded(tongues, "plain")),
        respelled=_respelled(tongues),
        prefixes=tuple(sorted(_prefixes(tongues), key=lambda prefix: (-len(prefix), prefix))),
        alphabets={
            tongue.language: frozenset(_letters(tongue).text("alphabet", "")) for tongue in tongues
        },
        latins=tuple(_latins(tongues)),
        layouts=tuple(_layouts(tongues)),
        **words,
    )


def read_tongue(path: Path, protocol: Protocol) -> Tongue:
    """One language's words; ContentRefused names the key."""
    table = read_table(path, f"{path.parent.name}/{path.name}")
    table.only(*SECTIONS)
    known: Mapping[str, Iterable[str]] = {
        FINDING: protocol.findings,
        SIGN: protocol.signs,
        OPENS: protocol.signs,
        "command": COMMANDS,
        MEASURE: {row.said for row in protocol.measures},
        "scope": ROLES,
    }
    groups = Groups({id: tuple(map(str, words)) for _, id, words in _lists(table, "group", None)})
    lines = [
        (kind, id, str(line))
        for kind in known
        for _, id, said in _lists(table, kind, known[kind])
        for line in said
    ]
    lines += [
        (kind, "", str(line)) for kind in (IDIOM, THERMOMETER) for line in table.get(kind, list, [])
    ]
    return Tongue(
        language=path.parent.name,
        table=table,
        phrases=tuple(p for line in lines for p in _phrases(table, path.parent.name, line, groups)),
        names=tuple(
            (kind, id, said) for kind, id, said in lines if kind in NAMED and is_plain(said)
        ),
        common=frozenset(fold_word(str(word)) for word in table.get("common", list, [])),
    )


def _lists(
    table: Table, key: str, known: Iterable[str] | None
) -> Iterator[tuple[str, str, list[object]]]:
    if key not in table.values:
        return
    named = table.table(key)
    if known is not None:
        named.only(*known)
    for id in named.values:
        yield key, id, named.get(id, list)


def _phrases(
    table: Table, language: str, line: tuple[str, str, str], groups: Groups
) -> tuple[Phrase, ...]:
    """What a line of a section says; plain names of signs and commands count alone only."""
    kind, id, said = line
    if kind == "command":
        return ()
    role, what = (id, "") if kind == "scope" else (_ROLES.get(kind, kind), id)
    try:
        return read_phrase(role, what, said, groups, language)
    except PhraseRefused as refused:
        raise table.refused(f"{kind}.{id}" if id else kind, str(refused)) from None


_ROLES = {SIGN: TOPIC, OPENS: SIGN}
"""The roles of sections that are called otherwise in the file."""


def _names(tongues: list[Tongue], labels: list[tuple[str, str, str]]) -> dict[str, str]:
    names: dict[str, str] = {}
    for what in NAMED:
        listed = (name for tongue in tongues for name in tongue.names)
        for kind, id, said in (*listed, *labels):
            if kind == what:
                names.setdefault(fold(said), f"{what}:{id}")
    names.pop("", None)
    return names


def _labels(catalogues: Catalogues, what: str) -> Iterator[tuple[str, str]]:
    """What the buttons say: ``finding.jaundice.label`` and its like, in every form."""
    for language in catalogues.languages:
        for wording in catalogues.wordings(language):
            parts = wording.id.split(".")
            if len(parts) == 3 and parts[0] == what and parts[2] == "label":
                yield from ((parts[1], form) for form in wording.forms)


def _label_phrases(labels: list[tuple[str, str, str]]) -> Iterator[Phrase]:
    """A finding's label says it within a message too."""
    for kind, id, form in labels:
        plain = " ".join(fold(form).split())
        if kind == FINDING and " " in plain:
            yield from read_phrase(FINDING, id, plain.replace("+", " "), {})


def _buttons(catalogues: Catalogues) -> dict[str, frozenset[str]]:
    """What the plain buttons say, in every language: "yes" -> ``choice.yes``."""
    said: dict[str, set[str]] = {}
    for language in catalogues.languages:
        for wording in catalogues.wordings(language):
            if wording.id.partition(".")[0] in BUTTONS:
                for form in wording.forms:
                    said.setdefault(fold(form), set()).add(wording.id)
    return {phrase: frozenset(ids) for phrase, ids in said.items() if phrase}


def _words(tongues: list[Tongue], key: str) -> tuple[str, ...]:
    words = (fold(str(word)) for tongue in tongues for word in tongue.table.get(key, list, []))
    return tuple(dict.fromkeys(filter(None, words)))


def _folded(tongues: list[Tongue], key: str) -> Iterator[str]:
    return (fold_word(str(w)) for tongue in tongues for w in tongue.table.get(key, list, []))


def _numbers(tongues: list[Tongue]) -> dict[str, int]:
    """Number words, under the number that each says."""
    found: dict[str, int] = {}
    for tongue in tongues:
        for _, number, words in _lists(tongue.table, "number", None):
            if not number.isdecimal():
                raise tongue.table.refused(f"number.{number}", "must be a whole number")
            found.update({fold_word(str(word)): int(number) for word in words})
    return found


def _by_language(listed: Iterable[tuple[Tongue, Iterable[str]]]) -> dict[str, frozenset[str]]:
    """Word -> the languages that list it."""
    found: dict[str, set[str]] = {}
    for tongue, words in listed:
        for word in words:
            found.setdefault(word, set()).add(tongue.language)
    return {word: frozenset(languages) for word, languages in found.items()}


def _letters(tongue: Tongue) -> Table:
    if "letters" not in tongue.table.values:
        return Table(WORDS, {})
    letters = tongue.table.table("letters")
    letters.only("alphabet", "prefixes", "layout", "respelled")
    return letters


def _respelled(tongues: list[Tongue]) -> dict[str, int]:
    """Where a language asks for longer words, each of its letters does."""
    found: dict[str, int] = {}
    for tongue in tongues:
        letters = _letters(tongue)
        if "respelled" in letters.values:
            least = letters.get("respelled", int)
            found |= dict.fromkeys(fold_word(letters.text("alphabet", "")), least)
    return found


def _prefixes(tongues: list[Tongue]) -> set[str]:
    return {
        fold_word(str(p)) for tongue in tongues for p in _letters(tongue).get("prefixes", list, [])
    }


def _layouts(tongues: list[Tongue]) -> Iterator[Layout]:
    for tongue in tongues:
        letters = _letters(tongue).text("layout", "")
        if letters and len(letters) != len(KEYS):
            raise tongue.table.refused("letters.layout", f"must have {len(KEYS)} keys: {KEYS}")
        if letters:
            yield Layout(tongue.language, letters)


def _latins(tongues: list[Tongue]) -> Iterator[Latin]:
    for tongue in tongues:
        if "latin" not in tongue.table.values:
            continue
        latin = tongue.table.table("latin")
        latin.only("letters", "alike", "silent")
        alike, silent = latin.get("alike", dict, {}), latin.text("silent", "")
        alike = {fold_word(str(one)): str(other) for one, other in alike.items()}
        yield Latin(
            tongue.language,
            letters={str(k): str(v) for k, v in latin.get("letters", dict).items()},
            alike=alike,
            silent=silent,
            native_words=frozenset(w for w in tongue.vocabulary if not w.isascii()),
            native_stems=frozenset(s for s in tongue.stems if not s.isascii()),
        )
