"""Known to the team: findings that a coordinator resolved as known a short while ago."""

from __future__ import annotations

from datetime import datetime

from flows.assessment import answers
from flows.house import House
from flows.page import Page, Resolution
from flows.record import Answered
from flows.scene import Assessment, Scene
from flows.urgency import Urgency

Finding = tuple[str, str]
"""A finding's id, with its number where it has one."""


def known_as(house: House, scene: Scene, level: Urgency, now: datetime) -> datetime | None:
    """When the page was opened on which all of these findings were resolved as known."""
    run = scene.assessment
    if not house.escalation.known_to_the_team or run is None:
        return None
    present = _standing(house, run, now)
    known = (page for page in reversed(scene.resolved) if _stands(house, page, level, now))
    covered = (page for page in known if present <= _of(house, scene, page))
    return next((page.opened_at for page in covered if present), None)


def _stands(house: House, page: Page, level: Urgency, now: datetime) -> bool:
    """Whether the page was resolved as known lately, at no lower level."""
    if page.resolution is not Resolution.known_to_the_team or page.resolved_at is None:
        return False
    lately = house.pace.elapsed(page.resolved_at, now) < house.escalation.waits.known
    return lately and level <= page.level


def _of(house: House, scene: Scene, page: Page) -> frozenset[Finding]:
    """The findings that stood when the page was resolved."""
    runs = (*scene.past, *((scene.assessment,) if scene.assessment else ()))
    mine = (run for run in runs if run.id in page.assessments)
    until = page.resolved_at
    assert until is not None
    return frozenset(finding for run in mine for finding in _standing(house, run, until))


def _standing(house: House, run: Assessment, until: datetime) -> frozenset[Finding]:
    """The findings that count as yes, as the records stood at an instant."""
    records = (record for record in run.records if record.at <= until)
    return frozenset(_named(a) for id, a in answers(records).items() if _counts(house, id, a))


def _counts(house: House, id: str, answer: Answered) -> bool:
    return id in house.protocol.findings and answer.answer.holds


def _named(answer: Answered) -> Finding:
    return answer.finding, "" if answer.number is None else str(answer.number)
