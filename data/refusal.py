"""A refusal of content: which file, which key, and why, in one line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar

DURATION = re.compile(r"([1-9]\d*)([smhd])")
UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}

T = TypeVar("T")


class ContentRefused(Exception):
    """Content that cannot be used as it is."""


class Table:
    """A TOML table that knows where it stands, so that each refusal can say so."""

    def __init__(self, file: str, values: Mapping[str, Any], key: str = "") -> None:
        self.file = file
        self.values = values
        self.key = key

    def refused(self, key: str, why: str) -> ContentRefused:
        """The refusal of one key, to be raised."""
        return ContentRefused(f"{self.file}: {self._path(key)}: {why}")

    def _path(self, key: str) -> str:
        return ".".join(part for part in (self.key, key) if part) or "the file"

    def only(self, *known: str) -> None:
        """Refuse a key that nobody reads: it is a slip of the pen."""
        for key in self.values:
            if key not in known:
                raise self.refused(key, f"unknown key; known are {', '.join(known)}")

    def get(self, key: str, kind: type[T], default: T | None = None) -> T:
        """A value of the kind; refused when it is another, or is missing without a default."""
        value = self.values.get(key, default)
        if value is None:
            raise self.refused(key, "is missing")
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.refused(key, f"must be {NAMES[kind]}, not {value!r}")
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """A string."""
        return self.get(key, str, default)

    def table(self, key: str) -> Table:
        """A table inside this one."""
        return Table(self.file, self.get(key, dict), self._path(key))

    def duration(self, key: str) -> timedelta:
        """A length of time, written "90s", "15m", "2h" or "1d"."""
        written = self.text(key)
        match = DURATION.fullmatch(written)
        if not match:
            raise self.refused(key, f'must be a length of time such as "15m", not {written!r}')
        return timedelta(**{UNITS[match[2]]: int(match[1])})


NAMES: Mapping[type, str] = {
    str: "a text in quotes",
    int: "a whole number",
    bool: "true or false",
    dict: "a table",
    list: "a list",
    date: "a date such as 2027-04-22",
}


def read_table(path: Path, name: str = "") -> Table:
    """Read a TOML file; ContentRefused when it is absent or is not TOML. ``name`` is what a
    refusal calls it, where its own does not tell it from others."""
    try:
        return Table(name or path.name, tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise ContentRefused(f"{path.name}: the file is missing from {path.parent.name}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise ContentRefused(f"{name or path.name}: {' '.join(str(error).split())}") from error
