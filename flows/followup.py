"""What the house does by itself: nudges, pages for what was left half-way, checks afterwards."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from flows import advice, escalation
from flows.assessment import (
    judge_scene,
    level_of,
    may_ask,
    next_step,
    open_signs,
    pending,
    standing,
    told,
)
from flows.event import AssessmentClosed
from flows.house import House
from flows.message import Choice, Text, text
from flows.page import Reason
from flows.protocol import Kind
from flows.record import Answer, Answered, Asked, By, Opened, Reported, Told
from flows.scene import Assessment
from flows.screen import NOW
from flows.telling import URGENT, record, say
from flows.timer import Due, Timer
from flows.turn import Turn
from flows.urgency import Urgency

KINDS = ("nudge", "left", "proposal", "context", "ask_more", "closes")
"""Timers that belong to the open assessment and move with each of its inputs."""
_READINGS = ("reading_again", "reading_overdue")


def key(kind: str, run: Assessment) -> str:
    """The timer's key: one of each kind an assessment."""
    return f"{kind}:assessment:{run.id}"


def _timer(turn: Turn, house: House, kind: str, wait: timedelta, since: datetime) -> Timer:
    run = turn.scene.assessment
    assert run is not None
    return Timer(
        key=key(kind, run),
        due_at=house.pace.after(since, wait),
        kind=kind,
        person_id=turn.scene.person.id,
    )


# --- setting -------------------------------------------------------------------------------------


def wind(turn: Turn, house: House, spoke: bool, now: datetime) -> Turn:
    """Set the timers that the open assessment now needs, and drop those it does not.

    Only the family's own input (``spoke``) starts the wait for silence anew: a nudge is no input.
    """
    run = turn.scene.assessment
    if run is None:
        return turn
    turn = _asked(turn, house, now)
    timers = (*(_silence(turn, house, now) if spoke else ()), *_questions(turn, house, now))
    needed = {timer.key for timer in timers}
    kept = () if spoke else ("closes",) if told(run) else ("closes", "nudge", "left")
    needed.update(key(kind, run) for kind in kept)
    over = _READINGS if told(run) in URGENT else ()
    every = (key(kind, run) for kind in (*KINDS, *over))
    return turn.drop(one for one in every if one not in needed).set(*timers)


def _asked(turn: Turn, house: House, now: datetime) -> Turn:
    """Keep when a question about the course was first put: silence is counted from then."""
    step = next_step(house, turn.scene, now)
    run = turn.scene.assessment
    if run is None or step is None or step.state != "context" or _asked_at(run, step.about):
        return turn
    return record(turn, Asked(now, step.about))


def _asked_at(run: Assessment, question: str) -> datetime | None:
    asked = (r for r in standing(run.records) if isinstance(r, Asked))
    return next((r.at for r in asked if r.question == question), None)


def _silence(turn: Turn, house: House, now: datetime) -> tuple[Timer, ...]:
    """How long the family may be silent from now on."""
    waits = house.clinic.waits
    closes = _timer(turn, house, "closes", waits.closes, now)
    if not half_way(turn, house, now):
        return (closes,)
    # Silence after a question of its own counts as an answer: no nudge beside it.
    quiet = bool(_questions(turn, house, now))
    nudge = () if quiet else (_timer(turn, house, "nudge", waits.nudge, now),)
    paged = _worth_a_page(turn, house, now)
    left = (_timer(turn, house, "left", waits.left, now),) if paged else ()
    return (closes, *nudge, *left)


def _questions(turn: Turn, house: House, now: datetime) -> tuple[Timer, ...]:
    """When the questions that stand open are answered by silence."""
    run = turn.scene.assessment
    assert run is not None
    waits = house.clinic.waits
    waiting, step = pending(run), next_step(house, turn.scene, now)
    asked = _asked_at(run, step.about) if step and step.state == "context" else None
    urged = _told_at(run) if told(run) is Urgency.immediate and not may_ask(run) else None
    since = (
        ("proposal", waits.proposal, waiting.at if waiting else None),
        ("context", waits.context, asked),
        ("ask_more", waits.context, urged),
    )
    return tuple(_timer(turn, house, kind, wait, at) for kind, wait, at in since if at)


def _told_at(run: Assessment) -> datetime | None:
    return next((r.at for r in reversed(run.records) if isinstance(r, Told)), None)


def half_way(turn: Turn, house: House, now: datetime) -> bool:
    """Whether questions are open and no advice is out."""
    run = turn.scene.assessment
    step = next_step(house, turn.scene, now)
    return run is not None and told(run) is None and step is not None and step.state != "outcome"


def _worth_a_page(turn: Turn, house: House, now: datetime) -> bool:
    """A sign was opened, or something was answered with yes; the bare sweep is not enough."""
    run = turn.scene.assessment
    assert run is not None
    held = judge_scene(house, turn.scene, now).urgency > Urgency.routine
    return bool(open_signs(house.protocol, run)) or held


def recheck(turn: Turn, house: House, now: datetime) -> Turn:
    """After a doubtful reading: ask again, and count silence as danger where the table says so."""
    scene = turn.scene
    run = scene.assessment
    if run is None or level_of(house, scene, now) in URGENT:
        return turn
    held = judge_scene(house, scene, now).held
    wait = next((h.criterion.recheck for h in held if h.criterion.recheck), None)
    if wait is None or any(t.key == key("reading_again", run) for t in turn.timers):
        return turn
    waits = house.clinic.waits
    grace = waits.reading_overdue - waits.reading_again
    return turn.set(
        _timer(turn, house, "reading_again", wait, now),
        _timer(turn, house, "reading_overdue", wait + grace, now),
    )


def unwind(turn: Turn, run: Assessment) -> Turn:
    """Forget every timer of an assessment that is over; checks of a doubtful reading go on."""
    return turn.drop(key(kind, run) for kind in (*KINDS, "reached", *_READINGS))


# --- falling due ---------------------------------------------------------------------------------


def due(turn: Turn, house: House, due: Due, now: datetime) -> Turn:
    """A timer of the conversation has come; a stale one changes nothing."""
    run = turn.scene.assessment
    if run is None or due.timer.key.rpartition(":")[2] != str(run.id):
        return turn
    return _DUE[due.timer.kind](turn, house, due, now)


def _nudge(turn: Turn, house: House, due: Due, now: datetime) -> Turn:
    if not half_way(turn, house, now):
        return turn
    run = turn.scene.assessment
    assert run is not None
    looking = Choice(text("choice.just_looking"), f"a{run.id}.looking")
    return say(turn, text("nudge.still_there"), choices=((NOW,), (looking,)))


def _left(turn: Turn, house: House, due: Due, now: datetime) -> Turn:
    """Silence at a sign is not a denial: the coordinators are told, and the family how to call."""
    if not half_way(turn, house, now):
        return turn
    level = max(level_of(house, turn.scene, now), Urgency.immediate, key=lambda u: u.rank)
    turn = say(turn, text("left.paged", ways=advice.numbers(house, turn.scene, level, now)))
    return escalation.raise_page(turn, house, level, Reason.unfinished, now)


def _proposal(turn: Turn, house: House, due: Due, now: datetime) -> Turn:
    """Silence after "did I understand?" is not a no."""
    run = turn.scene.assessment
    waiting = pending(run) if run else None
    if waiting is None:
        return turn
    answer = Answer.yes if waiting.number is not None else Answer.unknown
    return record(
        turn,
        Answered(now, waiting.finding, answer, By.silence, waiting.number, waiting.words),
    )


def _context(turn: Turn, house: House, due: Due, now: datetime) -> Turn:
    step = next_step(house, turn.scene, now)
    if step is None or step.state != "context":
        return turn
    return record(turn, Answered(now, step.about, Answer.unknown, By.silence))


def _ask_more(turn: Turn, house: House, due: Due, now: datetime) -> Turn:
    return record(turn, Reported(now, "waited"))


def _reached(turn: Turn, house: House, due: Due, now: datetime) -> Turn:
    """Did you reach someone?"""
    run = turn.scene.assessment
    assert run is not None
    rows = (
        (
            Choice(text("choice.yes"), f"a{run.id}.reached"),
            Choice(text("choice.no"), f"a{run.id}.not_reached"),
        ),
    )
    asked = text("check.reached")
    return say(turn, _aged(turn, house, due, now) or asked, choices=rows)


def _aged(turn: Turn, house: House, due: Due, now: datetime) -> Text | None:
    late = house.pace.elapsed(due.timer.due_at, now) > house.clinic.waits.stale_check
    return text("check.how_now") if late else None


def _reading_again(turn: Turn, house: House, due: Due, now: datetime) -> Turn:
    run = turn.scene.assessment
    assert run is not None
    sign = _sign_of_temperature(house)
    turn = record(turn, Opened(now, sign, By.silence), Asked(now, "reading_again"))
    conversation = replace(turn.scene.conversation, aside="")
    turn = turn.become(conversation=conversation)
    return say(turn, _aged(turn, house, due, now) or text("check.reading_again"))


def _sign_of_temperature(house: House) -> str:
    findings = house.protocol.findings
    return next(
        sign.id
        for sign in house.protocol.signs.values()
        if any(findings[f].kind is Kind.temperature for f in sign.findings)
    )


def _reading_overdue(turn: Turn, house: House, due: Due, now: datetime) -> Turn:
    return record(turn, Reported(now, "reading_overdue"))


def _closes(turn: Turn, house: House, due: Due, now: datetime) -> Turn:
    return close(turn, house, "silent", now)


_DUE: Mapping[str, Callable[[Turn, House, Due, datetime], Turn]] = {
    "nudge": _nudge,
    "left": _left,
    "proposal": _proposal,
    "context": _context,
    "ask_more": _ask_more,
    "reached": _reached,
    "reading_again": _reading_again,
    "reading_overdue": _reading_overdue,
    "closes": _closes,
}
DUE_KINDS = frozenset(_DUE)
"""The kinds of timers that this file answers."""


def close(turn: Turn, house: House, why: str, now: datetime) -> Turn:
    """End the open assessment; what was told in it stands in the record."""
    run = turn.scene.assessment
    if run is None:
        return turn
    ended = replace(run, closed_at=now, closed_why=why)
    turn = unwind(turn, run).become(assessment=None, past=(*turn.scene.past, ended))
    return turn.happened(AssessmentClosed(run.id, why))
