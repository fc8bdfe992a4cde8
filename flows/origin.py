"""How a page begins: with its level's policy frozen into it, triggered, and told to nobody yet."""

from __future__ import annotations

from datetime import datetime

from flows.event import PageTriggered
from flows.house import House
from flows.page import Page, PageState, Reason
from flows.page_machine import moved, page_machine
from flows.tidings import put
from flows.turn import Turn
from flows.urgency import Urgency


def blank(house: House, id: int, level: Urgency, reason: Reason, now: datetime) -> Page:
    """A page that nobody was told of yet, with its level's policy frozen into it."""
    return Page(
        id=id,
        patient_id=None,
        reason=reason,
        cause="",
        level=level,
        state=PageState(str(page_machine().initial)),
        policy=house.escalation.policies[level],
        opened_at=now,
        triggered_at=now,
    )


def opened(turn: Turn, page: Page) -> Turn:
    """Put a new page into the turn, triggered."""
    turn = put(turn, moved(page, "trigger")).happened(
        PageTriggered(page.id, page.level, page.reason)
    )
    return turn.become(next_page_id=page.id + 1)
