"""A family of tables: the connection it writes by and the seal it writes under."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from data.codec import Codec, Shape

T = TypeVar("T")


@dataclass(frozen=True)
class Table:
    """What every family of tables is made with."""

    conn: sqlite3.Connection
    codec: Codec

    def sealed(self, shape: Shape[T], value: T) -> bytes:
        """A noun as the sealed column holds it."""
        return self.codec.seal(shape.dump(value))

    def opened(self, shape: Shape[T], rows: Iterable[tuple[bytes]]) -> tuple[T, ...]:
        """The nouns of a query whose only column is the sealed one."""
        return tuple(shape.load(self.codec.open(sealed)) for (sealed,) in rows)

    def one(self, shape: Shape[T], rows: Iterable[tuple[bytes]]) -> T | None:
        """The first of them, if any."""
        return next(iter(self.opened(shape, rows)), None)
