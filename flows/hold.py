"""Who has a page: taking it, showing progress with it, and losing it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flows import alert, page_timer, queue, rounds, tidings
from flows.event import PageAcknowledged, PageProgressed, PageTriggered
from flows.house import House
from flows.message import text
from flows.page import Page, PageState, Reason
from flows.page_machine import moved
from flows.team import Coordinator
from flows.tidings import present, put
from flows.turn import Turn
from flows.urgency import Urgency


def take(turn: Turn, house: House, by: Coordinator, now: datetime) -> Turn:
    """A named person takes the page: all alerts stop, and the family hears who has it."""
    page = held(moved(present(turn), "acknowledge"), turn, by, now)
    turn = put(turn, page).drop(_stopped(page))
    turn = turn.happened(PageAcknowledged(page.id, by.id, page.holder_name))
    told = text("page.acknowledged", name=page.holder_name)
    turn = tidings.tell_with_numbers(turn, house, told, now)
    return show_holder(moved_on(turn, house, now), house, now)


def _stopped(page: Page) -> tuple[str, ...]:
    """The timers that an acknowledgement ends; a drill still ends by itself."""
    drill = page_timer.key(page, "drill")
    return tuple(key for key in page_timer.keys(page) if key != drill)


def held(page: Page, turn: Turn, by: Coordinator, now: datetime) -> Page:
    """The page with this holder."""
    name = turn.scene.team.named(by.id)
    page = replace(page, holder=by.id, holder_name=name, acknowledged_at=now, queued=False)
    return replace(page, offered_to=None, offered_at=None)


def show_holder(turn: Turn, house: House, now: datetime) -> Turn:
    """The copies say who has it; who took it in the group gets a card of the own."""
    known = alert.copies(present(turn))
    own = tuple(urn for urn in alert.holders(turn.scene) if urn not in known)
    return alert.refresh(alert.send(turn, house, own, now), house, now, but=own)


def moved_on(turn: Turn, house: House, now: datetime) -> Turn:
    """A sign of progress: the limit begins anew, and nobody else needs to be alerted."""
    page = present(turn)
    page = replace(page, progress_at=now, progresses=page.progresses + 1)
    turn = put(turn, page).drop((page_timer.key(page, "everyone"),))
    if page.reason is Reason.drill:
        return turn
    return limited(turn, house, now)


def limited(turn: Turn, house: House, since: datetime) -> Turn:
    """Without progress until the limit, the page is triggered again."""
    due_at = house.pace.after(since, house.escalation.waits.progress)
    return turn.set(page_timer.timer(present(turn), "progress", due_at))


def progressed(turn: Turn, house: House, by: Coordinator, what: str, now: datetime) -> Turn:
    """The holder called, replied, or handed on."""
    turn = turn.happened(PageProgressed(present(turn).id, by.id, what))
    return moved_on(turn, house, now)


def lose(turn: Turn, house: House, trigger: str, now: datetime, everyone: bool = False) -> Turn:
    """Nobody has the page any more: it alerts again, and the family is not left believing."""
    before = present(turn)
    page = moved(before, trigger)
    page = replace(page, holder=None, holder_name="", acknowledged_at=None, progress_at=None)
    page = replace(page, offered_to=None, offered_at=None)
    turn = put(turn, page).drop(page_timer.keys(page))
    turn = turn.happened(PageTriggered(page.id, page.level, trigger))
    turn = _tell_family(turn, house, before.holder_name, now)
    turn = _tell_giver(turn, house, before)
    turn = _alert_again(turn, house, now, everyone)
    return _refresh_others(turn, house, now)


def _tell_family(turn: Turn, house: House, name: str, now: datetime) -> Turn:
    page = present(turn)
    alertable = rounds.working(turn.scene, page.policy.steps)
    what = text("page.taken_back", name=name) if alertable else text("page.nobody")
    return tidings.nobody_has_it(turn, house, what, now)


def _tell_giver(turn: Turn, house: House, before: Page) -> Turn:
    """Who had it learns that it is gone; a member who left hears nothing."""
    member = turn.scene.team.members.get(before.holder) if before.holder is not None else None
    if member is None:
        return turn
    return alert.notify(turn, house, (member.urn,), text("desk.lost", code=before.code))


def _alert_again(turn: Turn, house: House, now: datetime, everyone: bool) -> Turn:
    if everyone:
        return rounds.everyone(turn, house, now)
    if present(turn).level < Urgency.immediate:
        return queue.enter(turn, house, now)
    return rounds.begin(turn, house, now)


def _refresh_others(turn: Turn, house: House, now: datetime) -> Turn:
    """Copies that did not ring this time show that the page is free, with its buttons."""
    page = present(turn)
    slot = f"page:{page.id}"
    rang = frozenset(said.to for said in turn.says if said.slot == slot and not said.edit)
    return alert.refresh(turn, house, now, but=rang)


def upright(turn: Turn, house: House, now: datetime) -> Turn:
    """A page whose holder is no longer a coordinator has no holder: it alerts again."""
    page = present(turn)
    gone = page.holder not in turn.scene.team.members and page.reason is not Reason.drill
    if page.state is PageState.acknowledged and gone:
        return lose(turn, house, "no_progress", now)
    return turn
