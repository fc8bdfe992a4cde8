"""A drill asked for by a coordinator, while the house runs."""

from __future__ import annotations

from datetime import datetime

from flows.desk.answer import answer
from flows.drill import open_drill
from flows.house import House
from flows.message import text
from flows.page import Reason
from flows.team import Act
from flows.tidings import present
from flows.turn import Turn


def begin(turn: Turn, house: House, act: Act, now: datetime) -> Turn:
    """Alert every step once; one drill at a time, for each rings everybody's telephone."""
    drills = (page for page in turn.scene.open_pages if page.reason is Reason.drill)
    running = next(drills, None)
    if running is not None:
        return answer(turn, house, act, text("desk.drill_running", code=running.code))
    turn = open_drill(turn, house, now)
    return answer(turn, house, act, text("desk.drilling", code=present(turn).code))
