"""Back: the way the family came, undone; what it answered with yes is never taken back by it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flows.assessment import Step, asked_each, next_step, standing, standing_at
from flows.house import House
from flows.record import Answered, Asked, By, Finished, Opened, Record, Withdrawn
from flows.scene import Assessment
from flows.telling import record
from flows.turn import Turn

Placed = tuple[int, Record]


def back(turn: Turn, house: House, now: datetime) -> Turn:
    """Leave the present screen the way the family came; ticks made on it stay.

    A guess from free text waits for its answer: Back shows the list of signs, and the guess
    comes back, or counts after its three minutes.
    """
    step, run = next_step(house, turn.scene, now), turn.scene.assessment
    if run is None or step is None or step.state == "proposal":
        return _home(turn)
    turn = record(turn, *(Withdrawn(now, place) for place in _undone(house, run, step)))
    run = turn.scene.assessment
    assert run is not None
    begun = any(isinstance(entry, Opened | Finished) for entry in standing(run.records))
    return turn if begun else _home(turn)


def _home(turn: Turn) -> Turn:
    return turn.become(conversation=replace(turn.scene.conversation, aside="home"))


def _undone(house: House, run: Assessment, step: Step) -> list[int]:
    """The places of the records that Back takes back."""
    entries = standing_at(run.records)
    asked = [place for place, entry in entries if _asks(entry, step.about)]
    if step.state == "sign":
        return _newest(entries, step.about)
    moves = [(place, entry) for place, entry in entries if _is_move(house, entry, step)]
    if not moves:
        return asked
    place, last = moves[-1]
    return [*asked, *_with_it(entries, last), place]


def _newest(entries: tuple[Placed, ...], sign: str) -> list[int]:
    """The newest opening of a sign; its "I can't tell", if any, is forgotten with it."""
    opened = [p for p, entry in entries if isinstance(entry, Opened) and entry.sign == sign]
    each = [p for p, entry in entries if _asks(entry, asked_each(sign))]
    return [*each, *opened[-1:]]


def _is_move(house: House, entry: Record, step: Step) -> bool:
    """What Back can undo: an opening, a leaving, "I can't tell", an answer about the course; and
    an answer to a finding only while findings are asked one by one."""
    if isinstance(entry, Asked):
        return entry.question.startswith(asked_each(""))
    if isinstance(entry, Answered):
        one_by_one = step.state == "each" and entry.by is By.tap
        return one_by_one or entry.finding in house.protocol.contexts
    return isinstance(entry, Opened | Finished)


def _with_it(entries: tuple[Placed, ...], last: Record) -> list[int]:
    """What goes with a move: the denials of a leaving, the question of an answer."""
    if isinstance(last, Finished):
        return [p for p, entry in entries if _denied_by(entry, last)]
    if isinstance(last, Answered):
        return [p for p, entry in entries if _asks(entry, last.finding)]
    return []


def _denied_by(entry: Record, last: Finished) -> bool:
    return isinstance(entry, Answered) and entry.by in (By.next, By.sweep) and entry.at == last.at


def _asks(entry: Record, question: str) -> bool:
    return isinstance(entry, Asked) and entry.question == question
