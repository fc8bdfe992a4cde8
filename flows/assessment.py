"""The heart: the records so far give the answers, the urgency, and the next step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flows.evidence import (
    contacts,
    denied_by_sweep,
    facts,
    judge_scene,
    level_of,
    positive,
    readings,
)
from flows.house import House
from flows.judgement import undecided
from flows.protocol import Protocol
from flows.record import Asked, Finished, Opened
from flows.scene import Assessment, Scene
from flows.standing import (
    answers,
    pending,
    pending_at,
    reported,
    reported_at,
    standing,
    standing_at,
    told,
    told_at,
)
from flows.urgency import Urgency

__all__ = [
    "SWEEP",
    "Step",
    "answers",
    "asked_each",
    "contacts",
    "denied_by_sweep",
    "facts",
    "judge_scene",
    "level_of",
    "may_ask",
    "next_of_each",
    "next_step",
    "open_signs",
    "pending",
    "pending_at",
    "positive",
    "readings",
    "reported",
    "reported_at",
    "standing",
    "standing_at",
    "told",
    "told_at",
]

SWEEP = "sweep"
"""The pseudo-sign of "check everything"."""


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
        _proposal(house.protocol, run)
        or graver
        or _sign(house.protocol, run)
        or _context(house, scene, now)
        or _sweep(house.protocol, run)
        or _worry(house, scene, now)
        or Step("outcome")
    )


def _proposal(protocol: Protocol, run: Assessment) -> Step | None:
    """What free text seemed to say; in an emergency nothing more is asked, silence answers it."""
    proposal = pending(run)
    if proposal is None or told(run) is Urgency.emergency:
        return None
    return Step("proposal", proposal.finding) if proposal.finding in protocol.findings else None


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
    # Once an urgent advice is out the findings are a list to add to, not one question more each.
    urgent = (told(run) or Urgency.routine) >= Urgency.immediate
    doubtful = "" if urgent else next_of_each(protocol, run, signs[-1])
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
    below = level_of(house, scene, now) < Urgency.immediate
    asked = "very_worried" in answers(run.records)
    return Step("context", "very_worried") if below and not asked else None
