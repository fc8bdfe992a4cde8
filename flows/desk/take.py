"""Taking a page, and working on it: acknowledge, call, ask for a number, look at the card."""

from __future__ import annotations

from datetime import datetime

from flows import alert, hold, tidings
from flows.case import REPORTERS, phones
from flows.desk.answer import actor_of, answer, place
from flows.desk.hand_on import accept
from flows.desk.holding import has_it, taken
from flows.event import PageProgressed
from flows.house import House
from flows.message import text
from flows.page import PageState
from flows.team import Act
from flows.tidings import present
from flows.turn import Turn


def acknowledge(turn: Turn, house: House, act: Act, now: datetime) -> Turn:
    """The first has it; the second is told who."""
    page = present(turn)
    if page.offered_to == actor_of(turn).id:
        # Offered to this person: taking it is what the tap means.
        return accept(turn, house, act, now)
    if has_it(turn):
        return answer(turn, house, act, text("desk.yours_already", code=page.code))
    before = page.state
    turn = taken(turn, house, act, now)
    if before is not PageState.triggered:
        return turn
    return answer(turn, house, act, text("desk.yours", code=page.code))


def calling(turn: Turn, house: House, act: Act, now: datetime) -> Turn:
    """The family hears that a call is coming; the coordinator gets the number once more. Where
    there is none no call can come, and the family is asked for one instead."""
    turn = taken(turn, house, act, now)
    if not has_it(turn):
        return turn
    page = present(turn)
    numbers = tuple(
        text("card.phone", who=REPORTERS[carer.reporter], phone=carer.phone)
        for carer in phones(turn.scene)
    )
    if not numbers:
        return answer(_asked(turn), house, act, text("desk.no_number", code=page.code))
    turn = hold.progressed(turn, house, actor_of(turn), "calling", now)
    turn = tidings.tell(turn, text("page.calling", name=page.holder_name))
    return answer(turn, house, act, text("desk.call", code=page.code, numbers=numbers))


def ask_number(turn: Turn, house: House, act: Act, now: datetime) -> Turn:
    """Ask the family for a number to call. It is no progress: the limit runs on."""
    turn = taken(turn, house, act, now)
    if not has_it(turn):
        return turn
    code = present(turn).code
    return answer(_asked(turn), house, act, text("desk.number_asked", code=code))


def _asked(turn: Turn) -> Turn:
    page = present(turn)
    turn = turn.happened(PageProgressed(page.id, actor_of(turn).id, "ask_number"))
    asked = text("page.ask_number", name=page.holder_name)
    return tidings.tell(turn, asked, ask_contact=text("page.send_number"))


def show(turn: Turn, house: House, act: Act, now: datetime) -> Turn:
    """The card once more, where it was asked for."""
    return alert.send(turn, house, (place(turn, act),), now, silent=True)
