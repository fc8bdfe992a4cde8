"""A case as `main.py assess` and the vignettes write it, read into the facts to be judged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from flows.criteria import CriterionError, known
from flows.degree import to_celsius
from flows.facts import Facts
from flows.protocol import Kind, Protocol
from flows.record import Answer

CELSIUS, FAHRENHEIT = "_c", "_f"
"""What a temperature's id ends in, so that its unit is never guessed."""
WORDS = {
    True: Answer.yes,
    False: Answer.no,
    "yes": Answer.yes,
    "no": Answer.no,
    "unknown": Answer.unknown,
    None: Answer.unknown,
}
UNKNOWN = (None, "unknown")
UNCOUNTABLE = Decimal(1000)
"""More times than anybody counts; a higher number is read as this one."""


class CaseError(ValueError):
    """A case that cannot be read; the message says what is wrong with it."""


def read_case(
    protocol: Protocol,
    context: Mapping[str, object],
    findings: Mapping[str, object],
    unsure: Iterable[object] = (),
) -> Facts:
    """The facts of one case: absent is no, null is unknown; CaseError when it cannot be read."""
    case = _Case(protocol)
    for id, value in findings.items():
        case.find(id, value)
    for id, value in context.items():
        case.place(id, value)
    for doubtful in unsure:
        case.doubt(doubtful)
    return case.facts()


class _Case:
    """A case while its parts are read."""

    def __init__(self, protocol: Protocol) -> None:
        self.findings = protocol.findings
        self.contexts = protocol.contexts
        self.temperatures = protocol.vocabulary.temperatures
        self.measured = {id + u: id for id in self.temperatures for u in (CELSIUS, FAHRENHEIT)}
        self.answers: dict[str, Answer] = {}
        self.counts: dict[str, int] = {}
        self.readings: list[Decimal] = []
        self.circumstances: dict[str, Answer] = {}
        self.contacts = 0

    def find(self, id: str, value: object) -> None:
        """Read one finding."""
        if id in self.temperatures:
            raise CaseError(f"{id!r} has no unit; write {' or '.join(map(repr, self.measured))}")
        name = _known(
            "finding", id, (self.findings.keys() - self.temperatures) | self.measured.keys()
        )
        if name in self.measured:
            self._measure(name, value)
        elif self.findings[name].kind is Kind.count:
            self._count(name, value)
        else:
            self.answers[name] = _answer(name, value)

    def place(self, id: str, value: object) -> None:
        """Read one context."""
        context = self.contexts[_known("context", id, self.contexts)]
        if context.kind is Kind.count:
            number = context.unsure_as or 0 if value in UNKNOWN else _times(id, value)
            self.contacts = max(self.contacts, number)
        elif context.kind is Kind.yes_no:
            self.circumstances[id] = _answer(id, value)
        elif value not in (*UNKNOWN, *context.choices):
            raise CaseError(f"{id!r} must be one of {', '.join(context.choices)}, or null")

    def doubt(self, id: object) -> None:
        """Read one id that the family was not sure of; it adds to what else is said of it."""
        name = _known("id", id, self.findings.keys() | self.measured.keys() | self.contexts.keys())
        if name in self.contexts:
            self.place(name, None)
        else:
            self.answers[self.measured.get(name, name)] = Answer.unknown

    def facts(self) -> Facts:
        """All that was read."""
        return Facts(
            answers=self.answers,
            readings=tuple(self.readings),
            counts=self.counts,
            contexts=self.circumstances,
            contacts_24h=self.contacts,
        )

    def _measure(self, id: str, value: object) -> None:
        if value in UNKNOWN:
            self.answers[self.measured[id]] = Answer.unknown
        else:
            degrees = _number(id, value)
            self.readings.append(to_celsius(degrees) if id.endswith(FAHRENHEIT) else degrees)

    def _count(self, id: str, value: object) -> None:
        if value in UNKNOWN:
            self.answers[id] = Answer.unknown
        else:
            self.counts[id] = _times(id, value)


def _answer(id: str, value: object) -> Answer:
    if value is None or isinstance(value, bool) or (isinstance(value, str) and value in WORDS):
        return WORDS[value]
    raise CaseError(f"{id!r} must be true, false or null, not {shown(value)}")


def _times(id: str, value: object) -> int:
    number = _number(id, value)
    if number < 0 or number != number.to_integral_value():
        raise CaseError(f"{id!r} must be a whole number of times, not {shown(value)}")
    return int(min(number, UNCOUNTABLE))


def _number(id: str, value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise CaseError(f"{id!r} must be a number or null, not {shown(value)}")
    return Decimal(value)


def _known(kind: str, id: object, ids: Iterable[str]) -> str:
    try:
        return known(kind, id, ids)
    except CriterionError as error:
        raise CaseError(str(error)) from None


def shown(value: object) -> str:
    """A value as a complaint quotes it: on one line, in letters that any terminal shows."""
    return str(value) if isinstance(value, Decimal) else ascii(value)
