"""Issues of content that can be read, but would fail a family: a line each, found at load."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, product

from flows.condition import View
from flows.criteria import FLAGS
from flows.proof import Atom, atoms
from flows.protocol import BESIDE, AskedAt, Kind, Protocol
from flows.urgency import Urgency

LABEL = 24
"""Letters that a button shows on every channel."""
HOME = "home"
FIRST_SCREEN = 1


def protocol_issues(protocol: Protocol) -> tuple[str, ...]:
    """Everything wrong with a protocol, a line each; empty when a family can be led by it."""
    parts = (_labels, _sources, _findings, _screens, _sweep, _contexts, _criteria, _advice)
    found = chain.from_iterable(part(protocol) for part in parts)
    return tuple(f"{protocol.id}: {issue}" for issue in found)


def _labels(protocol: Protocol) -> Iterator[str]:
    named = [
        *(("finding", f.id, f.label) for f in protocol.findings.values()),
        *(("sign", s.id, s.label) for s in protocol.signs.values()),
        *(("sweep", line.id, line.label) for line in protocol.sweep),
    ]
    for kind, id, label in named:
        if len(label) > LABEL:
            yield f"{kind} {id}: the label has {len(label)} letters, a button shows {LABEL}"


def _sources(protocol: Protocol) -> Iterator[str]:
    sourced = [
        *(("finding", f.id, f.source) for f in protocol.findings.values()),
        *(("context", c.id, c.source) for c in protocol.contexts.values()),
        *(("criterion", c.id, c.source) for c in protocol.criteria),
        *(("advice", a.id, a.source) for a in protocol.advice),
        ("protocol", protocol.id, protocol.source),
    ]
    for kind, id, source in sourced:
        for cited in source.split(";"):
            if not _tagged(cited.strip(), protocol.sources):
                yield f"{kind} {id}: the source {cited.strip()!r} begins with no known tag"


def _tagged(cited: str, tags: Iterable[str]) -> bool:
    return any(cited == tag or cited.startswith((f"{tag} ", f"{tag}:")) for tag in tags)


def _findings(protocol: Protocol) -> Iterator[str]:
    rows = [
        rule for rule in protocol.rules if rule.rates and "persisting" not in rule.criterion.when
    ]
    rated = frozenset(id for rule in rows for id in rule.rates)
    for finding in protocol.findings.values():
        if finding.id not in rated:
            yield f"finding {finding.id}: no criterion gives it a level"
        if finding.kind is Kind.count and finding.bands != _lower_ends(protocol, finding.id):
            yield f"finding {finding.id}: its bands are not those of its criteria"


def _lower_ends(protocol: Protocol, id: str) -> tuple[int, ...]:
    return tuple(atom.count for atom in atoms(protocol) if atom.id == id)


def _screens(protocol: Protocol) -> Iterator[str]:
    near = {f for s in protocol.signs.values() if s.menu == HOME for f in s.findings}
    anywhere = {f for s in protocol.signs.values() for f in s.findings}
    urgent = _urgent(protocol, Urgency.immediate)
    for id, finding in protocol.findings.items():
        if id == protocol.alarm:
            continue
        if id not in anywhere:
            yield f"finding {id}: it is on no screen"
        elif finding.sign != BESIDE and id in urgent and id not in near:
            yield f"finding {id}: urgent and of the seven signs, yet on no screen of home"
    for sign in protocol.seven:
        if sign not in protocol.signs:
            yield f"sign {sign}: it has no screen"


def _urgent(protocol: Protocol, level: Urgency) -> frozenset[str]:
    """Findings to which a row of their own can give that level."""
    rules = [rule for rule in protocol.rules if rule.rank >= level.rank]
    return frozenset(id for rule in rules if "finding" in rule.criterion.when for id in rule.rates)


def _sweep(protocol: Protocol) -> Iterator[str]:
    lines = [(line, id) for line in protocol.sweep for id in line.findings]
    covered = [id for _, id in lines]
    for id in protocol.findings:
        if id != protocol.alarm and covered.count(id) != 1:
            yield f"finding {id}: it is in {covered.count(id)} lines of the sweep, not in one"
    for line, id in lines:
        if id not in protocol.signs[line.opens].findings:
            yield f"sweep {line.id}: {id} is not on the screen {line.opens} that it opens"
        if id in _urgent(protocol, Urgency.emergency) and line.screen != FIRST_SCREEN:
            yield f"sweep {line.id}: {id} is an emergency, and belongs on the first screen"


def _contexts(protocol: Protocol) -> Iterator[str]:
    named = frozenset(id for rule in protocol.rules for id in rule.condition.mentions)
    for context in protocol.contexts.values():
        if context.asked is AskedAt.when_it_matters and context.id not in named:
            yield f"context {context.id}: asked when it matters, and no criterion names it"


def _criteria(protocol: Protocol) -> Iterator[str]:
    met: set[int] = set()
    for view in _fullest(protocol):
        met.update(protocol.rulebook.hold(view))
    for rule in protocol.rules:
        if rule.place not in met:
            yield f"criterion {rule.criterion.id}: nobody can meet it"


def _fullest(protocol: Protocol) -> Iterator[View]:
    """Everything said yes to at once, with every number that the criteria tell apart."""
    every = atoms(protocol)
    counted = [[a for a in every if a.id == id] for id in sorted(protocol.vocabulary.counts)]
    for numbers in product(*counted):
        yield _full(protocol, every, numbers)


def _full(protocol: Protocol, every: Iterable[Atom], numbers: Iterable[Atom]) -> View:
    contexts = protocol.contexts.values()
    most = {c.id: c.unsure_as or 1 for c in contexts if c.kind is Kind.count}
    return View(
        present={*protocol.findings, *protocol.contexts},
        numbers={**most, **{atom.id: atom.count for atom in numbers}},
        readings=tuple(atom.reading for atom in every if atom.reading is not None),
        flags=set(FLAGS),
        persisting=frozenset(protocol.findings),
    )


def _advice(protocol: Protocol) -> Iterator[str]:
    for advice in protocol.advice:
        if not advice.findings:
            yield f"advice {advice.id}: it is for no finding"
