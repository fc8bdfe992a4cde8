"""Handing a page on: the giver keeps it until the other takes it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flows import alert, hold, page_timer, tidings
from flows.desk.answer import actor_of, answer
from flows.desk.holding import has_it, taken
from flows.event import PageHandedOn
from flows.house import House
from flows.message import Choice, Text, Urn, text
from flows.page_machine import moved
from flows.team import Act, Coordinator, Team
from flows.tidings import present, put
from flows.turn import Turn


def offer(turn: Turn, house: House, act: Act, now: datetime) -> Turn:
    """Choose whom to hand it on to; or offer it to the one who was chosen."""
    turn = taken(turn, house, act, now)
    if not has_it(turn):
        return turn
    others = _others(turn.scene.team, actor_of(turn))
    chosen = next((other for other in others if str(other.id) == act.detail), None)
    if chosen is not None:
        return _offered(turn, house, act, chosen, now)
    page = present(turn)
    if not others:
        return answer(turn, house, act, text("desk.nobody_else"))
    rows = tuple((_choice(turn.scene.team, page.id, other),) for other in others)
    whom = text("desk.hand_on_whom", code=page.code)
    return answer(turn, house, act, whom, choices=rows, slot=f"hand_on:{page.id}")


def _choice(team: Team, page_id: int, other: Coordinator) -> Choice:
    name = text("desk.person", name=team.named(other.id))
    return Choice(name, f"hand_on:{page_id}:{other.id}")


def _others(team: Team, actor: Coordinator) -> tuple[Coordinator, ...]:
    """The other coordinators who can be reached."""
    members = team.members.values()
    return tuple(m for m in members if m.id != actor.id and m.urn not in team.broken)


def _offered(turn: Turn, house: House, act: Act, to: Coordinator, now: datetime) -> Turn:
    page = moved(present(turn), "hand_on_offered")
    turn = put(turn, replace(page, offered_to=to.id, offered_at=now))
    turn = turn.happened(PageHandedOn(page.id, actor_of(turn).id, to.id, accepted=False))
    turn = hold.progressed(turn, house, actor_of(turn), "hand_on", now)
    wait = house.escalation.waits.hand_on
    turn = turn.set(page_timer.timer(present(turn), "hand_on", house.pace.after(now, wait)))
    turn = alert.send(turn, house, (to.urn,), now)
    turn = alert.refresh(turn, house, now, but=(to.urn,))
    offered = text("desk.offered", code=page.code, name=turn.scene.team.named(to.id))
    return answer(turn, house, act, offered)


def accept(turn: Turn, house: House, act: Act, now: datetime) -> Turn:
    """The other takes it, and the family hears the new name; also when the offer lapsed and
    nobody has it."""
    actor, before = actor_of(turn), present(turn)
    if before.offered_to != actor.id or before.holder is None:
        return _late(turn, house, act, now)
    page = hold.held(moved(before, "hand_on_accepted"), turn, actor, now)
    turn = put(turn, page).drop((page_timer.key(page, "hand_on"),))
    turn = turn.happened(PageHandedOn(page.id, before.holder, actor.id, accepted=True))
    turn = hold.moved_on(turn, house, now)
    told = text("page.handed_on", name=page.holder_name)
    turn = tidings.tell_with_numbers(turn, house, told, now)
    turn = hold.show_holder(turn, house, now)
    turn = alert.notify(turn, house, _giver(turn, before.holder), _given(turn), silent=True)
    return answer(turn, house, act, text("desk.yours", code=page.code))


def _giver(turn: Turn, id: int) -> tuple[Urn, ...]:
    giver = turn.scene.team.members.get(id)
    return (giver.urn,) if giver else ()


def _given(turn: Turn) -> Text:
    page = present(turn)
    return text("desk.given", code=page.code, name=page.holder_name)


def _late(turn: Turn, house: House, act: Act, now: datetime) -> Turn:
    turn = taken(turn, house, act, now)
    if not has_it(turn):
        return turn
    return answer(turn, house, act, text("desk.yours", code=present(turn).code))
