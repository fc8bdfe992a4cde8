"""Ending a page: by who has it, with an outcome that is recorded."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flows import alert, page_timer, tidings
from flows.card import OUTCOMES
from flows.desk.answer import actor_of, answer
from flows.desk.holding import has_it, taken
from flows.event import PageResolved
from flows.house import House
from flows.message import Choice, text
from flows.page import Page, Resolution
from flows.page_machine import moved
from flows.team import Act
from flows.tidings import present, put
from flows.turn import Turn

OF_A_CASE = tuple(outcome for outcome in Resolution if outcome is not Resolution.done)


def resolve(turn: Turn, house: House, act: Act, now: datetime) -> Turn:
    """Ask for the outcome; or end the page with the one that was chosen."""
    turn = taken(turn, house, act, now)
    if not has_it(turn):
        return turn
    page = present(turn)
    allowed = _allowed(page)
    if act.detail in allowed:
        return _resolved(turn, house, act, Resolution(act.detail), now)
    rows = tuple(
        (Choice(OUTCOMES[outcome], f"resolve:{page.id}:{outcome}"),) for outcome in allowed
    )
    how = text("desk.resolve_how", code=page.code)
    return answer(turn, house, act, how, choices=rows, slot=f"resolve:{page.id}")


def _allowed(page: Page) -> tuple[Resolution, ...]:
    return (Resolution.done,) if page.patient_id is None else OF_A_CASE


def _resolved(turn: Turn, house: House, act: Act, outcome: Resolution, now: datetime) -> Turn:
    """All timers end, the copies say how, and the family hears that it may write again."""
    page = replace(moved(present(turn), "resolve"), resolved_at=now, resolution=outcome)
    turn = put(turn, replace(page, offered_to=None, offered_at=None))
    turn = turn.drop(page_timer.keys(page))
    turn = turn.happened(PageResolved(page.id, actor_of(turn).id, outcome))
    told = text("page.resolved", name=page.holder_name)
    turn = tidings.tell_with_numbers(turn, house, told, now)
    turn = alert.refresh(turn, house, now)
    done = text("desk.resolved", code=page.code, outcome=OUTCOMES[outcome])
    return answer(turn, house, act, done, slot=f"resolve:{page.id}", edit=True)
