"""The catalogues brought up to the texts that exist: ``make texts``.

Nothing is guessed and nothing is dated: the same texts always give the same files.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.plurals import get_plural
from babel.messages.pofile import write_po

from bot.extraction import PLURAL
from data.catalogue import SOURCE, domain_files, entries, protocol_texts, read_file, spoken, text_id
from data.folder import CONTENT, LOCALES, PROTOCOL
from data.protocol import read_protocol

ROOT = LOCALES.parent
MAPPING = "babel.cfg"
KEYWORDS = {"text": (1,), PLURAL: (1, 2)}
TEMPLATE = "messages.pot"
WIDTH = 98
"""Columns of a line in a catalogue."""
DOMAINS = (
    ("coordination", ("page.", "desk.", "card.")),
    ("screen", ("screen.", "static.")),
)
"""Which file a text stands in, by how its id begins; all others are the family's."""
OWN = "protocol"
"""The file of the texts that have their English in the protocol itself."""
FAMILY = "family"

Key = tuple[str, str]
"""A text's id and its context."""


@dataclass(frozen=True)
class Texts:
    """The texts that code and content name."""

    plurals: Mapping[str, bool]
    """Id -> whether the code gives it a number to choose a plural by."""
    own: frozenset[str]
    """Those of the protocol."""

    def domain(self, id: str) -> str:
        """The file that a text stands in."""
        if id in self.own:
            return OWN
        return next((name for name, begins in DOMAINS if id.startswith(begins)), FAMILY)


def extract(root: Path = ROOT) -> Texts:
    """Find every text in code and content, as babel.cfg says."""
    with (root / MAPPING).open(encoding="utf-8") as lines:
        methods, options = parse_mapping_cfg(lines)  # type: ignore[no-untyped-call]
    plurals: dict[str, bool] = {}
    own = set()
    for path, _, message, *_ in extract_from_dir(
        root, methods, options, keywords=KEYWORDS, directory_filter=_ours
    ):
        id = message if isinstance(message, str) else message[0]
        plurals[id] = plurals.get(id, False) or not isinstance(message, str)
        if path.endswith(".toml"):
            own.add(id)
    return Texts(plurals, frozenset(own))


def _ours(folder: str | Path) -> bool:
    return not Path(folder).name.startswith((".", "_"))


def stale(root: Path = ROOT) -> dict[Path, bytes | None]:
    """The catalogues that are not as they should be, with what they should hold; None: nothing."""
    wanted = _Catalogues(root).files()
    present = {path for code in spoken(root / LOCALES.name) for path in _files(root, code)}
    gone: dict[Path, bytes | None] = dict.fromkeys(sorted(present - set(wanted)))
    return gone | {path: content for path, content in wanted.items() if _read(path) != content}


def refresh(root: Path = ROOT) -> tuple[Path, ...]:
    """Write every catalogue that is not as it should be; which ones those were."""
    changes = stale(root)
    for path, content in changes.items():
        if content is None:
            path.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    return tuple(changes)


def _files(root: Path, language: str) -> list[Path]:
    return domain_files(root / LOCALES.name, language)


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


class _Catalogues:
    """All catalogues as they should be: every text that exists, once, in order; no other."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._texts = extract(root)
        self._written = {code: self._read(code) for code in spoken(root / LOCALES.name)}
        protocol = read_protocol(root / CONTENT.relative_to(ROOT) / PROTOCOL)
        self._own_words = protocol_texts(protocol)

    def files(self) -> dict[Path, bytes]:
        """Path -> content."""
        locales = self._root / LOCALES.name
        template = (Message(self._id(id)) for id in self._ids())
        files = {locales / TEMPLATE: self._file("", template)}
        for language in self._written:
            for domain, messages in self._by_domain(language).items():
                path = locales / language / "LC_MESSAGES" / f"{domain}.po"
                files[path] = self._file(language, messages)
        return files

    def _read(self, language: str) -> dict[Key, Message]:
        files = [read_file(path, language) for path in _files(self._root, language)]
        return {
            (text_id(message), message.context or ""): message
            for file in files
            for message in entries(file)
        }

    def _ids(self) -> list[str]:
        return sorted(self._texts.plurals)

    def _id(self, id: str) -> str | tuple[str, str]:
        """The msgid: twice where there are plural forms, as the English has it."""
        english = self._written[SOURCE].get((id, ""))
        plural = english.pluralizable if english else self._texts.plurals[id]
        return (id, id) if plural else id

    def _by_domain(self, language: str) -> dict[str, list[Message]]:
        files: dict[str, list[Message]] = defaultdict(list)
        for id in self._ids():
            files[self._texts.domain(id)] += self._wordings(language, id)
        return {domain: messages for domain, messages in files.items() if messages}

    def _wordings(self, language: str, id: str) -> Iterator[Message]:
        """The neutral wording, written or not, and every form that is written."""
        written = self._written[language]
        if (id, "") in written or not (language == SOURCE and id in self._texts.own):
            yield self._message(id, written.get((id, "")))
        for key in sorted(key for key in written if key[0] == id and key[1]):
            yield self._message(id, written[key])

    def _message(self, id: str, written: Message | None) -> Message:
        if written is None:
            return Message(self._id(id))
        return Message(
            self._id(id),
            written.string,
            flags=[flag for flag in written.flags if flag == "fuzzy"],
            user_comments=written.user_comments,
            context=written.context,
        )

    def _english(self, id: str) -> list[str]:
        """What a translator reads beside an id that says nothing by itself."""
        written = self._written[SOURCE].get((id, ""))
        words = written.string if written else self._own_words.get(id, "")
        forms = (words,) if isinstance(words, str) else tuple(words or ())
        return [line for form in forms for line in form.splitlines() if line]

    def _file(self, language: str, messages: Iterable[Message]) -> bytes:
        catalog = Catalog(locale=language or None)
        for message in messages:
            if language != SOURCE:
                message.auto_comments = self._english(text_id(message))
            catalog[message.id] = message
        body = BytesIO()
        write_po(body, catalog, width=WIDTH, omit_header=True)
        return _header(language).encode() + body.getvalue()


def _header(language: str) -> str:
    lines = [
        *([f"Language: {language}"] if language else []),
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        *([f"Plural-Forms: {get_plural(language)}"] if language else []),
    ]
    fields = "".join(f'"{line}\\n"\n' for line in lines)
    return f'# Written by `make texts`: only the msgstr are yours.\nmsgid ""\nmsgstr ""\n{fields}\n'
