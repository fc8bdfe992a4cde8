"""What a message comes to by itself: which of the seven signs it names, and whether it may wait."""

from __future__ import annotations

from decimal import Decimal

from flows.facts import Facts
from flows.judgement import judge
from flows.protocol import Kind, Protocol
from flows.record import Answer
from flows.understanding.read import Understood
from flows.urgency import Urgency


def flags(heard: Understood, protocol: Protocol) -> tuple[str, ...]:
    """The signs of the clinic's seven criteria that a message names, in the table's order."""
    named = {protocol.findings[finding].sign for finding in heard.proposed}
    named |= {one.sign for one in heard.evidence}
    if any(_level(protocol, Facts(readings=(c,))) for c in heard.temperatures.celsius):
        named.add(_thermometer_sign(protocol))
    return tuple(sign for sign in protocol.seven if sign in named)


def interrupts(heard: Understood, protocol: Protocol) -> bool:
    """Whether the message demands contact at once: by the decision table, or by naming a sign."""
    signs = {one.sign for one in heard.evidence} & set(protocol.seven)
    return bool(signs) or _level(protocol, facts(heard, protocol)) >= Urgency.immediate.rank


def facts(heard: Understood, protocol: Protocol) -> Facts:
    """A message as facts; a count that has no number is not sure."""
    answers = {id: Answer.yes for id in heard.proposed if not _counted(protocol, id)}
    counts: dict[str, int] = {}
    for id in filter(lambda id: _counted(protocol, id), heard.proposed):
        number = heard.number_of(id)
        if number is None:
            answers[id] = Answer.unknown
        else:
            counts[id] = int(number)
    readings = heard.temperatures.celsius
    low, below = protocol.grey
    second = sum(low <= celsius < below for celsius in readings) > 1
    return Facts(answers=answers, counts=counts, readings=readings, second_grey=second)


def gravest(heard: Understood, protocol: Protocol) -> Decimal | None:
    """Of the readings in a message the one that counts: the more urgent; None without any."""
    return max(
        heard.temperatures.celsius,
        key=lambda celsius: (_level(protocol, Facts(readings=(celsius,))), celsius),
        default=None,
    )


def _counted(protocol: Protocol, finding: str) -> bool:
    return protocol.findings[finding].kind is Kind.count


def _level(protocol: Protocol, known: Facts) -> int:
    """How urgent; 0 for what is no more than routine."""
    urgency = judge(protocol, known).urgency
    return urgency.rank if urgency.rank > Urgency.routine.rank else 0


def _thermometer_sign(protocol: Protocol) -> str:
    return next(f.sign for f in protocol.findings.values() if f.kind is Kind.temperature)
