"""Parcel: a rendered message as the bytes that the outbox keeps."""

from __future__ import annotations

from bot.channels.base import Rendered
from data.codec import Shape

_PARCEL: Shape[Rendered] = Shape(Rendered)


def pack(message: Rendered) -> bytes:
    """The message as JSON."""
    return _PARCEL.dump(message)


def unpack(parcel: bytes) -> Rendered:
    """The message of a parcel; ValueError for anything else."""
    return _PARCEL.load(parcel)
