"""What a typed message does, in any state; danger comes before whatever was being asked."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from flows import aside, setup
from flows.answering import (
    assess,
    finish_each,
    open_sign,
    propose,
    read,
    sign_showing,
    thermometer,
)
from flows.assessment import Step, next_step
from flows.evidence import own_level
from flows.house import House
from flows.message import text
from flows.presenting import SETUP
from flows.protocol import Kind
from flows.record import Answer, Answered, By, Opened, Proposed, Reported
from flows.telling import record, say
from flows.turn import Turn
from flows.understanding import Understood
from flows.understanding.letter import fold, fold_digits
from flows.urgency import Urgency

PLAIN_WORDS = 8
"""In a message of so few words a life-threatening finding is meant plainly: it counts at once."""
DENYING = frozenset({"choice.no", "choice.none", "choice.next", "choice.no_thermometer_not_hot"})
"""The buttons whose words deny."""
_SLASH = re.compile(r"/([a-z_]+)(?:@\w+)?(?:\s.*)?", re.DOTALL)
_COUNT = re.compile(r"(?<![\d.,:])\d{1,2}(?![\d:]|[.,]\d)")
_MEASURED = re.compile(r"\D{0,3}\d[\d\s.,٫،]{0,6}\D{0,3}")
"""What somebody types who reads a thermometer, even when it shows what no thermometer can."""


def hear_text(turn: Turn, house: House, written: str, heard: Understood, now: datetime) -> Turn:
    """A typed message, or the words under a photo."""
    command = _command(written) or heard.command
    if command and (command == "start" or not heard.dangerous):
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


def is_reading(heard: Understood) -> bool:
    """Whether a message is a temperature and nothing else."""
    return heard.temperatures.alone and bool(heard.temperatures.celsius)


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
    if heard.dangerous and (step == "name" or fold_digits(written).isdecimal()):
        return None
    kept = setup.answer(turn, house, step, written, now)
    if kept is not None or heard.dangerous:
        return kept
    return say(turn, text("setup.cannot_read"))


def _counted(
    turn: Turn, house: House, written: str, heard: Understood, now: datetime
) -> Turn | None:
    """How often, where one thing is counted: of "3-4 times" the upper number."""
    step, often = next_step(house, turn.scene, now), _often(written)
    counts = _counts_of(house, step)
    if step is None or len(counts) != 1 or often is None or is_reading(heard):
        return None
    answer = Answer.yes if often else Answer.no
    number = Decimal(often) if often else None
    turn = record(turn, Answered(now, counts[0], answer, By.typed, number, written))
    return finish_each(turn, house, now) if step.state == "each" else turn


def _often(written: str) -> int | None:
    """The highest number of times in a message; None without one."""
    return max((int(n) for n in _COUNT.findall(fold_digits(written))), default=None)


def _counts_of(house: House, step: Step | None) -> tuple[str, ...]:
    if step is None or step.state not in ("sign", "each"):
        return ()
    ids = (step.about,) if step.state == "each" else house.protocol.signs[step.about].findings
    return tuple(id for id in ids if house.protocol.findings[id].kind is Kind.count)


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
    mentioned = _mentioned(house, heard)
    for id, number in mentioned:
        turn = _put(turn, house, id, number, written, now)
    if readings or mentioned:
        return turn
    sign = heard.sign or _counted_sign(house, heard)
    return _opened(turn, house, sign, written, now) if sign else None


def _opened(turn: Turn, house: House, sign: str, written: str, now: datetime) -> Turn:
    """A sign named opens its screen; words asked for the team are passed on beside it."""
    if turn.scene.conversation.expecting == "words" and turn.scene.assessment is not None:
        turn = aside.keep_words(turn, house, written, now)
    return open_sign(turn, house, sign, now)


def _mentioned(house: House, heard: Understood) -> list[tuple[str, Decimal | None]]:
    """The findings named within a message, gravest first, counts with their number; a count
    without one is better asked on its screen, and a fever that was measured is its number."""
    measured = _fever_measured(house, heard.temperatures.celsius)
    found = [(id, heard.number_of(id)) for id in heard.proposed if id != measured]
    put = [one for one in found if _is_told(house, *one)]
    return sorted(put, key=lambda one: -own_level(house, *one).rank)


def _is_told(house: House, id: str, number: Decimal | None) -> bool:
    return house.protocol.findings[id].kind is Kind.yes_no or number is not None


def _fever_measured(house: House, readings: tuple[Decimal, ...]) -> str:
    """The finding of a fever without a reading, once a reading says as much."""
    reading = thermometer(house.protocol)
    levels = (own_level(house, reading.id, celsius) for celsius in readings)
    return reading.unsure_means if any(level >= Urgency.immediate for level in levels) else ""


def _counted_sign(house: House, heard: Understood) -> str:
    """The screen of what was named and takes a number that the message does not hold."""
    return next((sign_showing(house, id) for id in heard.proposed), "")


def _put(
    turn: Turn, house: House, id: str, number: Decimal | None, words: str, now: datetime
) -> Turn:
    """Plainly life-threatening words count at once; others are put back to the family."""
    grave = own_level(house, id, number) is Urgency.emergency
    plain = id in house.protocol.at_once or len(words.split()) <= PLAIN_WORDS
    if grave and plain:
        return _named(turn, house, id, words, now)
    return propose(turn, house, id, words, now, number)


def _readings(
    turn: Turn,
    house: House,
    readings: tuple[Decimal, ...],
    words: str,
    heard: Understood,
    now: datetime,
) -> Turn:
    """A number by itself, with its unit, beside words for the temperature, or where one was
    asked for, is a reading; within other words it is put back first, since it may be a room or a
    weight. Of several the gravest stands last: it is what the cards show."""
    step = next_step(house, turn.scene, now)
    asked = step is not None and _asks_reading(house, step)
    id = thermometer(house.protocol).id
    rising = sorted(dict.fromkeys(readings), key=lambda celsius: own_level(house, id, celsius).rank)
    turn = turn.become(conversation=replace(turn.scene.conversation, expecting=""))
    if not (heard.temperatures.alone or heard.temperatures.sure or asked):
        turn = assess(turn, house, now)
        return record(turn, *(Proposed(now, id, words, celsius) for celsius in reversed(rising)))
    for celsius in rising:
        turn = read(turn, house, celsius, words, now)
    if not asked:
        return record(turn, Opened(now, sign_showing(house, id), By.typed))
    return finish_each(turn, house, now) if step and step.state == "each" else turn


def _asks_reading(house: House, step: Step) -> bool:
    id = thermometer(house.protocol).id
    if step.state == "each":
        return step.about == id
    return step.state == "sign" and id in house.protocol.signs[step.about].findings


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
    asked = step is not None and _asks_reading(house, step)
    if heard.temperatures.unclear and (asked or _measured(turn, heard, written)):
        return _asked_again(turn, house, written, now)
    met = turn.scene.conversation.started_at is not None
    if met and (heard.denied or says_no(house, written)):
        return deny(turn, house, written, now)
    if heard.topic:
        return _opened(turn, house, heard.topic, written, now)
    if not met:
        return turn
    if turn.scene.assessment is not None or turn.scene.page is not None:
        return aside.keep_words(turn, house, written, now)
    return say(turn, text("other.not_understood"))


def says_no(house: House, written: str) -> bool:
    """Whether the message is what a button that denies says."""
    return bool(house.lexicon.labels.get(fold(written), frozenset()) & DENYING)


def deny(turn: Turn, house: House, written: str, now: datetime) -> Turn:
    """A typed denial answers nothing: it is kept for the team, and offered back for a tap."""
    if turn.scene.page is not None:
        return aside.keep_words(turn, house, written, now)
    if turn.scene.assessment is not None:
        turn = record(turn, Reported(now, "said", written))
    return say(turn, text("denial.tap"))


def _measured(turn: Turn, heard: Understood, written: str) -> bool:
    """Whether it can only be a thermometer's number, though no thermometer shows it."""
    digits = sum(letter.isdecimal() for letter in written)
    return heard.temperatures.alone and digits > 1 and bool(_MEASURED.fullmatch(written))


def _asked_again(turn: Turn, house: House, written: str, now: datetime) -> Turn:
    """A number that cannot be told is asked for once more, and then counts as danger."""
    turn = assess(turn, house, now)
    conversation, step = turn.scene.conversation, next_step(house, turn.scene, now)
    id = thermometer(house.protocol)
    if step is None or not _asks_reading(house, step):
        turn = record(turn, Opened(now, sign_showing(house, id.id), By.typed))
    if conversation.expecting != "reading":
        turn = turn.become(conversation=replace(conversation, expecting="reading"))
        return say(turn, text("reading.again"))
    turn = turn.become(conversation=replace(conversation, expecting=""))
    return record(turn, Answered(now, id.unsure_means, Answer.unknown, By.typed, words=written))
