"""Degraded: what the house knows of each address, and has told it, while the store is broken."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.craft import Reach
from flows.message import Urn
from flows.pace import Pace


@dataclass(frozen=True)
class Said:
    """The static text went out, for these dangers."""

    at: datetime
    dangers: frozenset[str]


class Degraded:
    """In memory only: what it knows is refreshed by each turn and read from the store at start."""

    def __init__(self, pace: Pace, pause: timedelta) -> None:
        self._pace = pace
        self._pause = pause
        self._reaches: dict[Urn, Reach] = {}
        self._said: dict[Urn, Said] = {}

    def know(self, reaches: Iterable[Reach]) -> None:
        """Keep how addresses are spoken to."""
        self._reaches.update((reach.urn, reach) for reach in reaches)

    def meet(self, urn: Urn, language: str) -> None:
        """Somebody writes of whom nothing may be known yet but the client's language."""
        self._reaches.setdefault(urn, Reach(urn, language))

    def reach(self, urn: Urn) -> Reach:
        """How an address is spoken to."""
        return self._reaches.get(urn) or Reach(urn)

    def may_say(self, urn: Urn, dangers: frozenset[str], now: datetime) -> bool:
        """Whether the static text is due: not said lately, or a new danger is read."""
        said = self._said.get(urn)
        if said is None or self._pace.elapsed(said.at, now) >= self._pause:
            self._said[urn] = Said(now, dangers)
            return True
        if dangers <= said.dangers:
            return False
        self._said[urn] = Said(now, said.dangers | dangers)
        return True
