"""The heart: the records so far give the answers, the urgency, and the next step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from flows.facts import Facts
from flows.house import House
from flows.judgement import Judgement, judge, undecided
from flows.protocol import Kind, Protocol
from flows.record import (
    Answer,
    Answered,
    Asked,
    By,
    Finished,
    Opened,
    Proposed,
    Record,
    Reported,
    Told,
    Withdrawn,
)
from flows.scene import Assessment, Scene
from flows.urgency import Urgency

DAY = timedelta(hours=24)
PERSISTS = timedelta(hours=48)
"""A finding at same day that lasts this long becomes immediate (clinical.md 4, combining)."""
SWEEP = "sweep"
"""The pseudo-sign of "check everything"."""


# --- what stands ---------------------------------------------------------------------------------


def standing_at(records: Iterable[Record]) -> tuple[tuple[int, Record], ...]:
    """The records that still stand, each with its place in the list."""
    every = tuple(records)
    gone = {record.index for record in every if isinstance(record, Withdrawn)}
    return tuple(
        (place, record)
        for place, record in enumerate(every)
        if place not in gone and not isinstance(record, Withdrawn)
    )


def standing(records: Iterable[Record]) -> tuple[Record, ...]:
    """The records that still stand, in order."""
    return tuple(record for _, record in standing_at(records))


def answers(records: Iterable[Record]) -> dict[str, Answered]:
    """The latest standing answer of each finding and context."""
    return {r.finding: r for r in standing(records) if isinstance(r, Answered)}


def told(assessment: Assessment | None) -> Urgency | None:
    """The highest level that was told in this assessment; it never falls."""
    records = assessment.records if assessment else ()
    levels = [record.level for record in records if isinstance(record, Told)]
    return max(levels, key=lambda level: level.rank, default=None)


def reported(assessment: Assessment, what: str) -> bool:
    """Whether the family said this, beside the questions."""
    return any(isinstance(r, Reported) and r.what == what for r in assessment.records)


def pending(assessment: Assessment) -> Proposed | None:
    """The oldest proposal that waits for a tap."""
    known = answers(assessment.records)
    waiting = (r for r in standing(assessment.records) if isinstance(r, Proposed))
    return next((p for p in waiting if not _settled(p, known.get(p.finding))), None)


def _settled(proposal: Proposed, answer: Answered | None) -> bool:
    return answer is not None and answer.at >= proposal.at


# --- facts ---------------------------------------------------------------------------------------


def readings(house: House, scene: Scene, now: datetime) -> tuple[tuple[datetime, Decimal], ...]:
    """The patient's temperatures of the last 24 hours, of this and of earlier assessments."""
    runs = (*scene.past, *((scene.assessment,) if scene.assessment else ()))
    return tuple(
        (r.at, r.number)
        for run in runs
        for r in standing(run.records)
        if isinstance(r, Answered) and r.finding == "temperature" and r.number is not None
        if house.pace.elapsed(r.at, now) < DAY
    )


def contacts(house: House, scene: Scene, now: datetime) -> int:
    """How many assessments with at least one yes the family began in the last 24 hours."""
    return sum(
        house.pace.elapsed(run.opened_at, now) < DAY and bool(positive(house.protocol, run))
        for run in scene.past
    )


def positive(protocol: Protocol, run: Assessment) -> frozenset[str]:
    """The findings that count as yes in one assessment (contexts are no findings)."""
    return frozenset(
        id for id, a in answers(run.records).items() if id in protocol.findings and a.answer.holds
    )


def persisting(house: House, scene: Scene, now: datetime) -> frozenset[str]:
    """Findings present 48 hours ago and in every assessment since."""
    old = [r for r in scene.past if house.pace.elapsed(r.opened_at, now) >= PERSISTS]
    if not old or scene.assessment is None:
        return frozenset()
    since = scene.past[scene.past.index(old[-1]) :]
    lasting = positive(house.protocol, scene.assessment)
    for run in since:
        lasting &= positive(house.protocol, run)
    return lasting


def facts(house: House, scene: Scene, now: datetime) -> Facts:
    """All that the criteria may look at, for the open assessment of this scene."""
    known = answers(scene.assessment.records) if scene.assessment else {}
    taken = readings(house, scene, now)
    return Facts(
        answers={
            id: a.answer
            for id, a in known.items()
            if id in house.protocol.findings and a.number is None
        },
        readings=tuple(celsius for _, celsius in taken),
        counts={
            id: int(a.number)
            for id, a in known.items()
            if a.number is not None and _kind(house.protocol, id) is Kind.count
        },
        contexts=contexts(house.protocol, scene, known),
        contacts_24h=contacts(house, scene, now),
        persisting=persisting(house, scene, now),
        second_grey=second_grey(house, taken),
        reading_overdue=overdue(scene.assessment),
    )


def contexts(protocol: Protocol, scene: Scene, known: Mapping[str, Answered]) -> dict[str, Answer]:
    """What is known of the course: answered now, or saved when the family set up."""
    saved = {
        "on_ward": scene.patient.on_ward,
        "previous_transplant": scene.patient.previous_transplant,
    }
    given = {id: a.answer for id, a in known.items() if id in protocol.contexts}
    return {id: answer for id, answer in saved.items() if answer is not None} | given


def second_grey(house: House, taken: tuple[tuple[datetime, Decimal], ...]) -> bool:
    """Whether two readings of the last 24 hours were neither fever nor normal."""
    low, below = house.protocol.grey
    return sum(low <= celsius < below for _, celsius in taken) >= 2


def overdue(assessment: Assessment | None) -> bool:
    """Whether the reading asked for again did not come in time."""
    late = False
    for record in standing(assessment.records) if assessment else ():
        if isinstance(record, Reported) and record.what == "reading_overdue":
            late = True
        if isinstance(record, Answered) and record.finding == "temperature":
            late = False
    return late


def _kind(protocol: Protocol, id: str) -> Kind | None:
    finding = protocol.findings.get(id)
    return finding.kind if finding else None


def judge_scene(house: House, scene: Scene, now: datetime) -> Judgement:
    """The urgency of the open assessment, with the criteria that hold."""
    return judge(house.protocol, facts(house, scene, now))


# --- the next step -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Step:
    """What the family is asked next: a state of the conversation, and what it is about."""

    state: str
    """proposal, sign, each, context, sweep, outcome."""
    about: str = ""


def next_step(house: House, scene: Scene, now: datetime) -> Step | None:
    """The first of: a pending proposal, the newest open sign, a context that matters, the
    sweep, the outcome; None without an assessment."""
    run = scene.assessment
    if run is None:
        return None
    # Once "call now" is out, only what could make it an emergency is worth a question: it goes
    # before the list of findings, which is there to be added to.
    graver = _context(house, scene, now) if told(run) is Urgency.immediate else None
    return (
        _proposal(run)
        or graver
        or _sign(house.protocol, run)
        or _context(house, scene, now)
        or _sweep(house.protocol, run)
        or _worry(house, scene, now)
        or Step("outcome")
    )


def _proposal(run: Assessment) -> Step | None:
    proposal = pending(run)
    return Step("proposal", proposal.finding) if proposal else None


def open_signs(protocol: Protocol, run: Assessment) -> tuple[str, ...]:
    """The signs whose screens were opened and not left, the newest last."""
    opened: dict[str, None] = {}
    for record in standing(run.records):
        if isinstance(record, Opened) and record.sign in protocol.signs:
            opened.pop(record.sign, None)
            opened[record.sign] = None
        if isinstance(record, Finished):
            opened.pop(record.screen, None)
    return tuple(opened)


def _sign(protocol: Protocol, run: Assessment) -> Step | None:
    signs = open_signs(protocol, run)
    if not signs:
        return None
    doubtful = next_of_each(protocol, run, signs[-1])
    return Step("each", doubtful) if doubtful else Step("sign", signs[-1])


def next_of_each(protocol: Protocol, run: Assessment, sign: str) -> str:
    """The worst finding of the sign still unanswered, once "I can't tell" asks one by one."""
    if asked_each(sign) not in {r.question for r in standing(run.records) if isinstance(r, Asked)}:
        return ""
    known = answers(run.records)
    return next((id for id in protocol.signs[sign].findings if id not in known), "")


def asked_each(sign: str) -> str:
    """The question under which "I can't tell" on a sign is recorded."""
    return f"each:{sign}"


def _context(house: House, scene: Scene, now: datetime) -> Step | None:
    run = scene.assessment
    assert run is not None
    level = told(run)
    if level is Urgency.emergency or (level is Urgency.immediate and not may_ask(run)):
        return None
    known = facts(house, scene, now)
    asked = frozenset(known.contexts)
    questions = undecided(house.protocol, known, asked, level_of(house, scene, now))
    return Step("context", questions[0]) if questions else None


def may_ask(run: Assessment) -> bool:
    """At immediate nothing more is asked until the family called, or three minutes passed."""
    return reported(run, "called") or reported(run, "waited")


def _sweep(protocol: Protocol, run: Assessment) -> Step | None:
    level = told(run)
    if level is not None and level >= Urgency.immediate:
        return None
    left = {r.screen for r in standing(run.records) if isinstance(r, Finished)}
    screens = sorted({line.screen for line in protocol.sweep})
    ahead = (screen for screen in screens if f"{SWEEP}_{screen}" not in left)
    return next((Step("sweep", str(screen)) for screen in ahead), None)


def _worry(house: House, scene: Scene, now: datetime) -> Step | None:
    run = scene.assessment
    assert run is not None
    below = judge_scene(house, scene, now).urgency < Urgency.immediate
    asked = "very_worried" in answers(run.records)
    return Step("context", "very_worried") if below and not asked and told(run) is None else None


def level_of(house: House, scene: Scene, now: datetime) -> Urgency:
    """The higher of what was told and what is judged now."""
    before = told(scene.assessment)
    judged = judge_scene(house, scene, now).urgency
    return judged if before is None or judged > before else before


def denied_by_sweep(protocol: Protocol, run: Assessment) -> tuple[str, ...]:
    """The findings that only a denied line of the sweep denies."""
    known = answers(run.records)
    return tuple(
        id
        for id in protocol.findings
        if id in known and known[id].by is By.sweep and not known[id].answer.holds
    )
