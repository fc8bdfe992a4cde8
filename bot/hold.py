"""Hold: who is not to be sent anything for a while, and until when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from flows.message import Urn


@dataclass(frozen=True)
class Rest:
    """A pause after a failure; a row that it does not know cuts it short."""

    until: datetime
    known: frozenset[int]


class Holds:
    """Pauses of addresses and of whole channels."""

    def __init__(self) -> None:
        self._busy: dict[Urn, datetime] = {}
        self._channels: dict[str, datetime] = {}
        self._rests: dict[Urn, Rest] = {}

    def busy(self, urn: Urn, until: datetime, now: datetime) -> None:
        """The channel asked to wait; a second address that must wait means the whole channel."""
        others = (end for other, end in self._busy.items() if _shared(other, urn) and end > now)
        if (end := next(others, None)) is not None:
            self._channels[urn.channel] = max(until, end)
        self._busy[urn] = until

    def rest(self, urn: Urn, until: datetime, known: Iterable[int]) -> None:
        """The network, or the store, failed with these rows."""
        self._rests[urn] = Rest(until, frozenset(known))

    def works(self, channel: str) -> None:
        """Something was delivered: whoever rests on this channel may try again now."""
        for urn in [one for one in self._rests if one.channel == channel]:
            del self._rests[urn]

    def holds(self, urn: Urn, rows: Iterable[int], now: datetime) -> bool:
        """Whether an address that is owed these rows has to wait."""
        rest = self._rests.get(urn)
        ends = [self._busy.get(urn), self._channels.get(urn.channel)]
        if rest is not None and rest.known.issuperset(rows):
            ends.append(rest.until)
        return any(end is not None and end > now for end in ends)

    def next(self, now: datetime) -> datetime | None:
        """When the next pause ends; pauses that are over are forgotten."""
        self._busy = {urn: end for urn, end in self._busy.items() if end > now}
        self._channels = {name: end for name, end in self._channels.items() if end > now}
        self._rests = {urn: rest for urn, rest in self._rests.items() if rest.until > now}
        rests = (rest.until for rest in self._rests.values())
        return min((*self._busy.values(), *self._channels.values(), *rests), default=None)


def _shared(one: Urn, other: Urn) -> bool:
    return one.channel == other.channel and one != other
