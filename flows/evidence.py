"""What the records of this and of earlier assessments come to: the facts that are judged."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from flows.facts import Facts
from flows.house import House
from flows.judgement import Judgement, judge
from flows.protocol import Kind, Protocol
from flows.record import Answer, Answered, By, Opened, Reported
from flows.scene import Assessment, Scene
from flows.standing import answers, standing, told
from flows.urgency import Urgency

DAY = timedelta(hours=24)
PERSISTS = timedelta(hours=48)
"""A finding at same day that lasts this long becomes immediate (clinical.md 4, combining)."""


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
        house.pace.elapsed(run.opened_at, now) < DAY
        and begun_by_family(run)
        and bool(positive(house.protocol, run))
        for run in scene.past
    )


def begun_by_family(run: Assessment) -> bool:
    """Whether the family began it; what the house opened to ask for a reading again is not."""
    first = next(iter(run.records), None)
    return not (isinstance(first, Opened) and first.by is By.silence)


def positive(protocol: Protocol, run: Assessment) -> frozenset[str]:
    """The findings that count as yes in one assessment (contexts are no findings)."""
    return frozenset(
        id
        for id, a in answers(run.records).items()
        if id in protocol.findings and a.answer.holds and not _normal(protocol, a)
    )


def _normal(protocol: Protocol, answer: Answered) -> bool:
    """Whether it is a reading that no criterion minds."""
    if answer.number is None or _kind(protocol, answer.finding) is not Kind.temperature:
        return False
    return not judge(protocol, Facts(readings=(answer.number,))).held


def denied(run: Assessment) -> frozenset[str]:
    """The ids that were last answered with no in one assessment."""
    return frozenset(id for id, a in answers(run.records).items() if not a.answer.holds)


def persisting(house: House, scene: Scene, now: datetime) -> frozenset[str]:
    """Findings present 48 hours ago and in every assessment since.

    Only a denial breaks the row: an assessment that did not ask proves nothing (inference).
    """
    old = [r for r in scene.past if house.pace.elapsed(r.opened_at, now) >= PERSISTS]
    if not old or scene.assessment is None:
        return frozenset()
    lasting = positive(house.protocol, scene.assessment) & positive(house.protocol, old[-1])
    for run in scene.past[scene.past.index(old[-1]) :]:
        lasting -= denied(run)
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


def own_level(house: House, id: str, number: Decimal | None = None) -> Urgency:
    """The level that a finding has by itself, said yes to, or in this number."""
    kind = _kind(house.protocol, id)
    if kind is Kind.temperature and number is not None:
        return judge(house.protocol, Facts(readings=(number,))).urgency
    if kind is Kind.count and number is not None:
        return judge(house.protocol, Facts(counts={id: int(number)})).urgency
    return judge(house.protocol, Facts(answers={id: Answer.yes})).urgency


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
