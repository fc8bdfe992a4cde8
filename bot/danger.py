"""Danger: what a message names, read without the store, so that a new one is never held back."""

from __future__ import annotations

from collections.abc import Callable

from flows.answering import finding_of
from flows.house import House
from flows.message import Inbound, InboundKind
from flows.understanding import understand


def danger_reader(house: House) -> Callable[[Inbound], frozenset[str]]:
    """What the intake asks while the store is broken: the findings that a message names or taps."""

    def read(inbound: Inbound) -> frozenset[str]:
        if inbound.kind is InboundKind.tap:
            return frozenset(filter(None, (finding_of(inbound.token.partition(".")[2]),)))
        heard = understand(inbound.text, house.lexicon, house.protocol)
        readings = (f"{celsius}" for celsius in heard.temperatures.celsius)
        named = (heard.finding, heard.sign, *heard.proposed)
        return frozenset(filter(None, (*named, *readings)))

    return read
