"""What coordinators say and tap: each act answered, by those who may, on a page that is open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from flows import hold
from flows.card import line
from flows.desk import drilling, greeting, hand_on, reply, resolve, take
from flows.desk.answer import actor_of, answer, be, refuse
from flows.drill import open_drill
from flows.house import House
from flows.message import text
from flows.team import COMMAND_LINE, Act
from flows.turn import Turn

__all__ = ["act", "parse"]

Handler = Callable[[Turn, House, Act, datetime], Turn]

_ANY_TIME: Mapping[str, Handler] = {
    "start": greeting.start,
    "help": greeting.help_out,
    "open": greeting.list_open,
    "drill": drilling.begin,
}
_ON_A_PAGE: Mapping[str, Handler] = {
    "acknowledge": take.acknowledge,
    "calling": take.calling,
    "ask_number": take.ask_number,
    "show": take.show,
    "reply": reply.choose,
    "hand_on": hand_on.offer,
    "accept": hand_on.accept,
    "resolve": resolve.resolve,
}
_WITHOUT_PATIENT = frozenset({"acknowledge", "show", "resolve"})
"""What can be done about a fault or a drill, where there is no family to turn to."""


def parse(token: str) -> tuple[str, int | None, str]:
    """Read a button's token, ``verb:page[:detail]``; a page that is no number is none."""
    verb, _, rest = token.partition(":")
    page, _, detail = rest.partition(":")
    return verb, int(page) if page.isdecimal() else None, detail


def act(turn: Turn, house: House, act: Act, now: datetime) -> Turn:
    """Answer one act. Who is no coordinator is refused, once and politely, and hears no more."""
    if act.verb in greeting.UNSPOKEN:
        return greeting.reachable(turn, act, now)
    if (act.urn, act.verb) == (COMMAND_LINE, "drill"):
        return open_drill(turn, house, now)
    actor = turn.scene.actor
    if actor is None or actor.id not in turn.scene.team.members:
        return refuse(turn, house, act)
    turn = _named(turn, house, act)
    if act.verb == "text":
        return _typed(turn, house, act, now)
    # A button pressed instead of words: the next words are not for a family.
    turn = be(turn, replace(actor_of(turn), expecting=""))
    if act.verb in _ON_A_PAGE:
        return _on_a_page(turn, house, act, now)
    return _ANY_TIME.get(act.verb, greeting.help_out)(turn, house, act, now)


def _named(turn: Turn, house: House, act: Act) -> Turn:
    """A coordinator is called as the first act says, so that families hear a name."""
    actor = actor_of(turn)
    name = actor.name or act.name.strip()[: greeting.NAME]
    language = actor.language or act.language_code
    return be(turn, replace(actor, name=name, language=language, unreachable=False))


def _typed(turn: Turn, house: House, act: Act, now: datetime) -> Turn:
    """Typed words: the reply that was begun, else help. What is said in a group is meant for
    colleagues, and never goes to a family."""
    verb, page_id, _ = parse(actor_of(turn).expecting)
    if verb == "reply" and act.chat == act.urn:
        return _on_a_page(turn, house, replace(act, verb="reply_words", page_id=page_id), now)
    return greeting.help_out(turn, house, act, now)


def _on_a_page(turn: Turn, house: House, act: Act, now: datetime) -> Turn:
    page = turn.scene.page
    if page is None or page.id != act.page_id or not page.open:
        return _stale(turn, house, act)
    if page.patient_id is None and act.verb not in _WITHOUT_PATIENT:
        return greeting.help_out(turn, house, act, now)
    turn = hold.upright(turn, house, now)
    handler = reply.own_words if act.verb == "reply_words" else _ON_A_PAGE[act.verb]
    return handler(turn, house, act, now)


def _stale(turn: Turn, house: House, act: Act) -> Turn:
    """The page is over, or was never there: nothing is sent to anybody."""
    scene = turn.scene
    pages = (*scene.resolved, *((scene.page,) if scene.page else ()))
    page = next((page for page in pages if page.id == act.page_id), None)
    turn = be(turn, replace(actor_of(turn), expecting=""))
    said = text("desk.closed", status=line(scene, page)) if page else text("desk.no_page")
    return answer(turn, house, act, said)
