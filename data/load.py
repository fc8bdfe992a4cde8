"""The house, assembled from its content: protocol, clinic, escalation, and every language."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from data.catalogue import Catalogues, read_catalogues
from data.clinic import read_clinic
from data.escalation import read_escalation
from data.folder import CONTENT, LOCALES, PROTOCOL
from data.lexicon import read_lexicon
from data.phone import read_phone
from data.protocol import read_protocol
from data.signoff import unsigned
from flows.house import House
from flows.pace import Pace


@dataclass(frozen=True)
class Content:
    """All that is read at start."""

    house: House
    catalogues: Catalogues
    unsigned: tuple[str, ...]
    """What nobody has signed, a line each."""


def load(
    folder: Path = CONTENT,
    languages: Iterable[str] | None = None,
    pace: Pace | None = None,
    locales: Path = LOCALES,
) -> House:
    """The house alone; ContentRefused names the file, the key and the reason."""
    return load_content(folder, languages, pace, locales).house


def load_content(
    folder: Path = CONTENT,
    languages: Iterable[str] | None = None,
    pace: Pace | None = None,
    locales: Path = LOCALES,
) -> Content:
    """The house, its catalogues, and what is unsigned; all languages unless some are named."""
    with _uncollected():
        return _content(folder, languages, pace, locales)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Nothing that is read here is garbage, and looking for some takes a third of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _content(
    folder: Path, languages: Iterable[str] | None, pace: Pace | None, locales: Path
) -> Content:
    protocol = read_protocol(folder / PROTOCOL)
    catalogues = read_catalogues(protocol, locales, languages)
    missing = unsigned(folder, catalogues)
    clinic = read_clinic(folder)
    house = House(
        protocol=protocol,
        clinic=clinic,
        escalation=read_escalation(folder),
        languages=catalogues.languages,
        lexicon=read_lexicon(locales, catalogues, protocol),
        read_phone=read_phone,
        pace=pace or Pace(),
        demonstration=bool(missing),
    )
    return Content(house, catalogues, missing)
