"""The case as coordinators read it: the patient, the findings, the words, what was told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from flows.advice import course_day, described, on_ward
from flows.assessment import answers, denied_by_sweep, judge_scene, standing
from flows.house import House
from flows.message import Text, text
from flows.person import Person, Reporter
from flows.record import Answer, Answered, Proposed, Reported, Told, Withdrawn
from flows.scene import Assessment, Scene
from flows.urgency import Urgency, gravest

# Lines of one kind on a card, so that it stays well below the 4096 units of one message.
MOST_YES = 20
MOST_UNSURE = 10
MOST_DENIED = 8
MOST_SWEPT = 14
MOST_CRITERIA = 6
MOST_TOLD = 5
MOST_CHANGED = 4
MOST_EARLIER = 3
MOST_QUOTES = 12
WORDS = 360
"""UTF-16 units of the family's own words, the newest first."""

LEVELS = {
    Urgency.emergency: text("card.level_emergency"),
    Urgency.immediate: text("card.level_immediate"),
    Urgency.same_day: text("card.level_same_day"),
    Urgency.routine: text("card.level_routine"),
    Urgency.information: text("card.level_routine"),
}
PLACES = {
    Answer.yes: text("card.place_ward"),
    Answer.no: text("card.place_home"),
    Answer.unknown: text("card.place_unknown"),
    None: text("card.place_unknown"),
}
REPORTERS = {
    Reporter.parent: text("card.by_parent"),
    Reporter.patient: text("card.by_patient"),
    Reporter.carer: text("card.by_carer"),
    None: text("card.by_unknown"),
}
REPORTS = {
    "called": text("card.said_called"),
    "reached": text("card.said_reached"),
    "no_answer": text("card.said_no_answer"),
    "not_reached": text("card.said_not_reached"),
    "mistake": text("card.said_mistake"),
}


def case(house: House, scene: Scene, now: datetime) -> tuple[Text, ...]:
    """The paragraphs of the card below its head; those with nothing to say are left out."""
    runs = _runs(scene)
    about = text("card.patient", lines=tuple(_patient(house, scene, now)))
    if not runs:
        return (about,)
    return (
        about,
        *_findings(house, runs[-1]),
        *_criteria(house, scene, runs[-1], now),
        *_paragraph(text("card.changed"), _changed(house, runs[-1]), MOST_CHANGED, newest=True),
        *_paragraph(text("card.words"), _words(runs), MOST_QUOTES),
        *_paragraph(text("card.told"), _told(runs), MOST_TOLD, newest=True),
        *_paragraph(text("card.earlier"), _earlier(runs[:-1]), MOST_EARLIER, newest=True),
    )


def _runs(scene: Scene) -> tuple[Assessment, ...]:
    """The page's assessments, oldest first."""
    page = scene.page
    assert page is not None
    now = (scene.assessment,) if scene.assessment else ()
    return tuple(run for run in (*scene.past, *now) if run.id in page.assessments)


def _paragraph(
    title: Text, lines: Iterable[Text], most: int, newest: bool = False
) -> tuple[Text, ...]:
    """A title with its lines; too many are counted instead. Nothing without lines."""
    every = tuple(lines)
    if not every:
        return ()
    kept = every[-most:] if newest else every[:most]
    rest = len(every) - len(kept)
    more = (text("card.more", n=rest),) if rest else ()
    return (title.given(lines=(*kept, *more)),)


# --- the patient ---------------------------------------------------------------------------------


def phones(scene: Scene) -> tuple[Person, ...]:
    """Those who share the patient and can be called."""
    return tuple(carer for carer in scene.carers if carer.phone)


def _patient(house: House, scene: Scene, now: datetime) -> Iterator[Text]:
    patient = scene.patient
    if patient.name:
        yield text("card.name", name=patient.name)
    for carer in phones(scene):
        yield text("card.phone", who=REPORTERS[carer.reporter], phone=carer.phone)
    if not phones(scene):
        yield text("card.no_phone")
    if scene.carers and all(carer.blocked_at for carer in scene.carers):
        yield text("card.blocked")
    yield PLACES[on_ward(scene)]
    if patient.ward_phone:
        yield text("card.ward_phone", phone=patient.ward_phone)
    day = course_day(patient, now.astimezone(house.clinic.hours.zone))
    yield text("card.day", day=str(day)) if day else text("card.day_unknown")
    if patient.under_5 is Answer.yes:
        yield text("card.under_5")
    if patient.previous_transplant is Answer.yes:
        yield text("card.transplant")
    spoken = dict.fromkeys(carer.speaks(house.languages) for carer in scene.carers)
    yield text("card.language", languages=", ".join(spoken))


# --- the findings --------------------------------------------------------------------------------


def _findings(house: House, run: Assessment) -> Iterator[Text]:
    """Yes, not sure, denied one by one, denied by a line of the sweep."""
    known = {id: a for id, a in answers(run.records).items() if id in house.protocol.findings}
    swept = frozenset(denied_by_sweep(house.protocol, run))
    yes = [described(house, a) for a in known.values() if a.answer is Answer.yes]
    unsure = [_label(id) for id, a in known.items() if a.answer is Answer.unknown]
    denied = [_label(id) for id, a in known.items() if not a.answer.holds and id not in swept]
    yield from _paragraph(text("card.yes"), map(_item, yes), MOST_YES)
    yield from _paragraph(text("card.unsure"), map(_item, unsure), MOST_UNSURE)
    yield from _paragraph(text("card.denied"), map(_item, denied), MOST_DENIED)
    lines = map(_item, _swept(house, swept))
    yield from _paragraph(text("card.swept"), lines, MOST_SWEPT)


def _swept(house: House, swept: frozenset[str]) -> Iterator[Text]:
    """The denied lines of the sweep, and what was denied of other lines, in the sweep's order."""
    for row in house.protocol.sweep:
        if swept.issuperset(row.findings):
            yield Text(f"sweep.{row.id}.label")
        else:
            yield from (_label(id) for id in row.findings if id in swept)


def _label(id: str) -> Text:
    return Text(f"finding.{id}.label")


def _item(what: Text) -> Text:
    return text("list.item", what=what)


def _criteria(house: House, scene: Scene, run: Assessment, now: datetime) -> tuple[Text, ...]:
    """What made it urgent, with its source: judged now, or as it was told when it is closed."""
    if scene.assessment is not None and run.id == scene.assessment.id:
        ids = [held.criterion.id for held in judge_scene(house, scene, now).held]
    else:
        told = [record for record in run.records if isinstance(record, Told)]
        ids = [id for record in told[-1:] for id in record.criteria]
    sources = {criterion.id: criterion.source for criterion in house.protocol.criteria}
    lines = (text("card.criterion", id=id, source=sources.get(id, "-")) for id in ids)
    return _paragraph(text("card.criteria"), lines, MOST_CRITERIA)


# --- what was said -------------------------------------------------------------------------------


def _changed(house: House, run: Assessment) -> Iterator[Text]:
    """Answers that the family took back or changed: seen, though the level stands."""
    known = answers(run.records)
    for place, record in enumerate(run.records):
        if not isinstance(record, Answered) or not record.answer.holds:
            continue
        last = known.get(record.finding)
        if last is None or (last.answer, last.number) != (record.answer, record.number):
            what = described(house, record)
            yield text("card.corrected", what=what, at=last.at if last else _gone_at(run, place))


def _gone_at(run: Assessment, place: int) -> datetime:
    """When the record at this place was withdrawn."""
    gone = (r.at for r in run.records if isinstance(r, Withdrawn) and r.index == place)
    return next(gone, run.records[place].at)


def _words(runs: tuple[Assessment, ...]) -> Iterator[Text]:
    """The family's own words, newest first, as far as there is room."""
    room = WORDS
    for record in reversed([record for run in runs for record in run.records]):
        words = record.words if isinstance(record, Answered | Proposed | Reported) else ""
        if words and room > 0:
            yield text("list.item", what=shortened(words, room))
            room -= units(words)


def units(words: str) -> int:
    """The length that channels count: UTF-16 code units."""
    return len(words.encode("utf-16-le")) // 2


def shortened(words: str, room: int) -> str:
    """The words, or as much of their beginning as fits, marked as cut."""
    if units(words) <= room:
        return words
    kept = words.encode("utf-16-le")[: 2 * room].decode("utf-16-le", errors="ignore")
    return f"{kept} […]"


def _told(runs: tuple[Assessment, ...]) -> Iterator[Text]:
    """What the family was told, and what it reported back, in order."""
    for record in (record for run in runs for record in standing(run.records)):
        if isinstance(record, Told):
            level = LEVELS[record.level]
            yield text("card.told_level", level=level, at=record.at, language=record.language)
        if isinstance(record, Reported) and record.what in REPORTS:
            yield REPORTS[record.what].given(at=record.at)


def _earlier(runs: tuple[Assessment, ...]) -> Iterator[Text]:
    """The page's earlier assessments, a line each."""
    for run in runs:
        levels = [record.level for record in run.records if isinstance(record, Told)]
        outcome = LEVELS[gravest(levels)] if levels else text("card.not_told")
        yield text("card.earlier_line", at=run.opened_at, level=outcome)
