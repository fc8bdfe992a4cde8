"""What stands of an assessment's records: the answers, the proposals, what was told and said."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from flows.record import Answered, Proposed, Record, Reported, Told, Withdrawn
from flows.scene import Assessment
from flows.urgency import Urgency


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


def told_at(assessment: Assessment) -> datetime | None:
    """When a level was told last."""
    return next((r.at for r in reversed(assessment.records) if isinstance(r, Told)), None)


def reported(assessment: Assessment, what: str) -> bool:
    """Whether the family said this, beside the questions."""
    return any(isinstance(r, Reported) and r.what == what for r in assessment.records)


def reported_at(assessment: Assessment, what: str) -> tuple[str, datetime] | None:
    """The newest thing the family said that begins so, and when; None when it said none."""
    said = [r for r in assessment.records if isinstance(r, Reported) and r.what.startswith(what)]
    return (said[-1].what, said[-1].at) if said else None


def pending_at(assessment: Assessment) -> tuple[int, Proposed] | None:
    """The oldest proposal that waits for a tap, with its place in the list."""
    entries = standing_at(assessment.records)
    given = [(place, r) for place, r in entries if isinstance(r, Answered)]
    waiting = ((place, r) for place, r in entries if isinstance(r, Proposed))
    return next(((place, p) for place, p in waiting if not _settled(place, p, given)), None)


def pending(assessment: Assessment) -> Proposed | None:
    """The oldest proposal that waits for a tap."""
    found = pending_at(assessment)
    return found[1] if found else None


def _settled(place: int, proposal: Proposed, given: list[tuple[int, Answered]]) -> bool:
    """Answered since; of two numbers each needs an answer of its own."""
    later = (a for at, a in given if at > place and a.finding == proposal.finding)
    return any(proposal.number is None or a.number == proposal.number for a in later)
