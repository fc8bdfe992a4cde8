"""What a chosen button does to the records; each verb of a token is one function."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from flows.assessment import (
    SWEEP,
    Step,
    answers,
    asked_each,
    next_of_each,
    next_step,
    open_signs,
    pending,
    standing,
    standing_at,
)
from flows.event import AssessmentOpened
from flows.house import House
from flows.protocol import Finding, Kind, Protocol
from flows.record import (
    Answer,
    Answered,
    Asked,
    By,
    Finished,
    Opened,
    Proposed,
    Record,
    Withdrawn,
)
from flows.scene import Assessment
from flows.telling import record
from flows.turn import Turn


def assess(turn: Turn, house: House, now: datetime) -> Turn:
    """Make sure that an assessment is open, and leave whatever place beside it."""
    conversation = replace(turn.scene.conversation, aside="")
    turn = turn.become(conversation=conversation)
    if turn.scene.assessment is not None:
        return turn
    scene = turn.scene
    run = Assessment(
        id=scene.next_assessment_id,
        patient_id=scene.patient.id,
        person_id=scene.person.id,
        opened_at=now,
        protocol=house.protocol.stamp,
        last_input_at=now,
    )
    return turn.become(assessment=run).happened(AssessmentOpened(run.id))


def _run(turn: Turn) -> Assessment:
    run = turn.scene.assessment
    assert run is not None
    return run


def open_sign(turn: Turn, house: House, sign: str, now: datetime) -> Turn:
    """Open a sign's screen, or begin the sweep."""
    return record(assess(turn, house, now), Opened(now, sign))


def tick(turn: Turn, house: House, id: str, now: datetime) -> Turn:
    """First tap yes, second not sure, third clear: an answer at once, each time."""
    turn = assess(turn, house, now)
    known = answers(_run(turn).records).get(id)
    if known is None or not known.answer.holds:
        return record(turn, Answered(now, id, Answer.yes, By.tap))
    if known.answer is Answer.yes:
        return record(turn, Answered(now, id, Answer.unknown, By.tap))
    return clear(turn, id, now)


def clear(turn: Turn, id: str, now: datetime) -> Turn:
    """Take back every standing answer of a finding; it is unanswered again."""
    places = [
        place
        for place, entry in standing_at(_run(turn).records)
        if isinstance(entry, Answered) and entry.finding == id
    ]
    return record(turn, *(Withdrawn(now, place) for place in places))


def count(turn: Turn, house: House, id: str, low: int, now: datetime) -> Turn:
    """A band of a count: tapped yes, then not sure, then clear."""
    turn = assess(turn, house, now)
    known = answers(_run(turn).records).get(id)
    if known is not None and known.number == low and known.answer is Answer.yes:
        return record(turn, Answered(now, id, Answer.unknown, By.tap))
    if known is not None and known.answer is Answer.unknown:
        return clear(turn, id, now)
    return record(turn, Answered(now, id, Answer.yes, By.tap, Decimal(low)))


def read(turn: Turn, house: House, celsius: Decimal, words: str, now: datetime) -> Turn:
    """A temperature was given; of several the more urgent counts."""
    turn = assess(turn, house, now)
    id = thermometer(house.protocol).id
    return record(turn, Answered(now, id, Answer.yes, By.typed, celsius, words))


def thermometer(protocol: Protocol) -> Finding:
    """The finding that a reading answers."""
    return next(f for f in protocol.findings.values() if f.kind is Kind.temperature)


def propose(turn: Turn, house: House, id: str, words: str, now: datetime) -> Turn:
    """Put back what free text, or an old button, seems to say."""
    return record(assess(turn, house, now), Proposed(now, id, words))


def settle_proposal(turn: Turn, answer: Answer, now: datetime) -> Turn:
    """The family answered "did I understand ...?"; a no takes the proposal back."""
    run = _run(turn)
    waiting = pending(run)
    if waiting is None:
        return turn
    if answer is Answer.no:
        return record(turn, Withdrawn(now, run.records.index(waiting)))
    given = Answered(now, waiting.finding, answer, By.confirmed, waiting.number, waiting.words)
    return record(turn, given)


def leave(turn: Turn, house: House, now: datetime) -> Turn:
    """Next, or None of these: what is unmarked on the open sign becomes no."""
    run = _run(turn)
    signs = open_signs(house.protocol, run)
    if not signs:
        return turn
    denied = _denied(run, house.protocol.signs[signs[-1]].findings, By.next, now)
    return record(turn, *denied, Finished(now, signs[-1]))


def _denied(run: Assessment, ids: tuple[str, ...], by: By, now: datetime) -> list[Record]:
    known = answers(run.records)
    return [Answered(now, id, Answer.no, by) for id in ids if id not in known]


def cool(turn: Turn, house: House, now: datetime) -> Turn:
    """No thermometer, and not hot to the touch: the reading is denied."""
    return record(turn, Answered(now, thermometer(house.protocol).id, Answer.no, By.tap))


def each(turn: Turn, house: House, now: datetime) -> Turn:
    """I can't tell: the open sign's findings are asked one by one."""
    signs = open_signs(house.protocol, _run(turn))
    return record(turn, Asked(now, asked_each(signs[-1]))) if signs else turn


def answer_each(turn: Turn, house: House, id: str, answer: Answer, now: datetime) -> Turn:
    """One finding answered by itself; after the last the sign is done."""
    turn = record(turn, Answered(now, id, answer, By.tap))
    run = _run(turn)
    signs = open_signs(house.protocol, run)
    if signs and not next_of_each(house.protocol, run, signs[-1]):
        return record(turn, Finished(now, signs[-1]))
    return turn


def sweep_line(turn: Turn, house: House, id: str, now: datetime) -> Turn:
    """A line of the sweep that may hold opens its sign."""
    line = next((line for line in house.protocol.sweep if line.id == id), None)
    return open_sign(turn, house, line.opens, now) if line else turn


def swept(turn: Turn, house: House, screen: int, now: datetime) -> Turn:
    """A screen of the sweep was left: its unopened lines deny their findings."""
    run = _run(turn)
    lines = [line for line in house.protocol.sweep if line.screen == screen]
    ids = tuple(id for line in lines for id in line.findings)
    return record(turn, *_denied(run, ids, By.sweep, now), Finished(now, f"{SWEEP}_{screen}"))


def back(turn: Turn, house: House, now: datetime) -> Turn:
    """Leave the present screen the way the family came; ticks made on it stay."""
    step = next_step(house, turn.scene, now)
    run = _run(turn)
    undone = _opening(run, step.about) if step and step.state == "sign" else _last_move(run)
    turn = record(turn, *(Withdrawn(now, place) for place in undone))
    begun = any(isinstance(entry, Opened | Finished) for entry in standing(_run(turn).records))
    if begun:
        return turn
    return turn.become(conversation=replace(turn.scene.conversation, aside="home"))


def _opening(run: Assessment, sign: str) -> list[int]:
    """The place of the newest standing opening of a sign."""
    places = [
        place
        for place, entry in standing_at(run.records)
        if isinstance(entry, Opened) and entry.sign == sign
    ]
    return places[-1:]


def _last_move(run: Assessment) -> list[int]:
    """The places of the newest move: an opening, a leaving with its denials, or an answer."""
    moves = [
        (place, entry)
        for place, entry in standing_at(run.records)
        if isinstance(entry, Opened | Finished | Asked | Answered | Proposed)
    ]
    if not moves:
        return []
    place, last = moves[-1]
    if not isinstance(last, Finished):
        return [place]
    denials = [
        p
        for p, e in moves
        if isinstance(e, Answered) and e.by in (By.next, By.sweep) and e.at == last.at
    ]
    return [*denials, place]


# --- tokens --------------------------------------------------------------------------------------

_Verb = Callable[[Turn, House, list[str], datetime], Turn]


def _answer_of(word: str) -> Answer:
    return Answer(word) if word in set(Answer) else Answer.unknown


_VERBS: Mapping[str, _Verb] = {
    "open": lambda turn, house, args, now: open_sign(turn, house, args[0], now),
    "t": lambda turn, house, args, now: tick(turn, house, args[0], now),
    "c": lambda turn, house, args, now: count(turn, house, args[0], int(args[1]), now),
    "next": lambda turn, house, args, now: leave(turn, house, now),
    "cool": lambda turn, house, args, now: cool(turn, house, now),
    "each": lambda turn, house, args, now: each(turn, house, now),
    "e": lambda turn, house, args, now: answer_each(turn, house, args[0], _answer_of(args[1]), now),
    "x": lambda turn, house, args, now: record(
        turn, Answered(now, args[0], _answer_of(args[1]), By.tap)
    ),
    "p": lambda turn, house, args, now: settle_proposal(turn, _answer_of(args[0]), now),
    "line": lambda turn, house, args, now: sweep_line(turn, house, args[0], now),
    "swept": lambda turn, house, args, now: swept(turn, house, _screen(turn, house, now), now),
    "back": lambda turn, house, args, now: back(turn, house, now),
}


def _screen(turn: Turn, house: House, now: datetime) -> int:
    step = next_step(house, turn.scene, now) or Step("")
    return int(step.about) if step.state == "sweep" else 0


def answers_token(verb: str) -> bool:
    """Whether the verb belongs to the assessment's own screens."""
    return verb in _VERBS


def act(turn: Turn, house: House, token: str, now: datetime) -> Turn:
    """Apply one choice of the present screen to the records."""
    verb, *args = token.split(":")
    return _VERBS[verb](turn, house, args, now)


def finding_of(token: str) -> str:
    """The finding that a token ticks; empty when it ticks none."""
    verb, _, rest = token.partition(":")
    return rest.partition(":")[0] if verb in ("t", "c", "e") else ""
