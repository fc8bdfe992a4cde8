"""Pieces of a message, and the outbox rows that they become."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.channels.base import Rendered
from bot.owed import What
from bot.parcel import pack
from data.store import OutboxRow
from flows.message import Outbound
from flows.scene import Scene


@dataclass(frozen=True)
class Piece:
    """One row's worth of a message."""

    message: Rendered
    what: What = What.send
    slot: str = ""


class Renderer(Protocol):
    """Makes messages in words; called within the turn, on the writer's thread."""

    def pieces(self, scene: Scene, outbound: Outbound, now: datetime) -> Sequence[Piece]:
        """What is to be sent, changed and retired for one message, in order."""


def rows_of(outbound: Outbound, pieces: Sequence[Piece]) -> tuple[OutboxRow, ...]:
    """The rows of one message: the first has its key, the others are numbered."""
    return tuple(
        OutboxRow(
            key=outbound.key if not place else f"{outbound.key}#{place + 1}",
            urn=outbound.to,
            payload=pack(piece.message),
            what=piece.what,
            slot=piece.slot,
        )
        for place, piece in enumerate(pieces)
    )
