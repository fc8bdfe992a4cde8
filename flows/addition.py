"""What a turn added: where the conversation stood before it, and what the page must learn of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flows import escalation, lifecycle
from flows.assessment import answers, next_step, positive, told
from flows.house import House
from flows.page import Reason
from flows.record import Answer, Answered
from flows.scene import Scene
from flows.telling import tell_again, told_long_ago
from flows.turn import Turn
from flows.urgency import Urgency


@dataclass(frozen=True)
class Place:
    """Where a conversation stood before the input, to know whether it moved."""

    state: str
    step: object
    level: Urgency | None
    positive: frozenset[tuple[str, str]]
    """What counts as yes, each with its number: a second reading is news too."""
    found: Mapping[str, tuple[Answer, str]]
    """What was answered of each finding."""
    setup_step: str
    records: int
    """How many records the open assessment had."""

    def moved_from(self, before: Place) -> bool:
        """Whether another screen is due."""
        here = (self.state, self.step, self.setup_step)
        return here != (before.state, before.step, before.setup_step)


def place_of(turn: Turn, house: House, now: datetime) -> Place:
    """Where the conversation stands now."""
    scene = turn.scene
    run = scene.assessment
    return Place(
        lifecycle.derive(house, scene, now),
        next_step(house, scene, now),
        told(run),
        _present_findings(house, scene),
        _found(house, scene),
        scene.conversation.setup_step,
        len(run.records) if run else 0,
    )


def _found(house: House, scene: Scene) -> Mapping[str, tuple[Answer, str]]:
    known = answers(scene.assessment.records) if scene.assessment else {}
    findings = house.protocol.findings
    return {id: (a.answer, str(a.number)) for id, a in known.items() if id in findings}


def _present_findings(house: House, scene: Scene) -> frozenset[tuple[str, str]]:
    run = scene.assessment
    if run is None:
        return frozenset()
    known = answers(run.records)
    return frozenset((id, str(known[id].number)) for id in positive(house.protocol, run))


def append(turn: Turn, house: House, before: Place, now: datetime) -> Turn:
    """A new finding after the advice goes to the page, without a new text to the family unless
    the advice was hours ago. Once a coordinator has closed the page, danger said again is a
    danger anew: told, and paged."""
    run, page = turn.scene.assessment, turn.scene.page
    level = told(run)
    if run is None or level is None or level != before.level or level < Urgency.same_day:
        return turn
    if page is None or not page.open:
        return tell_again(turn, house, level, now) if _said(turn, house, before) else turn
    if not _present_findings(house, turn.scene) <= before.positive:
        if told_long_ago(house, run, now):
            return tell_again(turn, house, level, now)
        return escalation.raise_page(turn, house, level, Reason.findings, now)
    if _found(house, turn.scene) == before.found:
        return turn
    # What was taken back or denied shows on the card, and rings nobody.
    return escalation.family_said(turn, house, "changed", now)


def _said(turn: Turn, house: House, before: Place) -> bool:
    """Whether this turn says a finding that counts, be it for the second time."""
    run = turn.scene.assessment
    assert run is not None
    counting = positive(house.protocol, run)
    new = (r for r in run.records[before.records :] if isinstance(r, Answered))
    return any(r.answer.holds and r.finding in counting for r in new)
