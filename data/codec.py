"""The sealed column: a noun as JSON, under a seal that encryption can take the place of."""

from __future__ import annotations

from typing import Any, Generic, Protocol, TypeVar

from pydantic import TypeAdapter

T = TypeVar("T")


class Codec(Protocol):
    """A seal; what it closed, only it opens."""

    def seal(self, plain: bytes) -> bytes:
        """Close content for the disk."""

    def open(self, sealed: bytes) -> bytes:
        """The content again; ValueError when it was not closed by this seal."""


class Unsealed:
    """The first seal: none. What is written can be read by whoever holds the file."""

    def seal(self, plain: bytes) -> bytes:
        """The content as it is."""
        return plain

    def open(self, sealed: bytes) -> bytes:
        """The content as it is."""
        return sealed


UNSEALED = Unsealed()
"""The seal in use until a key is set."""


class Shape(Generic[T]):
    """How one kind of noun is written as JSON: decimals exact, instants in UTC."""

    def __init__(self, of: Any) -> None:  # noqa: ANN401 - a union is no `type`
        self._adapter: TypeAdapter[T] = TypeAdapter(of)

    def dump(self, value: T) -> bytes:
        """The noun as JSON."""
        return self._adapter.dump_json(value)

    def load(self, content: bytes) -> T:
        """The noun again; ValueError when the content is another's.

        A field that was added since is filled with its default, one that is gone is left out.
        """
        return self._adapter.validate_json(content)
