"""A drill: a page that concerns nobody, alerts every step once, and ends by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flows import alert, origin, page_timer, rounds
from flows.house import House
from flows.message import text
from flows.page import Reason
from flows.page_machine import moved
from flows.tidings import present, put
from flows.turn import Turn
from flows.urgency import Urgency


def open_drill(turn: Turn, house: House, now: datetime) -> Turn:
    """Alert every step once, marked as a drill; acknowledged like any page, never repeated."""
    page = origin.blank(house, turn.scene.next_page_id, Urgency.emergency, Reason.drill, now)
    # A drill has no family to tell; what it promises is to end.
    turn = origin.opened(turn, replace(page, told_unanswered_at=now))
    turn = rounds.everyone(turn, house, now)
    return until_over(turn.drop((page_timer.key(present(turn), "step"),)), house)


def until_over(turn: Turn, house: House) -> Turn:
    """The drill's one promise: it ends."""
    page = present(turn)
    due_at = house.pace.after(page.opened_at, house.escalation.waits.drill)
    return turn.set(page_timer.timer(page, "drill", due_at))


def end(turn: Turn, house: House, now: datetime) -> Turn:
    """A drill ends by itself, and says who answered."""
    before = present(turn)
    page = moved(before, "drill_over")
    page = replace(page, resolved_at=now)
    turn = put(turn, page).drop(page_timer.keys(page))
    name = before.holder_name
    answered = text("page.drill_answered", code=page.code, name=name)
    ended = answered if name else text("page.drill_unanswered", code=page.code)
    turn = alert.refresh(turn, house, now)
    return alert.notify(turn, house, alert.copies(page), ended, silent=True)
