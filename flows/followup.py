"""What the house does by itself: nudges, pages for what was left half-way, checks afterwards."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from flows import advice, escalation
from flows.answering import assess, sign_showing, thermometer
from flows.assessment import (
    judge_scene,
    level_of,
    may_ask,
    next_step,
    open_signs,
    pending,
    reported_at,
    standing,
    told,
    told_at,
)
from flows.event import AssessmentClosed
from flows.house import House
from flows.message import Choice, Text, text
from flows.page import Reason
from flows.record import (
    Answer,
    Answered,
    Asked,
    By,
    Finished,
    Opened,
    Proposed,
    Reported,
)
from flows.rereading import AGAIN, OVERDUE, last_reading_at, rereading
from flows.scene import Assessment, Scene
from flows.screen import NOW
from flows.telling import nobody_alerted, record, said_first, say
from flows.timer import Due, Timer
from flows.turn import Turn
from flows.urgency import Urgency

KINDS = ("nudge", "left", "proposal", "context", "ask_more", "closes")
"""Timers that belong to the open assessment and move with each of its inputs."""
_READINGS = (AGAIN, OVERDUE)
"""Timers of a doubtful reading: they belong to the patient, and outlive an assessment."""


def key(kind: str, run: Assessment) -> str:
    """The timer's key: one of each kind an assessment."""
    return f"{kind}:assessment:{run.id}"


def reading_key(kind: str, scene: Scene) -> str:
    """The key of a doubtful reading's timer: one of each kind a patient."""
    return f"{kind}:patient:{scene.patient.id}"


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
    kept = () if spoke else ("closes",) if advised(run) else ("closes", "nudge", "left")
    needed.update(key(kind, run) for kind in kept)
    every = (key(kind, run) for kind in KINDS)
    return turn.drop(one for one in every if one not in needed).set(*timers)


def _asked(turn: Turn, house: House, now: datetime) -> Turn:
    """Keep when a question about the course was put: silence is counted from then, and anew
    when something else came between. One that nobody sees is not asked."""
    step = next_step(house, turn.scene, now)
    run = turn.scene.assessment
    seen = not turn.scene.conversation.aside
    if run is None or step is None or step.state != "context" or not seen:
        return turn
    return turn if _asked_at(run, step.about) else record(turn, Asked(now, step.about))


def _asked_at(run: Assessment, question: str) -> datetime | None:
    """When the question was put, if no other screen was opened or left since."""
    at: datetime | None = None
    for entry in standing(run.records):
        if isinstance(entry, Opened | Finished):
            at = None
        if isinstance(entry, Asked) and entry.question == question:
            at = entry.at
    return at


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
    urged = told_at(run) if told(run) is Urgency.immediate and not may_ask(run) else None
    since = (
        ("proposal", waits.proposal, waiting.at if waiting else None),
        ("context", waits.context, asked),
        ("ask_more", waits.context, urged),
    )
    return tuple(_timer(turn, house, kind, wait, at) for kind, wait, at in since if at)


def half_way(turn: Turn, house: House, now: datetime) -> bool:
    """Whether questions are open and no advice is out; "no danger sign found" is none."""
    run = turn.scene.assessment
    step = next_step(house, turn.scene, now)
    return run is not None and not advised(run) and step is not None and step.state != "outcome"


def advised(run: Assessment) -> bool:
    """Whether the family was told to turn to somebody."""
    return (told(run) or Urgency.routine) >= Urgency.same_day


def _worth_a_page(turn: Turn, house: House, now: datetime) -> bool:
    """A sign was opened, or something was answered with yes; the bare sweep is not enough."""
    run = turn.scene.assessment
    assert run is not None
    held = judge_scene(house, turn.scene, now).urgency > Urgency.routine
    return bool(open_signs(house.protocol, run)) or held


def recheck(turn: Turn, house: House, now: datetime) -> Turn:
    """After a doubtful reading: ask again, and count silence as danger where the table says so."""
    if turn.scene.assessment is None:
        return turn
    plan = rereading(house, turn.scene, now)
    dues = {AGAIN: plan.again_at, OVERDUE: plan.overdue_at} if plan else {}
    timers = tuple(
        Timer(
            key=reading_key(kind, turn.scene),
            due_at=due_at,
            kind=kind,
            person_id=turn.scene.person.id,
            detail=plan.of.isoformat(),
        )
        for kind, due_at in dues.items()
        if plan and due_at
    )
    return turn.drop(reading_key(kind, turn.scene) for kind in _READINGS).set(*timers)


def unwind(turn: Turn, run: Assessment) -> Turn:
    """Forget the questions of an assessment that is over. "Did you reach someone?" and a doubtful
    reading are checked all the same."""
    return turn.drop(key(kind, run) for kind in KINDS)


def resume(turn: Turn) -> Turn:
    """Back from home to what the assessment asks; a set-up is not broken off for it."""
    conversation = turn.scene.conversation
    aside = "" if conversation.aside == "home" else conversation.aside
    return turn.become(conversation=replace(conversation, aside=aside))


# --- falling due ---------------------------------------------------------------------------------


def due(turn: Turn, house: House, due: Due, now: datetime) -> Turn:
    """A timer of the conversation has come; a stale one changes nothing."""
    return _DUE[due.timer.kind](turn, house, due, now) if _current(turn, house, due) else turn


def _current(turn: Turn, house: House, due: Due) -> bool:
    """Whether the timer still belongs to something."""
    timer, run = due.timer, turn.scene.assessment
    if timer.kind in _READINGS:
        last = last_reading_at(turn.scene, thermometer(house.protocol).id)
        return last is not None and timer.detail == last.isoformat()
    return timer.kind == "reached" or (run is not None and timer.key == key(timer.kind, run))


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
    paged = escalation.raise_page(turn, house, level, Reason.unfinished, now)
    told = text("left.alone") if nobody_alerted(paged) else text("left.paged")
    ways = advice.numbers(house, turn.scene, level, now)
    return said_first(turn, say(paged, told.given(ways=ways)))


def _proposal(turn: Turn, house: House, due: Due, now: datetime) -> Turn:
    """Silence after "did I understand?" is not a no: all that waited so long counts, at once."""
    run = turn.scene.assessment
    waiting = pending(run) if run else None
    over = house.pace.after(waiting.at, house.clinic.waits.proposal) if waiting else now
    if waiting is None or over > now:
        return turn
    return _proposal(record(turn, _unsaid(waiting, now)), house, due, now)


def _unsaid(waiting: Proposed, now: datetime) -> Answered:
    """What a proposal counts as when nobody answered it."""
    answer = Answer.yes if waiting.number is not None else Answer.unknown
    return Answered(now, waiting.finding, answer, By.silence, waiting.number, waiting.words)


def count_waiting(turn: Turn, now: datetime) -> Turn:
    """Who breaks off has denied nothing: all that was understood and not answered counts."""
    run = turn.scene.assessment
    waiting = pending(run) if run else None
    return turn if waiting is None else count_waiting(record(turn, _unsaid(waiting, now)), now)


def _context(turn: Turn, house: House, due: Due, now: datetime) -> Turn:
    step = next_step(house, turn.scene, now)
    if step is None or step.state != "context":
        return turn
    return record(turn, Answered(now, step.about, Answer.unknown, By.silence))


def _ask_more(turn: Turn, house: House, due: Due, now: datetime) -> Turn:
    return record(resume(turn), Reported(now, "waited"))


def _reached(turn: Turn, house: House, due: Due, now: datetime) -> Turn:
    """Did you reach someone? Asked also when the assessment is over meanwhile."""
    run = turn.scene.assessment
    if run is not None and _reached_since_told(run):
        return turn
    stem = f"a{due.timer.key.rpartition(':')[2]}"
    rows = (
        (
            Choice(text("choice.reached"), f"{stem}.reached"),
            Choice(text("choice.no_answer"), f"{stem}.not_reached"),
        ),
    )
    return say(turn, _aged(turn, house, due, now) or text("check.reached"), choices=rows)


def _reached_since_told(run: Assessment) -> bool:
    """Whether somebody was reached about the newest advice; an earlier call is not about it."""
    said, urged = reported_at(run, "reached"), told_at(run)
    return said is not None and (urged is None or said[1] >= urged)


def _aged(turn: Turn, house: House, due: Due, now: datetime) -> Text | None:
    late = house.pace.elapsed(due.timer.due_at, now) > house.clinic.waits.stale_check
    return text("check.how_now") if late else None


def _reading_again(turn: Turn, house: House, due: Due, now: datetime) -> Turn:
    """Ask for the temperature again; where the assessment is over, the house opens one."""
    turn = say(turn, _aged(turn, house, due, now) or text("check.reading_again"))
    turn = assess(turn, house, now)
    sign = sign_showing(house, thermometer(house.protocol).id)
    return record(turn, Opened(now, sign, By.silence), Asked(now, AGAIN))


def _reading_overdue(turn: Turn, house: House, due: Due, now: datetime) -> Turn:
    """No answer in time: the table counts it as a fever."""
    return record(_opened_by_house(turn, house, now), Reported(now, OVERDUE))


def _opened_by_house(turn: Turn, house: House, now: datetime) -> Turn:
    if turn.scene.assessment is not None:
        return turn
    sign = sign_showing(house, thermometer(house.protocol).id)
    return record(assess(turn, house, now), Opened(now, sign, By.silence))


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
