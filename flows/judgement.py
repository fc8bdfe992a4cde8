"""A judgement: how urgent the facts are by a protocol, which criteria held, and by which ids."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flows.condition import View
from flows.criteria import Criterion, Rule
from flows.facts import CONTACTS, Facts
from flows.protocol import AskedAt, Finding, Kind, Protocol
from flows.record import Answer
from flows.urgency import Urgency

LEVELS = tuple(Urgency)


@dataclass(frozen=True)
class Held:
    """A criterion that held, and the ids that made it hold, in the content's order."""

    criterion: Criterion
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class Judgement:
    """What the facts come to."""

    urgency: Urgency
    held: tuple[Held, ...]
    """Gravest first, then in the content's order."""
    levels: Mapping[str, Urgency]
    """Finding -> its own level, of those that count as yes and have one."""


def judge(protocol: Protocol, facts: Facts) -> Judgement:
    """Judge the facts. The urgency is the highest that any criterion gives, routine without one."""
    view = look(protocol, facts)
    evidence = protocol.rulebook.hold(view)
    held = [protocol.rules[place] for place in sorted(evidence)]
    held.sort(key=_gravest_first)
    return Judgement(
        urgency=LEVELS[max(Urgency.routine.rank, held[0].rank)] if held else Urgency.routine,
        held=tuple(
            Held(rule.criterion, _in_order(protocol, evidence[rule.place])) for rule in held
        ),
        levels={id: LEVELS[rank] for id, rank in view.levels.items() if id in protocol.findings},
    )


def undecided(
    protocol: Protocol, facts: Facts, asked: frozenset[str], above: Urgency
) -> tuple[str, ...]:
    """The contexts not asked yet that could raise the urgency above this one, if answered yes.

    Only those asked when they matter; in the content's order.
    """
    open_ids = [
        context.id
        for context in protocol.contexts.values()
        if context.asked is AskedAt.when_it_matters and context.id not in asked
    ]
    supposed = replace(facts, contexts={**facts.contexts, **dict.fromkeys(open_ids, Answer.yes)})
    now, then = look(protocol, facts), look(protocol, supposed)
    protocol.rulebook.hold(now)
    evidence = protocol.rulebook.hold(then)
    behind = _behind(protocol.rules, evidence, above.rank, now.levels)
    return tuple(id for id in open_ids if id in behind)


def look(protocol: Protocol, facts: Facts) -> View:
    """See the facts as conditions do: unknown is yes, and a doubtful number is its S band."""
    view = View(persisting=facts.persisting)
    view.numbers.update(facts.counts)
    if facts.contacts_24h:
        view.numbers[CONTACTS] = facts.contacts_24h
    for id, answer in (*facts.answers.items(), *facts.contexts.items()):
        if answer is not Answer.no:
            _say_yes(view, protocol.findings.get(id), id, answer)
    view.present.update(id for id, number in view.numbers.items() if number > 0)
    _read_temperature(view, protocol, facts)
    return view


def _say_yes(view: View, finding: Finding | None, id: str, answer: Answer) -> None:
    if finding is None or finding.kind is Kind.yes_no:
        view.present.add(id)
    elif finding.kind is Kind.count:
        number = view.numbers.get(id, 0)
        if answer is Answer.unknown or number == 0:
            view.numbers[id] = max(number, finding.unsure_as or 1)
    else:
        # Said without a number, surely or not: a reading nobody read is no normal one.
        view.present.add(finding.unsure_means)


def _read_temperature(view: View, protocol: Protocol, facts: Facts) -> None:
    shown = protocol.readable
    view.readings = tuple(r for r in facts.readings if shown.lowest <= r <= shown.highest)
    for id in protocol.vocabulary.temperatures:
        if view.readings:
            view.present.add(id)
        if len(view.readings) < len(facts.readings):
            view.present.add(protocol.findings[id].unsure_means)
    if facts.second_grey:
        view.flags.add("second")
    if facts.reading_overdue:
        view.flags.add("overdue")


def _behind(
    rules: tuple[Rule, ...],
    evidence: Mapping[int, tuple[str, ...]],
    above: int,
    levels: Mapping[str, int],
) -> set[str]:
    """The ids behind the criteria above a level, and behind the levels that those lean on."""
    behind = {id for place, ids in evidence.items() if rules[place].rank > above for id in ids}
    leaning = [rules[place] for place in evidence if rules[place].rates]
    grown = True
    while grown:
        grown = False
        for rule in leaning:
            lifts = any(levels.get(id, -1) < rule.rank for id in rule.rates & behind)
            if lifts and not behind.issuperset(evidence[rule.place]):
                behind.update(evidence[rule.place])
                grown = True
    return behind


def _gravest_first(rule: Rule) -> tuple[int, int]:
    return (-rule.rank, rule.place)


def _in_order(protocol: Protocol, ids: tuple[str, ...]) -> tuple[str, ...]:
    return ids if len(ids) == 1 else tuple(sorted(set(ids), key=protocol.order.__getitem__))
