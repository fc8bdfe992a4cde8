"""Parcel: a rendered message as the bytes that the outbox keeps."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from bot.channels.base import Button, Card, Rendered


def pack(message: Rendered) -> bytes:
    """The message as JSON, without what it does not have."""
    held = {name: value for name, value in asdict(message).items() if value}
    return json.dumps(held, ensure_ascii=False).encode()


def unpack(parcel: bytes) -> Rendered:
    """The message of a parcel; ValueError, KeyError or TypeError for anything else."""
    held: dict[str, Any] = json.loads(parcel)
    if not isinstance(held, dict):
        raise TypeError("a parcel holds an object")
    rows = held.pop("rows", ())
    card = held.pop("card", None)
    return Rendered(
        rows=tuple(tuple(Button(**button) for button in row) for row in rows),
        card=Card(**card) if card is not None else None,
        **held,
    )
