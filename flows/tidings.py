"""What the family hears of its page: who has it, or that nobody has, and whom to call now."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flows.advice import numbers
from flows.event import FamilyTold
from flows.house import House
from flows.message import Outbound, Text
from flows.page import Page
from flows.turn import Turn


def present(turn: Turn) -> Page:
    """The page that the turn is about."""
    assert turn.scene.page is not None
    return turn.scene.page


def put(turn: Turn, page: Page) -> Turn:
    """The turn with the page as it became."""
    return turn.become(page=page)


def numbered(turn: Turn) -> Turn:
    """The turn with the page's serial grown, for messages with keys of their own."""
    page = present(turn)
    return put(turn, replace(page, serial=page.serial + 1))


def tell_with_numbers(turn: Turn, house: House, what: Text, now: datetime) -> Turn:
    """Tell everybody who shares the patient, with the numbers to call now."""
    if present(turn).patient_id is None:
        return turn
    ways = numbers(house, turn.scene, present(turn).level, now)
    return tell(turn, what.given(numbers=ways))


def tell(turn: Turn, what: Text, ask_contact: Text | None = None) -> Turn:
    """Tell everybody who shares the patient."""
    turn = numbered(turn)
    page = present(turn)
    said = tuple(
        Outbound(
            to=carer.urn,
            key=f"page:{page.id}:n{page.serial}:family:{carer.urn}",
            body=(what,),
            ask_contact=ask_contact,
        )
        for carer in turn.scene.carers
    )
    return turn.say(*said).happened(FamilyTold(page.id, what.id))


def nobody_has_it(turn: Turn, house: House, what: Text, now: datetime) -> Turn:
    """Tell the family that nobody has its page; once is enough until it is raised again."""
    turn = tell_with_numbers(turn, house, what, now)
    return put(turn, replace(present(turn), told_unanswered_at=now))
