"""What a chosen button does to the records; each verb of a token is one function."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from flows.assessment import (
    SWEEP,
    answers,
    asked_each,
    next_of_each,
    next_step,
    open_signs,
    pending_at,
    positive,
    standing,
    standing_at,
)
from flows.backing import back
from flows.event import AssessmentOpened
from flows.house import House
from flows.message import text
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
from flows.telling import record, say
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
    """First tap yes, second not sure, third clear: an answer at once, each time. The alarm shows
    no tick, so that each tap on it is yes."""
    turn = assess(turn, house, now)
    known = answers(_run(turn).records).get(id)
    if known is None or not known.answer.holds or id == house.protocol.alarm:
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


def sign_showing(house: House, finding: str) -> str:
    """The first screen on which a finding stands; empty for the alarm, which stands on none."""
    signs = house.protocol.signs.values()
    return next((sign.id for sign in signs if finding in sign.findings), "")


def propose(
    turn: Turn, house: House, id: str, words: str, now: datetime, number: Decimal | None = None
) -> Turn:
    """Put back what free text, or an old button, seems to say."""
    return record(assess(turn, house, now), Proposed(now, id, words, number))


def settle_proposal(turn: Turn, house: House, answer: Answer, now: datetime) -> Turn:
    """The family answered "did I understand ...?"; a no takes the proposal back, and what may
    hold opens its sign, as a finding's typed name does."""
    found = pending_at(_run(turn))
    if found is None:
        return turn
    place, waiting = found
    if answer is Answer.no:
        return record(turn, Withdrawn(now, place))
    given = Answered(now, waiting.finding, answer, By.confirmed, waiting.number, waiting.words)
    sign = sign_showing(house, waiting.finding)
    shown = () if not sign or _was_opened(_run(turn), sign) else (Opened(now, sign, By.typed),)
    return record(turn, *shown, given)


def _was_opened(run: Assessment, sign: str) -> bool:
    return any(isinstance(entry, Opened) and entry.sign == sign for entry in standing(run.records))


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
    """No thermometer, and not hot to the touch: the reading is denied, and how to get one is
    said. A reading that was given is not taken back by it."""
    id = thermometer(house.protocol).id
    known = answers(_run(turn).records).get(id)
    if known is not None:
        return turn if known.number is not None else clear(turn, id, now)
    turn = record(turn, Answered(now, id, Answer.no, By.tap))
    return say(turn, text("reading.get_thermometer"))


def each(turn: Turn, house: House, now: datetime) -> Turn:
    """I can't tell: the open sign's findings are asked one by one."""
    signs = open_signs(house.protocol, _run(turn))
    return record(turn, Asked(now, asked_each(signs[-1]))) if signs else turn


def finish_each(turn: Turn, house: House, now: datetime) -> Turn:
    """After the last finding that was asked by itself the sign is done."""
    signs = open_signs(house.protocol, _run(turn))
    if signs and not next_of_each(house.protocol, _run(turn), signs[-1]):
        return record(turn, Finished(now, signs[-1]))
    return turn


def sweep_line(turn: Turn, house: House, id: str, now: datetime) -> Turn:
    """A line of the sweep that may hold opens its sign."""
    line = next((line for line in house.protocol.sweep if line.id == id), None)
    return open_sign(turn, house, line.opens, now) if line else turn


def swept(turn: Turn, house: House, screen: int, now: datetime) -> Turn:
    """A screen of the sweep was left: its unopened lines deny their findings.

    What an opened line names and its sign did not show stays unanswered, and is never denied. A
    line that holds by what was said before, and was never opened, opens its sign first: the
    family saw it marked, and denied nothing of it.
    """
    run = _run(turn)
    opened = {entry.sign for entry in standing(run.records) if isinstance(entry, Opened)}
    lines = [line for line in house.protocol.sweep if line.screen == screen]
    unseen = [line for line in lines if line.opens not in opened]
    held = positive(house.protocol, run)
    marked = next((line for line in unseen if held.intersection(line.findings)), None)
    if marked is not None:
        return record(turn, Opened(now, marked.opens))
    ids = tuple(id for line in unseen for id in line.findings)
    return record(turn, *_denied(run, ids, By.sweep, now), Finished(now, f"{SWEEP}_{screen}"))


# --- tokens --------------------------------------------------------------------------------------

_Verb = Callable[[Turn, House, tuple[str, ...], datetime], Turn]


def _answer_of(word: str) -> Answer:
    return Answer(word) if word in set(Answer) else Answer.unknown


def _answered(turn: Turn, house: House, args: tuple[str, ...], now: datetime) -> Turn:
    return record(turn, Answered(now, args[0], _answer_of(args[1]), By.tap))


def _swept(turn: Turn, house: House, args: tuple[str, ...], now: datetime) -> Turn:
    step = next_step(house, turn.scene, now)
    return swept(turn, house, int(step.about), now) if step and step.state == "sweep" else turn


_VERBS: Mapping[str, _Verb] = {
    "open": lambda turn, house, args, now: open_sign(turn, house, args[0], now),
    "t": lambda turn, house, args, now: tick(turn, house, args[0], now),
    "c": lambda turn, house, args, now: count(turn, house, args[0], int(args[1]), now),
    "next": lambda turn, house, args, now: leave(turn, house, now),
    "cool": lambda turn, house, args, now: cool(turn, house, now),
    "each": lambda turn, house, args, now: each(turn, house, now),
    "e": _answered,
    "x": _answered,
    "p": lambda turn, house, args, now: settle_proposal(turn, house, _answer_of(args[0]), now),
    "line": lambda turn, house, args, now: sweep_line(turn, house, args[0], now),
    "swept": _swept,
    "back": lambda turn, house, args, now: back(turn, house, now),
}
_SHAPE = re.compile(
    r"(?:open|t|line|p):\w+|c:\w+:[0-9]{1,6}|(?:e|x):\w+:\w+|next|cool|each|swept|back"
)
"""What a token of the assessment's screens looks like: a client may send anything."""
_DENYING = ("next", "swept", "cool")
"""Verbs that deny what nobody marked: for a finger, never for words."""
_ANYWHERE = ("open", "t")
"""Verbs of home's choices, where no assessment may be open yet."""


def answers_token(house: House, token: str) -> bool:
    """Whether the token is a choice of the assessment's own screens, of ids that still exist."""
    if not _SHAPE.fullmatch(token):
        return False
    verb, *args = token.split(":")
    known = _KNOWN.get(verb)
    return known is None or args[0] in known(house)


_KNOWN: Mapping[str, Callable[[House], Container[str]]] = {
    "open": lambda house: {SWEEP, *house.protocol.signs},
    "t": lambda house: house.protocol.findings,
    "c": lambda house: house.protocol.findings,
    "e": lambda house: house.protocol.findings,
    "x": lambda house: house.protocol.contexts,
}


def act(turn: Turn, house: House, token: str, now: datetime) -> Turn:
    """Apply one choice of the present screen to the records."""
    verb, *args = token.split(":")
    if turn.scene.assessment is None and verb not in _ANYWHERE:
        return turn
    step = next_step(house, turn.scene, now)
    turn = _VERBS[verb](turn, house, tuple(args), now)
    by_itself = step is not None and step.state == "each" and verb in ("e", "c", "cool")
    return finish_each(turn, house, now) if by_itself else turn


def denies_all(token: str) -> bool:
    """Whether a choice of a screen answers no to all that is unmarked on it."""
    return token.partition(".")[2].partition(":")[0] in _DENYING


def finding_of(token: str) -> str:
    """The finding that a token says yes, or not sure, to; empty when it says none."""
    verb, _, rest = token.partition(":")
    id, _, answer = rest.partition(":")
    return id if verb in ("t", "c") or (verb == "e" and answer != Answer.no) else ""


def number_of(token: str) -> Decimal | None:
    """The count that a token says; None when it says none."""
    counted = _SHAPE.fullmatch(token) and token.startswith("c:")
    return Decimal(token.rpartition(":")[2]) if counted else None
