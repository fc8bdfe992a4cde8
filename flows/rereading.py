"""The temperature that must be taken again: when it is asked for, and when silence is danger."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from flows.assessment import (
    answers,
    facts,
    level_of,
    readings,
    reported_at,
    standing,
)
from flows.house import House
from flows.judgement import Held, judge
from flows.record import Answered, Asked
from flows.scene import Assessment, Scene
from flows.urgency import Urgency

AGAIN = "reading_again"
"""The question, and the timer, by which a temperature is asked for once more."""
OVERDUE = "reading_overdue"
DOSE = "dose_"
"""What a report of when the medicine was given begins with: the hours since then follow."""
DOSES = (0, 1, 3, 5)
"""Hours since the dose that a family may choose from, each the least of its span."""


@dataclass(frozen=True)
class Rereading:
    """A reading that is not enough by itself."""

    of: datetime
    """When the reading was given: what its timers are recognised by."""
    again_at: datetime | None
    """When it is asked for once more; None when it was."""
    overdue_at: datetime | None
    """When silence counts as danger; None where the table does not say so."""
    masked: bool
    """Whether a medicine may hide a fever."""


def rereading(house: House, scene: Scene, now: datetime) -> Rereading | None:
    """The reading to be taken again, if the last one is such and nothing urgent was told."""
    taken = readings(house, scene, now)
    if not taken or scene.assessment is None or level_of(house, scene, now) >= Urgency.immediate:
        return None
    of, celsius = max(taken, key=lambda reading: reading[0])
    last = replace(facts(house, scene, now), readings=(celsius,), second_grey=False)
    held = next((h for h in judge(house.protocol, last).held if h.criterion.recheck), None)
    return _planned(house, scene, of, held) if held else None


def _planned(house: House, scene: Scene, of: datetime, held: Held) -> Rereading:
    masked = any(id in house.protocol.contexts for id in held.evidence)
    asked = asked_at(scene, of)
    wanted = _worn_off(house, scene, of, held) if masked else _after(house, of, held)
    late = None if masked or is_overdue(scene, of) else _late(house, of, asked)
    return Rereading(of, None if asked else wanted, late, masked)


def _after(house: House, of: datetime, held: Held) -> datetime:
    return house.pace.after(of, held.criterion.recheck or house.clinic.waits.reading_again)


def _late(house: House, of: datetime, asked: datetime | None) -> datetime:
    """75 minutes after the reading; after an outage not before the family had its chance."""
    waits = house.clinic.waits
    late = house.pace.after(of, waits.reading_overdue)
    grace = waits.reading_overdue - waits.reading_again
    return max(late, house.pace.after(asked, grace)) if asked else late


def _worn_off(house: House, scene: Scene, of: datetime, held: Held) -> datetime:
    """Six hours after the dose; its time unknown, four hours from when it was told of."""
    run, waits = scene.assessment, house.clinic.waits
    assert run is not None
    given = dose_at(house, run)
    if given is not None:
        return max(of, house.pace.after(given, waits.medicine_masks))
    known = answers(run.records)
    told_of = [known[id].at for id in held.evidence if id in known]
    return house.pace.after(max((of, *told_of)), waits.medicine_time_unknown)


def dose_at(house: House, run: Assessment) -> datetime | None:
    """When the medicine was given, as far as the family knew; None when it did not say."""
    given = reported_at(run, DOSE)
    if given is None:
        return None
    what, at = given
    hours = what.removeprefix(DOSE)
    return house.pace.after(at, -timedelta(hours=int(hours))) if hours.isdecimal() else None


def asked_at(scene: Scene, of: datetime) -> datetime | None:
    """When the reading was asked for again, since it was given."""
    asked = (
        r.at
        for run in _runs(scene)
        for r in standing(run.records)
        if isinstance(r, Asked) and r.question == AGAIN and r.at > of
    )
    return max(asked, default=None)


def is_overdue(scene: Scene, of: datetime) -> bool:
    """Whether the house already counted silence after this reading as danger."""
    given = (reported_at(run, OVERDUE) for run in _runs(scene))
    return any(found is not None and found[1] > of for found in given)


def last_reading_at(scene: Scene, thermometer: str) -> datetime | None:
    """When the patient's last temperature was given."""
    given = (
        r.at
        for run in _runs(scene)
        for r in standing(run.records)
        if isinstance(r, Answered) and r.finding == thermometer and r.number is not None
    )
    return max(given, default=None)


def _runs(scene: Scene) -> tuple[Assessment, ...]:
    return (*scene.past, *((scene.assessment,) if scene.assessment else ()))
