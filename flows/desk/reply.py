"""Replying to a family: a ready sentence in its language, or own words marked as such."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flows import hold, tidings
from flows.case import units
from flows.desk.answer import actor_of, answer, be
from flows.desk.holding import has_it, taken
from flows.house import House
from flows.message import Choice, Text, text
from flows.team import Act
from flows.tidings import present
from flows.turn import Turn

LONGEST = 3000
"""UTF-16 units of own words: with what marks them, they fit one message."""

# None of these can lower what the family was told.
CANNED: dict[str, tuple[Text, Text]] = {
    "call_soon": (text("desk.canned_call_soon"), text("page.canned_call_soon")),
    "ambulance": (text("desk.canned_ambulance"), text("page.canned_ambulance")),
    "ward": (text("desk.canned_ward"), text("page.canned_ward")),
    "come_now": (text("desk.canned_come_now"), text("page.canned_come_now")),
    "how_now": (text("desk.canned_how_now"), text("page.canned_how_now")),
}
"""Detail of the button: its label, and what the family reads."""


def choose(turn: Turn, house: House, act: Act, now: datetime) -> Turn:
    """Offer the ready sentences and wait for own words; or send the sentence that was chosen."""
    turn = taken(turn, house, act, now)
    if not has_it(turn):
        return turn
    page = present(turn)
    if act.detail in CANNED:
        sentence = CANNED[act.detail][1]
        said = text("page.reply_canned", name=page.holder_name, reply=sentence)
        return _sent(turn, house, act, said, now)
    turn = be(turn, replace(actor_of(turn), expecting=f"reply:{page.id}"))
    rows = tuple((Choice(label, f"reply:{page.id}:{id}"),) for id, (label, _) in CANNED.items())
    spoken = dict.fromkeys(carer.speaks(house.languages) for carer in turn.scene.carers)
    how = text("desk.reply_how", code=page.code, languages=", ".join(spoken))
    return answer(turn, house, act, how, choices=rows, private=True, slot=f"reply:{page.id}")


def own_words(turn: Turn, house: House, act: Act, now: datetime) -> Turn:
    """Send what was typed, as it was typed; only while this coordinator has the page."""
    if units(act.detail) > LONGEST:
        return answer(turn, house, act, text("desk.too_long", most=str(LONGEST)))
    turn = be(turn, replace(actor_of(turn), expecting=""))
    turn = taken(turn, house, act, now)
    if not has_it(turn):
        return turn
    said = text("page.reply_own", name=present(turn).holder_name, words=act.detail)
    return _sent(turn, house, act, said, now)


def _sent(turn: Turn, house: House, act: Act, said: Text, now: datetime) -> Turn:
    turn = hold.progressed(turn, house, actor_of(turn), "reply", now)
    turn = tidings.tell(turn, said)
    code = present(turn).code
    return answer(turn, house, act, text("desk.replied", code=code))
