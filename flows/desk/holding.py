"""Whether the coordinator of an act has the page, and how he or she comes to have it."""

from __future__ import annotations

from datetime import datetime

from flows import hold
from flows.card import line
from flows.desk.answer import actor_of, answer
from flows.house import House
from flows.message import text
from flows.page import PageState
from flows.team import Act
from flows.tidings import present
from flows.turn import Turn


def has_it(turn: Turn) -> bool:
    """Whether the coordinator of this act has the page."""
    return present(turn).holder == actor_of(turn).id


def taken(turn: Turn, house: House, act: Act, now: datetime) -> Turn:
    """The page in the hands of this coordinator, if nobody else has it; else who has."""
    page = present(turn)
    if page.state is PageState.triggered:
        return hold.take(turn, house, actor_of(turn), now)
    if has_it(turn):
        return turn
    return answer(turn, house, act, text("desk.taken", status=line(turn.scene, page)))
