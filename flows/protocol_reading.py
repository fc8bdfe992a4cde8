"""Reading a protocol from its content: every slip is refused with the place and the reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from enum import Enum
from typing import Any, TypeVar

from flows.criteria import Criterion, CriterionError, compile_rule, known
from flows.protocol import (
    BESIDE,
    Advice,
    AskedAt,
    Context,
    Finding,
    Kind,
    Measure,
    Protocol,
    Range,
    Sign,
    SweepLine,
)
from flows.urgency import Urgency

DURATION = re.compile(r"([1-9]\d*)([mh])")
MENUS = ("home", "something_else")
SIGNS = ("fever", "faint", "breathing", "liver", "bleeding", "urine", "change", BESIDE)
"""The groups of the decision table."""

LEAST, MOST = Decimal(0), Decimal(1000)
"""The ends of a measure that is open."""

T = TypeVar("T")
E = TypeVar("E", bound=Enum)


class ProtocolError(ValueError):
    """A protocol that cannot be used; the message names the place and the reason."""


class Entry:
    """One table of the content, which is read key by key and knows its name."""

    def __init__(self, name: str, values: object) -> None:
        self.name = name
        if not isinstance(values, Mapping):
            raise ProtocolError(f"{name}: must be a table, not {values!r}")
        self.values = dict(values)
        self.unread = set(self.values)

    def refused(self, why: str) -> ProtocolError:
        """The refusal of something in this table, to be raised."""
        return ProtocolError(f"{self.name}: {why}")

    def done(self) -> None:
        """Refuse a key that nobody read: it is a slip of the pen."""
        if self.unread:
            raise self.refused(f"unknown key {min(self.unread)!r}")

    def get(self, key: str, kind: type[T], default: T | None = None) -> T:
        """A value of the kind; refused when it is another, or is missing without a default."""
        self.unread.discard(key)
        value = self.values.get(key, default)
        if value is None:
            raise self.refused(f"{key!r} is missing")
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise self.refused(f"{key!r} must be {_NAMES[kind]}, not {value!r}")
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """A text; not empty unless that is the default."""
        value = self.get(key, str, default)
        if value != default and not value.strip():
            raise self.refused(f"{key!r} is empty")
        return value

    def one_of(self, key: str, choices: type[E], default: E | None = None) -> E:
        """One word of a list of words."""
        words: dict[str, E] = {str(choice.value): choice for choice in choices}
        word = self.text(key, None if default is None else str(default.value))
        return words[self.named(key, word, words)]

    def named(self, kind: str, id: str, ids: Iterable[str]) -> str:
        """An id that exists."""
        try:
            return known(kind, id, ids)
        except CriterionError as error:
            raise self.refused(str(error)) from None

    def ids(self, key: str, ids: Iterable[str], default: tuple[str, ...] | None = None) -> Ids:
        """A list of ids that exist, each once."""
        found = tuple(self.get(key, list, None if default is None else list(default)))
        names = [self.named(key.removesuffix("s"), id, ids) for id in found]
        if len(set(names)) < len(names):
            raise self.refused(f"{key!r} names one twice")
        return tuple(names)

    def numbers(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers, rising; empty when it is not there."""
        found: list[Any] = self.get(key, list, [])
        rising = all(isinstance(n, int) and not isinstance(n, bool) for n in found)
        if not rising or found != sorted(set(found)) or (found and found[0] < 1):
            raise self.refused(f"{key!r} must be whole numbers from 1, rising, not {found!r}")
        return tuple(found)

    def degrees(self, key: str, default: Decimal | None = None) -> Decimal:
        """A number, a temperature mostly: degrees Celsius."""
        return Decimal(self.get(key, (int | Decimal), default))  # type: ignore[arg-type]

    def wait(self, key: str) -> timedelta | None:
        """A length of time, written "60m" or "4h"; None when it is not there."""
        written = self.text(key, "")
        match = DURATION.fullmatch(written)
        if written and not match:
            raise self.refused(f'{key!r} must be a length of time such as "60m", not {written!r}')
        if not match:
            return None
        return timedelta(**{{"m": "minutes", "h": "hours"}[match[2]]: int(match[1])})

    def inner(self, key: str) -> Entry:
        """A table inside this one."""
        self.unread.discard(key)
        return Entry(f"{self.name}: {key}", self.values.get(key))


Ids = tuple[str, ...]
_NAMES: Mapping[object, str] = {
    str: "a text in quotes",
    int: "a whole number",
    bool: "true or false",
    dict: "a table",
    list: "a list",
    int | Decimal: "a number",
}


def from_dict(content: Mapping[str, object], digest: str = "") -> Protocol:
    """Read a protocol; ProtocolError names the place and the reason."""
    top = Entry("protocol", content)
    findings = _findings(top)
    signs = _signs(top, findings)
    protocol = Protocol(
        id=top.text("id"),
        version=top.text("version"),
        source=top.text("source"),
        readable=_range(top.inner("readable")),
        grey=_grey(top.inner("grey")),
        findings=findings,
        signs=signs,
        contexts=_contexts(top, findings),
        criteria=(),
        sweep=tuple(_read(top, "sweep", lambda e, id: _line(e, id, findings, signs)).values()),
        advice=tuple(_read(top, "advice", lambda e, id: _advice(e, id, findings)).values()),
        alarm=top.named("finding", top.text("alarm"), findings),
        measures=tuple(_read(top, "measure", lambda e, id: _measure(e, id, findings), []).values()),
        at_once=top.ids("at_once", findings, default=()),
        sources=_sources(top.inner("sources")),
        digest=digest,
    )
    protocol = replace(protocol, criteria=_criteria(top, protocol))
    top.done()
    return protocol


def _read(
    top: Entry, kind: str, make: Callable[[Entry, str], T], default: list[object] | None = None
) -> dict[str, T]:
    """Read a list of tables of one kind, each with an id of its own."""
    made: dict[str, T] = {}
    for place, values in enumerate(top.get(kind, list, default), start=1):
        entry = Entry(f"{kind} {place}", values)
        id = entry.text("id")
        entry.name = f"{kind} {id}"
        if id in made:
            raise entry.refused("there are two of this id")
        made[id] = make(entry, id)
        entry.done()
    return made


def _findings(top: Entry) -> dict[str, Finding]:
    found = _read(top, "finding", _finding)
    for id, finding in found.items():
        entry = Entry(f"finding {id}", {})
        for other in (*finding.implies, *filter(None, [finding.unsure_means])):
            entry.named("finding", other, found)
    if sum(finding.kind is Kind.temperature for finding in found.values()) > 1:
        raise top.refused("only one finding can be the temperature")
    return found


def _finding(entry: Entry, id: str) -> Finding:
    kind = entry.one_of("kind", Kind, Kind.yes_no)
    if kind is Kind.choice:
        raise entry.refused("a finding is yes_no, count or temperature")
    return Finding(
        id=id,
        sign=entry.named("sign", entry.text("sign"), SIGNS),
        kind=kind,
        label=entry.text("label"),
        means=entry.text("means"),
        source=entry.text("source"),
        implies=tuple(entry.get("implies", list, [])),
        unsure_as=entry.get("unsure_as", int) if kind is Kind.count else None,
        unsure_means=entry.text("unsure_means") if kind is Kind.temperature else "",
        bands=entry.numbers("bands"),
    )


def _signs(top: Entry, findings: Iterable[str]) -> dict[str, Sign]:
    def sign(entry: Entry, id: str) -> Sign:
        label, means = entry.text("label"), entry.text("means")
        menu = entry.named("menu", entry.text("menu"), MENUS)
        return Sign(id, label, means, entry.ids("findings", findings), menu)

    return _read(top, "sign", sign)


def _contexts(top: Entry, findings: Iterable[str]) -> dict[str, Context]:
    def context(entry: Entry, id: str) -> Context:
        if id in findings:
            raise entry.refused("a finding has this id")
        kind = entry.one_of("kind", Kind, Kind.yes_no)
        return Context(
            id=id,
            kind=kind,
            question=entry.text("question"),
            source=entry.text("source"),
            asked=entry.one_of("asked", AskedAt),
            choices=tuple(entry.get("choices", list)) if kind is Kind.choice else (),
            unsure_as=entry.get("unsure_as", int) if kind is Kind.count else None,
        )

    return _read(top, "context", context)


def _line(entry: Entry, id: str, findings: Iterable[str], signs: Mapping[str, Sign]) -> SweepLine:
    return SweepLine(
        id=id,
        screen=entry.get("screen", int),
        means=entry.text("means"),
        label=entry.text("label"),
        opens=entry.named("sign", entry.text("opens"), signs),
        findings=entry.ids("findings", findings),
    )


def _advice(entry: Entry, id: str, findings: Mapping[str, Finding]) -> Advice:
    signs = entry.ids("signs", SIGNS, default=())
    named = entry.ids("findings", findings, default=())
    everything = entry.get("everything", bool, False)
    wanted = tuple(f for f in findings if everything or f in named or findings[f].sign in signs)
    return Advice(id, wanted, entry.text("means"), entry.text("source"))


def _measure(entry: Entry, id: str, findings: Iterable[str]) -> Measure:
    """Either end may be left open, not both."""
    if not {"at_least", "below"} & entry.unread:
        raise entry.refused("'at_least' or 'below' is missing")
    return Measure(
        id=id,
        said=entry.text("said"),
        finding=entry.named("finding", entry.text("finding"), findings),
        at_least=entry.degrees("at_least", LEAST),
        below=entry.degrees("below", MOST),
        source=entry.text("source"),
        first=entry.get("first", bool, False),
    )


def _criteria(top: Entry, protocol: Protocol) -> tuple[Criterion, ...]:
    def criterion(entry: Entry, id: str) -> Criterion:
        made = Criterion(
            id=id,
            urgency=entry.one_of("urgency", Urgency),
            when=entry.get("when", dict),
            source=entry.text("source"),
            recheck=entry.wait("recheck"),
        )
        try:
            compile_rule(0, made, protocol.vocabulary)
        except CriterionError as error:
            raise entry.refused(str(error)) from None
        return made

    return tuple(_read(top, "criterion", criterion).values())


def _range(entry: Entry) -> Range:
    return Range(*_from_to(entry, "lowest", "highest"))


def _grey(entry: Entry) -> tuple[Decimal, Decimal]:
    return _from_to(entry, "from", "below")


def _from_to(entry: Entry, low: str, high: str) -> tuple[Decimal, Decimal]:
    lowest, highest = entry.degrees(low), entry.degrees(high)
    if lowest >= highest:
        raise entry.refused(f"{low!r} must be less than {high!r}")
    entry.done()
    return lowest, highest


def _sources(entry: Entry) -> dict[str, str]:
    return {tag: entry.text(tag) for tag in entry.values}
