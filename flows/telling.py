"""Telling a family how urgent it is: once a level, before anything else is asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from flows import advice, escalation
from flows.assessment import judge_scene, level_of, next_step, told, told_at
from flows.event import Recorded
from flows.house import House
from flows.judgement import Judgement
from flows.message import Choice, Outbound, Text, text
from flows.page import Reason
from flows.record import Record, Told
from flows.rereading import DOSES, Rereading, rereading
from flows.scene import Assessment
from flows.timer import Timer
from flows.turn import Turn
from flows.underneath import after_advice, after_outcome, doses
from flows.urgency import Urgency

URGENT = (Urgency.emergency, Urgency.immediate)


def record(turn: Turn, *records: Record) -> Turn:
    """Add records to the open assessment."""
    run = turn.scene.assessment
    assert run is not None
    grown = replace(run, records=run.records + records)
    events = tuple(Recorded(run.id, entry) for entry in records)
    return turn.become(assessment=grown).happened(*events)


def say(turn: Turn, *body: Text, **parts: object) -> Turn:
    """Owe the person one message, under a key of its own."""
    key = f"{turn.cause}:{len(turn.says)}"
    to = turn.scene.person.urn
    message = Outbound(to=to, key=key, body=body, first=1 + len(offered(turn)))
    return turn.say(replace(message, **parts))  # type: ignore[arg-type]


def labelled(turn: Turn) -> tuple[str, ...]:
    """The text ids of those choices' labels, in the same order."""
    to = turn.scene.person.urn
    return tuple(label for said in turn.says if said.to == to for label in said.labels)


def offered(turn: Turn) -> tuple[str, ...]:
    """The tokens of all choices that this turn shows the person, in order."""
    to = turn.scene.person.urn
    return tuple(token for said in turn.says if said.to == to for token in said.tokens)


def tell(turn: Turn, house: House, now: datetime) -> Turn:
    """Say the level if it is higher than what was told: urgent ones at once, others when all
    questions are answered."""
    scene = turn.scene
    run = scene.assessment
    if run is None:
        return turn
    before, level = told(run), level_of(house, scene, now)
    risen = before is None or level > before
    if not risen or not (level in URGENT or _finished(turn, house, now)):
        return turn
    return _told(turn, house, level, now)


def tell_unfinished(turn: Turn, house: House, now: datetime) -> Turn:
    """Say what stands although questions are open: the family stops, or starts again."""
    run = turn.scene.assessment
    level = level_of(house, turn.scene, now)
    if run is None or level < Urgency.same_day or level is told(run):
        return turn
    return _told(turn, house, level, now, Reason.unfinished)


def told_long_ago(house: House, run: Assessment, now: datetime) -> bool:
    """Whether the advice is so old that a new danger deserves it, and its numbers, again."""
    at = told_at(run)
    return at is not None and house.pace.elapsed(at, now) > house.clinic.waits.stale_check


def tell_again(turn: Turn, house: House, level: Urgency, now: datetime) -> Turn:
    """A danger said after its page was closed: the same level, the numbers and a page anew."""
    return _told(turn, house, level, now)


def _told(
    turn: Turn, house: House, level: Urgency, now: datetime, reason: Reason = Reason.findings
) -> Turn:
    plan = rereading(house, turn.scene, now)
    turn = _recorded(turn, house, level, judge_scene(house, turn.scene, now), now)
    if level in URGENT:
        return _urgent(turn, house, level, reason, now)
    return _planned(_calm(turn, house, level, reason, now), plan)


def _finished(turn: Turn, house: House, now: datetime) -> bool:
    step = next_step(house, turn.scene, now)
    return step is not None and step.state == "outcome"


def _recorded(
    turn: Turn, house: House, level: Urgency, judgement: Judgement, now: datetime
) -> Turn:
    bubble = advice.first_bubble(house, turn.scene, level, now)
    ways = advice.ways(house, turn.scene, level, now)
    return record(
        turn,
        Told(
            at=now,
            level=level,
            texts=(bubble.id, *(way.line.id for way in ways)),
            language=turn.scene.person.speaks(house.languages),
            protocol=house.protocol.stamp,
            criteria=tuple(held.criterion.id for held in judgement.held),
        ),
    )


def _urgent(turn: Turn, house: House, level: Urgency, reason: Reason, now: datetime) -> Turn:
    """The advice, the contact card, then the coordinators, then what may help to call."""
    turn = say(turn, advice.first_bubble(house, turn.scene, level, now))
    turn = say(turn, contact=advice.card(house, turn.scene, level, now))
    turn = escalation.raise_page(turn, house, level, reason, now)
    return after(turn, house, level, now).set(_reached(turn, house, level, now))


def buttons(turn: Turn, house: House) -> tuple[tuple[Choice, ...], ...]:
    """The buttons under an urgent advice, for this person."""
    run = turn.scene.assessment
    assert run is not None
    return after_advice(run, turn.scene.person.speaks(house.languages), house.clinic.language)


def after(turn: Turn, house: House, level: Urgency, now: datetime) -> Turn:
    """What stands behind buttons once an urgent advice is out."""
    rows: tuple[tuple[Choice, ...], ...] = (
        *buttons(turn, house),
        *((link,) for link in advice.links(house, turn.scene, level, now)),
    )
    told = text("advice.after_alone") if nobody_alerted(turn) else text("advice.after")
    turn, said = _disclaimer(turn, now)
    return say(turn, told, *said, choices=rows)


def nobody_alerted(turn: Turn) -> bool:
    """Whether this turn told the family that no coordinator could be alerted: then nothing may
    say that one is."""
    return any(part.id == "page.nobody" for said in turn.says for part in said.body)


def _calm(turn: Turn, house: House, level: Urgency, reason: Reason, now: datetime) -> Turn:
    run = turn.scene.assessment
    assert run is not None
    before = turn
    if level is Urgency.same_day:
        # What was left half-way may hide something graver: it never waits in the queue.
        paged = Urgency.immediate if reason is Reason.unfinished else level
        turn = escalation.raise_page(turn, house, paged, reason, now)
    turn, said = _disclaimer(turn, now)
    rows = (
        *after_outcome(run, level),
        *((link,) for link in advice.links(house, turn.scene, level, now)),
    )
    bubble = advice.first_bubble(house, turn.scene, level, now)
    return said_first(before, say(turn, bubble, *_watching(level), *said, choices=rows))


def said_first(before: Turn, turn: Turn) -> Turn:
    """The turn with its last message before all others that are owed since: advice comes before
    what is said of its page, though the page must be there to be named in it."""
    known = len(before.says)
    return replace(turn, says=(*before.says, turn.says[-1], *turn.says[known:-1]))


def _planned(turn: Turn, plan: Rereading | None) -> Turn:
    """When the temperature is asked for again; where a medicine hides it, when it was given."""
    run = turn.scene.assessment
    if plan is None or plan.again_at is None or run is None:
        return turn
    turn = say(turn, text("reading.planned", at=plan.again_at))
    return say(turn, text("dose.ask"), choices=doses(run, DOSES)) if plan.masked else turn


def _watching(level: Urgency) -> tuple[Text, ...]:
    return (text("advice.watch"),) if level < Urgency.same_day else (text("advice.medicines"),)


def _disclaimer(turn: Turn, now: datetime) -> tuple[Turn, tuple[Text, ...]]:
    """General information and no treatment plan: said once in a conversation."""
    conversation = turn.scene.conversation
    if conversation.disclaimed_at is not None:
        return turn, ()
    return turn.become(conversation=replace(conversation, disclaimed_at=now)), (
        text("about.disclaimer"),
    )


def _reached(turn: Turn, house: House, level: Urgency, now: datetime) -> Timer:
    run = turn.scene.assessment
    assert run is not None
    waits = house.clinic.waits
    emergency = level is Urgency.emergency
    wait: timedelta = waits.reached_emergency if emergency else waits.reached_immediate
    return Timer(
        key=f"reached:assessment:{run.id}",
        due_at=house.pace.after(now, wait),
        kind="reached",
        person_id=turn.scene.person.id,
        detail=level,
    )
