"""A verdict: criteria and urgency, as `main.py assess` and as the stored scene give them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.assess import assess
from flows.assessment import answers, facts, judge_scene, told
from flows.protocol import Kind, Protocol
from flows.record import Answer, Answered
from flows.scene import Scene
from tests.walker.house import WalkedHouse

Value = bool | int | float | None
Ids = frozenset[str]
"""Ids that are yes; a number stands behind the id: ``vomiting_24h=6``, ``temperature_c=38.0``."""

TEMPERATURE = "temperature_c"
CONTACTS = "contacts_24h"


@dataclass(frozen=True)
class Verdict:
    """What a case comes to."""

    urgency: str
    criteria: tuple[str, ...]


def of_ids(protocol: Protocol, ids: Iterable[str]) -> Verdict:
    """What `assess` says of these ids, each of them yes."""
    named = dict(map(_named, ids))
    context = {id: value for id, value in named.items() if id in protocol.contexts}
    findings = {id: value for id, value in named.items() if id not in context}
    return _assessed(protocol, findings, context)


def _named(name: str) -> tuple[str, Value]:
    id, _, number = name.partition("=")
    return id, json.loads(number) if number else True


def of_stored(house: WalkedHouse, scene: Scene) -> Verdict:
    """What `assess` says of the answers that the store holds, the denied ones among them."""
    protocol = house.protocol
    findings, context = stored(house, scene)
    return _assessed(protocol, findings, context)


def of_scene(house: WalkedHouse, scene: Scene) -> Verdict:
    """What the conversation itself makes of the stored scene."""
    judged = judge_scene(house.content.house, scene, house.clock.now())
    return Verdict(judged.urgency, tuple(held.criterion.id for held in judged.held))


def stored(house: WalkedHouse, scene: Scene) -> tuple[dict[str, Value], dict[str, Value]]:
    """Findings and contexts as the store holds them, in the form of `assess`."""
    protocol = house.protocol
    known = answers(scene.assessment.records) if scene.assessment else {}
    findings = dict(
        _finding(protocol, answer)
        for id, answer in known.items()
        if id in protocol.findings and not _denied_number(protocol, answer)
    )
    course = facts(house.content.house, scene, house.clock.now())
    context: dict[str, Value] = {id: _VALUES[answer] for id, answer in course.contexts.items()}
    before = course.contacts_24h
    return findings, {**context, **({CONTACTS: before} if before else {})}


_VALUES: Mapping[Answer, Value] = {Answer.yes: True, Answer.no: False, Answer.unknown: None}


def _denied_number(protocol: Protocol, answer: Answered) -> bool:
    """A number that is denied: `assess` has no word for it but to leave it out."""
    return protocol.findings[answer.finding].kind is not Kind.yes_no and not answer.answer.holds


def _finding(protocol: Protocol, answer: Answered) -> tuple[str, Value]:
    number = answer.number if answer.answer is Answer.yes else None
    if protocol.findings[answer.finding].kind is Kind.temperature:
        return TEMPERATURE, None if number is None else float(number)
    value = _VALUES[answer.answer] if number is None else int(number)
    return answer.finding, value


def positive(house: WalkedHouse, scene: Scene) -> Ids:
    """The ids that are stored as yes, or as not sure, as a walker names them."""
    findings, context = stored(house, scene)
    return frozenset(
        name(id, value) for id, value in {**findings, **context}.items() if value is not False
    )


def name(id: str, value: Value) -> str:
    """An id with its value."""
    if value is True:
        return id
    return f"{id}={'not sure' if value is None else value}"


def hold(house: WalkedHouse, scene: Scene, ids: Ids) -> Verdict:
    """Hold that exactly these ids are stored, and that all ways of judging them agree."""
    assert positive(house, scene) == ids
    verdict = of_ids(house.protocol, ids)
    assert of_stored(house, scene) == verdict, ids
    assert of_scene(house, scene) == verdict, ids
    return verdict


def _assessed(
    protocol: Protocol, findings: Mapping[str, Value], context: Mapping[str, Value]
) -> Verdict:
    case = {"id": 1, "findings": dict(findings), "context": dict(context)}
    (line,) = assess([json.dumps(case)], protocol)
    said = json.loads(line)
    return Verdict(said["urgency"], tuple(said["criteria"]))


def told_level(scene: Scene) -> str | None:
    """The level that the family was told in the open assessment."""
    return told(scene.assessment)
