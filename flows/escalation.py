"""A page's life from outside: raised by a family, fallen due, and told what the family says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from flows import alert, drill, hold, origin, page_timer, queue, rounds, tidings
from flows.case import shortened
from flows.event import PageRaised
from flows.fault import open_fault as open_fault
from flows.house import House
from flows.known import known_as
from flows.message import Urn, text
from flows.page import PageState, Reason, Step
from flows.page_machine import moved
from flows.record import Reported
from flows.scene import Scene
from flows.tidings import present, put
from flows.timer import Due, Timer
from flows.turn import Turn
from flows.urgency import Urgency

FROM_QUEUE = Urgency.same_day
"""The level that waits in the queue before it rings."""
LONGEST = 3000
"""UTF-16 units of a family's words in one message to coordinators."""


# --- raising -------------------------------------------------------------------------------------


def raise_page(turn: Turn, house: House, level: Urgency, reason: Reason, now: datetime) -> Turn:
    """Open the patient's page, or add to the open one: risen, raised again, or informed."""
    level = max(level, Urgency.same_day, key=lambda u: u.rank)
    page = turn.scene.page
    if page is None or not page.open or page.patient_id is None:
        return _opened(turn, house, level, reason, now)
    turn = hold.upright(_appended(turn, reason), house, now)
    page = present(turn)
    if reason is Reason.not_reached:
        # The family was told to call and reached nobody: that waits in no queue.
        least = max(page.level, level, Urgency.immediate, key=lambda u: u.rank)
        return _risen(turn, house, least, now, again=True)
    if level > page.level:
        return _risen(turn, house, level, now)
    return _informed(turn, house, now)


def _opened(turn: Turn, house: House, level: Urgency, reason: Reason, now: datetime) -> Turn:
    scene = turn.scene
    page = origin.blank(house, scene.next_page_id, level, reason, now)
    runs = (scene.assessment.id,) if scene.assessment else ()
    page = replace(page, patient_id=scene.patient.id, assessments=runs)
    page = replace(page, known_as=known_as(house, scene, level, now))
    turn = origin.opened(turn, page)
    on_call = rounds.working(turn.scene, (Step("on_call", timedelta()),))
    if page.known_as is not None and on_call:
        return _once(turn, house, on_call, now)
    return rounds.begin(turn, house, now) if level > FROM_QUEUE else queue.enter(turn, house, now)


def _once(turn: Turn, house: House, on_call: tuple[Urn, ...], now: datetime) -> Turn:
    """Known to the team: the on-call person hears once; if nobody takes it, it rings for all."""
    silent = present(turn).level <= FROM_QUEUE
    turn = queue.wait(turn, house, on_call, now, silent=silent)
    return turn if silent else rounds.promise(turn, house, now)


def _appended(turn: Turn, reason: Reason) -> Turn:
    page, run = present(turn), turn.scene.assessment
    ids = (*page.assessments, *((run.id,) if run else ()))
    return put(turn, replace(page, reason=reason, assessments=tuple(dict.fromkeys(ids))))


def _risen(turn: Turn, house: House, level: Urgency, now: datetime, again: bool = False) -> Turn:
    """The level's policy is frozen anew. Who has it is alerted first; nobody: the alerts begin."""
    page = moved(present(turn), "rise")
    page = replace(page, level=level, policy=house.escalation.policies[level], queued=False)
    turn = put(turn, replace(page, told_unanswered_at=None))
    turn = turn.happened(PageRaised(page.id, level, page.reason))
    if page.state is PageState.acknowledged:
        return _holder_first(turn, house, now)
    begun = rounds.everyone if again else rounds.begin
    return begun(turn, house, now)


def _holder_first(turn: Turn, house: House, now: datetime) -> Turn:
    """Alert who has it; two minutes without progress, and everyone is alerted."""
    holders = alert.holders(turn.scene)
    if not holders:
        return hold.lose(turn, house, "no_progress", now, everyone=True)
    page = replace(present(turn), raises=present(turn).raises + 1)
    turn = alert.send(put(turn, page), house, holders, now)
    due_at = house.pace.after(now, house.escalation.waits.everyone)
    turn = turn.set(page_timer.timer(present(turn), "everyone", due_at))
    return alert.inform(turn, house, now, but=holders)


def _informed(turn: Turn, house: House, now: datetime) -> Turn:
    """Something new at no higher level: who has it gets a new card, and nobody else is rung."""
    page = present(turn)
    known = page.queued and page.known_as is not None
    if known and known_as(house, turn.scene, page.level, now) is None:
        return queue.leave(turn, house, now)
    if page.state is PageState.triggered:
        return alert.refresh(turn, house, now)
    holders = alert.holders(turn.scene)
    return alert.inform(alert.send(turn, house, holders, now), house, now, but=holders)


# --- what the family says ------------------------------------------------------------------------


def family_said(turn: Turn, house: House, what: str, now: datetime) -> Turn:
    """The family called, reached somebody, or wrote: the card shows it.

    What changes how the family can be helped is also told to who has the page, with a ring.
    """
    page = turn.scene.page
    if page is None or not page.open or page.patient_id is None:
        return turn
    turn = alert.inform(hold.upright(turn, house, now), house, now)
    line = _RING.get(what)
    if line is None:
        return turn
    told = line.given(code=page.code, words=_words(turn.scene, what))
    return alert.notify(turn, house, alert.concerned(turn.scene), told)


_RING = {
    "said": text("page.family_wrote"),
    "blocked": text("page.family_blocked"),
    "returned": text("page.family_returned"),
}


def _words(scene: Scene, what: str) -> str:
    """What the family wrote last, as far as one message holds it."""
    records = scene.assessment.records if scene.assessment else ()
    said = (r.words for r in reversed(records) if isinstance(r, Reported) and r.what == what)
    return shortened(next(said, ""), LONGEST)


def phone_given(turn: Turn, house: House, now: datetime) -> Turn:
    """The family sent its number: who has the page, or everyone alerted, can call."""
    page, phone = turn.scene.page, turn.scene.person.phone
    if page is None or not page.open or page.patient_id is None or not phone:
        return turn
    turn = alert.inform(hold.upright(turn, house, now), house, now)
    line = text("page.phone_given", code=page.code, phone=phone)
    return alert.notify(turn, house, alert.concerned(turn.scene), line)


# --- falling due ---------------------------------------------------------------------------------


def due(turn: Turn, house: House, due: Due, now: datetime) -> Turn:
    """A timer of the page has come; a stale one changes nothing."""
    page, timer = turn.scene.page, due.timer
    if page is None or page.id != timer.page_id or not page.open:
        return turn
    if timer.kind in _ANY_TIME:
        return _ANY_TIME[timer.kind](turn, house, timer, now)
    if not page_timer.current(page, timer):
        return turn
    return _DUE[timer.kind](turn, house, now)


def _progress(turn: Turn, house: House, now: datetime) -> Turn:
    return hold.lose(turn, house, "no_progress", now)


def _everyone(turn: Turn, house: House, now: datetime) -> Turn:
    return hold.lose(turn, house, "no_progress", now, everyone=True)


def _hand_on(turn: Turn, house: House, now: datetime) -> Turn:
    return hold.lose(turn, house, "hand_on_expired", now)


def _tell_unanswered(turn: Turn, house: House, now: datetime) -> Turn:
    return tidings.nobody_has_it(turn, house, text("page.unanswered"), now)


_DUE: Mapping[str, Callable[[Turn, House, datetime], Turn]] = {
    "page_step": rounds.advance,
    "page_queue": queue.leave,
    "page_progress": _progress,
    "page_everyone": _everyone,
    "page_hand_on": _hand_on,
    "page_unanswered": _tell_unanswered,
    "page_drill": drill.end,
}


def _undelivered(turn: Turn, house: House, timer: Timer, now: datetime) -> Turn:
    """The channel refused an alert for good: the next step is alerted at once."""
    page = present(turn)
    lost = dict.fromkeys((*page.unreachable, timer.detail))
    turn = put(turn, replace(page, unreachable=tuple(lost)))
    if page.state is PageState.triggered and not page.queued and page.reason is not Reason.drill:
        return rounds.undelivered(turn, house, now)
    return turn


def _checked(turn: Turn, house: House, timer: Timer, now: datetime) -> Turn:
    """After a start: a page whose holder left alerts again, and none is without its timer."""
    turn = hold.upright(turn, house, now)
    page = present(turn)
    if page.reason is Reason.drill:
        return drill.until_over(turn, house)
    if page.state is PageState.acknowledged:
        return hold.limited(turn, house, page.progress_at or now)
    if page.queued:
        return turn.set(page_timer.timer(page, "queue", queue.until(house, page, now)))
    return rounds.set_next(turn, house)


_ANY_TIME: Mapping[str, Callable[[Turn, House, Timer, datetime], Turn]] = {
    "page_undelivered": _undelivered,
    "page_check": _checked,
}
"""Kinds that carry no promise of the page's own: set by the sender, and at every start."""
DUE_KINDS = frozenset((*_DUE, *_ANY_TIME))
"""The kinds of timers that this file answers."""
