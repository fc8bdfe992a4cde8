"""What a typed message does, in any state; danger comes before whatever was being asked."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from flows import aside, setup
from flows.answering import assess, open_sign, propose, read, thermometer
from flows.assessment import Step, next_step
from flows.house import House
from flows.message import Inbound, text
from flows.presenting import SETUP
from flows.protocol import Kind
from flows.record import Answer, Answered, By, Opened, Proposed
from flows.telling import record, say
from flows.turn import Turn
from flows.understanding import Understood, understand
from flows.understanding.lexicon import fold_digits

MOST_PROPOSALS = 3
"""Findings put back from one message; more would be a wall of questions."""
MOST_COUNTED = 99
"""A larger number of times is no count."""
_SLASH = re.compile(r"/([a-z_]+)(?:@\w+)?(?:\s.*)?", re.DOTALL)
_COUNT = re.compile(r"\d{1,3}")


def hear_text(turn: Turn, house: House, inbound: Inbound, now: datetime) -> Turn:
    """A typed message, or the words under a photo."""
    written = inbound.text.strip()
    heard = understand(written, house.lexicon, house.protocol.readable)
    command = _command(written) or heard.command
    if command:
        return _commanded(turn, house, command, now)
    return (
        _asked_for(turn, house, written, heard, now)
        or _danger(turn, house, written, heard, now)
        or _unread(turn, house, written, heard, now)
    )


def _command(written: str) -> str:
    slash = _SLASH.fullmatch(written)
    return slash.group(1) if slash else ""


def _commanded(turn: Turn, house: House, command: str, now: datetime) -> Turn:
    first = turn.scene.conversation.started_at is None
    return turn if first and command == "start" else aside.choose(turn, house, command, now)


# --- what was being asked ------------------------------------------------------------------------


def _asked_for(
    turn: Turn, house: House, written: str, heard: Understood, now: datetime
) -> Turn | None:
    """The answer to a question that is answered by typing; None when it is no such answer."""
    conversation = turn.scene.conversation
    if conversation.aside == SETUP and setup.takes_text(conversation.setup_step):
        return _set_up(turn, house, written, heard, now)
    if conversation.expecting == "phone" and house.read_phone(written, _country(turn, house)):
        return aside.keep_phone(turn, house, written, now)
    if conversation.expecting == "words" and turn.scene.assessment and not heard.dangerous:
        return aside.keep_words(turn, house, written, now)
    return _counted(turn, house, written, heard, now)


def _country(turn: Turn, house: House) -> str:
    return turn.scene.patient.country or house.clinic.country


def _set_up(
    turn: Turn, house: House, written: str, heard: Understood, now: datetime
) -> Turn | None:
    step = turn.scene.conversation.setup_step
    if step == "name" and heard.dangerous:
        return None
    kept = setup.answer(turn, house, step, written, now)
    if kept is not None or heard.dangerous:
        return kept
    return say(turn, text("setup.cannot_read"))


def _counted(
    turn: Turn, house: House, written: str, heard: Understood, now: datetime
) -> Turn | None:
    """How often, on a screen that counts one thing: of "3-4 times" the upper number."""
    step = next_step(house, turn.scene, now)
    counts = _counts_of(house, step)
    numbers = [int(n) for n in _COUNT.findall(fold_digits(written))]
    if len(counts) != 1 or not numbers or max(numbers) > MOST_COUNTED:
        return None
    if not heard.temperatures.alone:
        return None
    often = max(numbers)
    answer = Answer.yes if often else Answer.no
    return record(
        turn, Answered(now, counts[0], answer, By.typed, Decimal(often) if often else None, written)
    )


def _counts_of(house: House, step: Step | None) -> tuple[str, ...]:
    if step is None or step.state != "sign":
        return ()
    findings = house.protocol.signs[step.about].findings
    return tuple(f for f in findings if house.protocol.findings[f].kind is Kind.count)


# --- danger --------------------------------------------------------------------------------------


def _danger(
    turn: Turn, house: House, written: str, heard: Understood, now: datetime
) -> Turn | None:
    """A temperature, a finding or a sign in the message interrupts whatever was going on."""
    readings = heard.temperatures.celsius
    if readings:
        turn = _readings(turn, house, readings, written, heard, now)
    if heard.finding:
        return _named(turn, house, heard.finding, written, now)
    for id in heard.proposed[:MOST_PROPOSALS]:
        turn = propose(turn, house, id, written, now)
    if heard.sign and not heard.proposed and not readings:
        return open_sign(turn, house, heard.sign, now)
    return turn if readings or heard.proposed else None


def _readings(
    turn: Turn,
    house: House,
    readings: tuple[Decimal, ...],
    words: str,
    heard: Understood,
    now: datetime,
) -> Turn:
    """A number by itself, or where one was asked for, is a reading; within other words it is
    put back first, since it may be a room or a weight."""
    step = next_step(house, turn.scene, now)
    asked = step is not None and _asks_reading(house, step)
    if heard.temperatures.alone or asked:
        for celsius in readings:
            turn = read(turn, house, celsius, words, now)
        return turn if asked else record(turn, Opened(now, _sign_of(house), By.typed))
    id = thermometer(house.protocol).id
    turn = assess(turn, house, now)
    return record(turn, *(Proposed(now, id, words, celsius) for celsius in readings))


def _asks_reading(house: House, step: Step) -> bool:
    id = thermometer(house.protocol).id
    if step.state == "each":
        return step.about == id
    return step.state == "sign" and id in house.protocol.signs[step.about].findings


def _sign_of(house: House) -> str:
    return sign_showing(house, thermometer(house.protocol).id)


def sign_showing(house: House, finding: str) -> str:
    """The first screen on which a finding stands; empty for the alarm, which stands on none."""
    signs = house.protocol.signs.values()
    return next((sign.id for sign in signs if finding in sign.findings), "")


def _named(turn: Turn, house: House, id: str, words: str, now: datetime) -> Turn:
    """The message is a finding's plain name: an answer, as good as a tap."""
    turn = assess(turn, house, now)
    sign = sign_showing(house, id)
    opened = (Opened(now, sign, By.typed),) if sign else ()
    if house.protocol.findings[id].kind is not Kind.yes_no:
        return record(turn, *opened)
    return record(turn, *opened, Answered(now, id, Answer.yes, By.typed, words=words))


# --- what could not be read ----------------------------------------------------------------------


def _unread(turn: Turn, house: House, written: str, heard: Understood, now: datetime) -> Turn:
    """Nothing that we know stood in it: kept for the coordinators, and the screen shown."""
    step = next_step(house, turn.scene, now)
    if heard.temperatures.unclear and step is not None and _asks_reading(house, step):
        return _asked_again(turn, house, written, now)
    if turn.scene.conversation.started_at is None:
        return turn
    if turn.scene.assessment is not None:
        return aside.keep_words(turn, house, written, now)
    return say(turn, text("other.not_understood"))


def _asked_again(turn: Turn, house: House, written: str, now: datetime) -> Turn:
    """A number that cannot be told is asked for once more, and then counts as danger."""
    conversation = turn.scene.conversation
    if conversation.expecting != "reading":
        turn = turn.become(conversation=replace(conversation, expecting="reading"))
        return say(turn, text("reading.again"))
    turn = turn.become(conversation=replace(conversation, expecting=""))
    id = thermometer(house.protocol).unsure_means
    return record(turn, Answered(now, id, Answer.unknown, By.typed, words=written))
