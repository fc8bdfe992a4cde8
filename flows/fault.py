"""A fault of the house itself, paged to people: one open page for each cause."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flows import origin, rounds
from flows.house import House
from flows.page import Reason
from flows.turn import Turn
from flows.urgency import Urgency

LEVEL = Urgency.immediate
"""A fault may have cost a family its advice: it is paged at any hour."""


def open_fault(turn: Turn, house: House, cause: str, now: datetime) -> Turn:
    """Page a fault of the house itself; a cause that is open already is not paged again."""
    page = turn.scene.page
    if page is not None and page.open and page.reason is Reason.fault and page.cause == cause:
        return turn
    fault = origin.blank(house, turn.scene.next_page_id, LEVEL, Reason.fault, now)
    return rounds.begin(origin.opened(turn, replace(fault, cause=cause)), house, now)
