"""A drill: a page that concerns nobody, alerts every step once, and ends by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flows import escalation, page_timer, rounds
from flows.house import House
from flows.page import Reason
from flows.tidings import present, put
from flows.turn import Turn
from flows.urgency import Urgency


def open_drill(turn: Turn, house: House, now: datetime) -> Turn:
    """Alert every step once, marked as a drill; acknowledged like any page, never repeated."""
    page = escalation.blank(house, turn.scene.next_page_id, Urgency.emergency, Reason.drill, now)
    # A drill has no family to tell; what it promises is to end.
    turn = escalation.open_blank(turn, replace(page, told_unanswered_at=now))
    turn = rounds.everyone(turn, house, now)
    page = present(turn)
    turn = put(turn, page).drop((page_timer.key(page, "step"),))
    due_at = house.pace.after(now, house.escalation.waits.drill)
    return turn.set(page_timer.timer(page, "drill", due_at))
