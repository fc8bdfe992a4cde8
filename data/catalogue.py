"""The words of every language: gettext catalogues whose msgids are the texts' stable ids."""

from __future__ import annotations

import gettext
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from data.folder import LOCALES
from flows.protocol import Protocol

SOURCE = "en"
"""The language every text exists in: what another language lacks is said in it."""


class UnreadableCatalogue(Exception):
    """A .po file that cannot be read; says which, and why."""


@dataclass(frozen=True)
class Wording:
    """One text as one language has it."""

    id: str
    context: str
    """he, she, you ...; empty for the neutral wording."""
    forms: tuple[str, ...]
    """One string, or one for each plural form; empty strings where nothing is written yet."""
    fuzzy: bool = False


@dataclass(frozen=True)
class Catalogues:
    """The texts of each language, compiled; the source language comes first."""

    catalogs: Mapping[str, Catalog]
    translations: Mapping[str, gettext.NullTranslations]
    broken: tuple[str, ...] = ()
    """One line a catalogue that could not be read: its language speaks the source's words."""

    @property
    def languages(self) -> tuple[str, ...]:
        """Codes, the source language first."""
        return tuple(self.translations)

    def wordings(self, language: str) -> Iterator[Wording]:
        """Every text of a language, as it is written."""
        return (_wording(message) for message in entries(self.catalogs[language]))

    def find(
        self, language: str, id: str, contexts: Sequence[str], n: int | None = None
    ) -> str | None:
        """The first wording that exists among the contexts ("" is neutral); None without any."""
        known = self.translations.get(language)
        if known is None:
            return None
        wordings = (_look(known, id, context, n) for context in contexts)
        return next((words for words in wordings if words is not None), None)


def _look(known: gettext.NullTranslations, id: str, context: str, n: int | None) -> str | None:
    """One lookup. gettext answers a text that it lacks with its id, which is never a wording."""
    words = _plural(known, id, context, n) if n is not None else id
    if words == id:
        words = known.pgettext(context, id) if context else known.gettext(id)
    return None if words == id else words


def _plural(known: gettext.NullTranslations, id: str, context: str, n: int) -> str:
    if context:
        return known.npgettext(context, id, id, n)
    return known.ngettext(id, id, n)


def read_catalogues(
    protocol: Protocol | None, locales: Path = LOCALES, languages: Iterable[str] | None = None
) -> Catalogues:
    """Read and compile every catalogue; one that is broken is reported and left out.

    UnreadableCatalogue only for the source language, without which nothing can be said.
    """
    catalogs: dict[str, Catalog] = {}
    broken: list[str] = []
    for language in spoken(locales) if languages is None else languages:
        files = _files(locales, language, broken)
        catalogs[language] = joined(language, files, protocol)
    ready = {language: compiled(catalog) for language, catalog in catalogs.items()}
    return Catalogues(catalogs, ready, tuple(broken))


def _files(locales: Path, language: str, broken: list[str]) -> list[Catalog]:
    files = []
    for path in domain_files(locales, language):
        try:
            files.append(read_file(path, language))
        except UnreadableCatalogue as error:
            if language == SOURCE:
                raise
            broken.append(str(error))
    return files


def spoken(locales: Path = LOCALES) -> tuple[str, ...]:
    """The languages that have catalogues, the source language first."""
    found = {path.parent.parent.name for path in locales.glob("*/LC_MESSAGES/*.po")}
    return (SOURCE, *sorted(found - {SOURCE}))


def domain_files(locales: Path, language: str) -> list[Path]:
    """A language's .po files, by name."""
    return sorted((locales / language / "LC_MESSAGES").glob("*.po"))


def read_file(path: Path, language: str) -> Catalog:
    """Read one .po file; UnreadableCatalogue when it is not one."""
    try:
        with path.open("rb") as lines:
            return read_po(lines, locale=language, abort_invalid=True)
    except (PoFileError, UnicodeDecodeError, ValueError, OSError) as error:
        raise UnreadableCatalogue(f"{language}/{path.name}: {_reason(error)}") from error


def _reason(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__


def entries(catalog: Catalog) -> Iterator[Message]:
    """The texts of a catalogue, without its header."""
    return (message for message in catalog if message.id)


def text_id(message: Message) -> str:
    """The stable id: both forms of a plural carry the same one."""
    return message.id if isinstance(message.id, str) else str(message.id[0])


def joined(language: str, files: Iterable[Catalog], protocol: Protocol | None) -> Catalog:
    """A language's files as one, with the protocol's own wordings for the source language.

    What a file says takes the place of what the protocol, or the locale data, says.
    """
    whole = Catalog(locale=language)
    for id, words in locale_texts(language).items():
        whole.add(id, words)
    if protocol and language == SOURCE:
        for id, words in protocol_texts(protocol).items():
            whole.add(id, words)
    for file in files:
        for message in entries(file):
            whole.delete(text_id(message), context=message.context)
            whole.add(message.id, message.string, flags=message.flags, context=message.context)
    return whole


def compiled(catalog: Catalog) -> gettext.NullTranslations:
    """A catalogue ready for look-ups; what is fuzzy or empty is left out."""
    written = BytesIO()
    write_mo(written, catalog)
    written.seek(0)
    return gettext.GNUTranslations(written)


def _wording(message: Message) -> Wording:
    written = message.string or ""
    forms = (written,) if isinstance(written, str) else tuple(written)
    return Wording(text_id(message), message.context or "", forms, message.fuzzy)


def locale_texts(language: str) -> dict[str, str]:
    """The texts that the Unicode locale data holds: the language's own name, and the countries'."""
    locale = Locale.parse(language)
    names = {f"country.{code}": name for code, name in locale.territories.items() if code.isalpha()}
    return {"language.name": locale.get_display_name() or language, **names}


def protocol_texts(protocol: Protocol) -> dict[str, str]:
    """The texts that stand in the protocol's own file, by id, in the source language."""
    texts: dict[str, str] = {}
    for finding in protocol.findings.values():
        texts[f"finding.{finding.id}.label"] = finding.label
        texts[f"finding.{finding.id}.means"] = finding.means
    for sign in protocol.signs.values():
        texts[f"sign.{sign.id}.label"] = sign.label
        texts[f"sign.{sign.id}.means"] = sign.means
    for context in protocol.contexts.values():
        texts[f"context.{context.id}.question"] = context.question
    for line in protocol.sweep:
        texts[f"sweep.{line.id}.label"] = line.label
        texts[f"sweep.{line.id}.means"] = line.means
    for advice in protocol.advice:
        texts[f"advice.{advice.id}.means"] = advice.means
    return {id: words for id, words in texts.items() if words}
