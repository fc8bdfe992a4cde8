"""Criteria: the conditions that give an urgency, as content writes them and as tests of the facts.

`docs/protocol-format.md` lists the forms that a ``when`` may take. There is no "not" among them
(`docs/adr/0004-criteria-are-monotone.md`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from difflib import get_close_matches

from flows.condition import (
    NOBODY,
    All,
    AnyOf,
    Condition,
    Counted,
    Flagged,
    Graded,
    Measured,
    Other,
    Persisting,
    Present,
    Several,
)
from flows.urgency import Urgency

FLAGS = ("second", "overdue")
"""What can be known of a reading beside its value."""
FROST = Decimal("-Infinity")
BLAZE = Decimal("Infinity")


@dataclass(frozen=True)
class Criterion:
    """The condition that gives an urgency, with its source."""

    id: str
    urgency: Urgency
    when: Mapping[str, object]
    source: str
    recheck: timedelta | None = None
    """Ask for the reading again after this long, when the criterion holds alone."""


class CriterionError(ValueError):
    """A ``when`` that cannot be read; the message says what is wrong with it."""


@dataclass(frozen=True)
class Vocabulary:
    """The ids that a ``when`` may name, by what they are."""

    plain: frozenset[str]
    """Findings answered by yes or no."""
    counts: frozenset[str]
    temperatures: frozenset[str]
    contexts: frozenset[str]
    """Contexts answered by yes or no, or by a choice."""
    counted_contexts: frozenset[str]
    signs: Mapping[str, frozenset[str]]
    """The decision table's group -> its findings."""
    implied: Mapping[str, frozenset[str]]
    """Finding -> all that is true whenever it is."""

    @property
    def findings(self) -> frozenset[str]:
        """Every finding's id."""
        return self.plain | self.counts | self.temperatures

    def apart(self, id: str) -> frozenset[str]:
        """The finding, what it implies and what implies it: never "another" beside it."""
        implying = {other for other, truths in self.implied.items() if id in truths}
        return frozenset({id}) | self.implied.get(id, NOBODY) | implying


@dataclass(frozen=True, slots=True)
class Rule:
    """A criterion made ready to be tested."""

    place: int
    """Its place in the content; the order in which criteria are named."""
    rank: int
    criterion: Criterion
    condition: Condition
    rates: frozenset[str]
    """The ids whose own level it gives, when they are in its evidence."""


def compile_rule(place: int, criterion: Criterion, words: Vocabulary) -> Rule:
    """Make a criterion ready; CriterionError when its ``when`` cannot be read."""
    condition = read(criterion.when, words)
    rank = criterion.urgency.rank
    return Rule(place, rank, criterion, condition, rated(criterion.when, condition, words))


def rated(when: Mapping[str, object], condition: Condition, words: Vocabulary) -> frozenset[str]:
    """The ids whose own level a criterion gives.

    One that names a single finding is a row of that finding, whatever it asks for beside; one that
    is nothing but a context is a row of that context. What persists is raised.
    """
    if "persisting" in when:
        return words.findings
    named = condition.mentions & words.findings
    if not named and isinstance(condition, Present | Counted):
        named = condition.mentions
    return named if len(named) == 1 else NOBODY


def read(when: object, words: Vocabulary) -> Condition:
    """Read one ``when``; CriterionError names what is wrong."""
    if not isinstance(when, Mapping) or not when:
        raise CriterionError("a condition is a table such as { finding = 'chills' }")
    for form, (reader, keys) in _FORMS.items():
        if form in when:
            _only(when, keys)
            return reader(when, words)
    if "not" in when:
        raise CriterionError("there is no 'not': one more yes may never lower the urgency")
    raise CriterionError(f"no condition is written {_listed(when)}; one of {_listed(_FORMS)}")


def known(kind: str, id: object, ids: Iterable[str]) -> str:
    """The id, if it is one of these; CriterionError with the nearest otherwise."""
    names = sorted(ids)
    if isinstance(id, str) and id in names:
        return id
    near = get_close_matches(str(id), names, n=1)
    hint = f"; did you mean {near[0]!r}?" if near else ""
    raise CriterionError(f"unknown {kind} {id!r}{hint}")


def _finding(when: Mapping[str, object], words: Vocabulary) -> Condition:
    id = known("finding", when["finding"], words.findings)
    if id in words.plain:
        _only(when, {"finding"})
        return Present(frozenset({id}))
    if id in words.counts:
        return _counted(id, when)
    return Measured(id, _degrees(when, "at_least", FROST), _degrees(when, "below", BLAZE))


def _context(when: Mapping[str, object], words: Vocabulary) -> Condition:
    id = known("context", when["context"], words.contexts | words.counted_contexts)
    if id in words.counted_contexts:
        return _counted(id, when)
    _only(when, {"context"})
    return Present(frozenset({id}))


def _counted(id: str, when: Mapping[str, object]) -> Condition:
    below = _whole(when, "below", 2) if "below" in when else None
    return Counted(id, _whole(when, "at_least", 1) if "at_least" in when else 1, below)


def _sign(when: Mapping[str, object], words: Vocabulary) -> Condition:
    ids = words.signs[known("sign", when["sign"], words.signs)]
    if "at" in when:
        return Graded(ids, _rank(when["at"]))
    return Present(ids, named=False)


def _other(when: Mapping[str, object], words: Vocabulary) -> Condition:
    than = known("finding", when.get("than"), words.findings)
    return Other(_rank(when["other"]), words.apart(than))


def _several(when: Mapping[str, object], words: Vocabulary) -> Condition:
    return Several(_whole(when, "count", 2), _rank(when.get("at")), words.implied)


def _persisting(when: Mapping[str, object], _words: Vocabulary) -> Condition:
    return Persisting(_rank(when["persisting"]))


def _reading(when: Mapping[str, object], words: Vocabulary) -> Condition:
    flag = known("reading", when["reading"], FLAGS)
    if not words.temperatures:
        raise CriterionError("'reading' needs a finding that is a temperature")
    return Flagged(min(words.temperatures), flag)


def _all(when: Mapping[str, object], words: Vocabulary) -> Condition:
    return All(_parts(when["all"], words))


def _any(when: Mapping[str, object], words: Vocabulary) -> Condition:
    parts = _parts(when["any"], words)
    plain = [part for part in parts if isinstance(part, Present) and part.named]
    rest = tuple(part for part in parts if part not in plain)
    if not plain:
        return AnyOf(rest)
    merged = Present(NOBODY.union(*(part.ids for part in plain)))
    return AnyOf((merged, *rest)) if rest else merged


def _parts(parts: object, words: Vocabulary) -> tuple[Condition, ...]:
    if not isinstance(parts, list | tuple) or not parts:
        raise CriterionError("'all' and 'any' take a list of at least one condition")
    return tuple(read(part, words) for part in parts)


def _only(when: Mapping[str, object], keys: Set[str]) -> None:
    extra = sorted(str(key) for key in when if key not in keys)
    if extra:
        raise CriterionError(f"{_listed(extra)} does not belong in {dict(when)}")


def _rank(level: object) -> int:
    return Urgency(known("urgency", level, list(Urgency))).rank


def _whole(when: Mapping[str, object], key: str, lowest: int) -> int:
    number = when[key]
    if not isinstance(number, int) or isinstance(number, bool) or number < lowest:
        raise CriterionError(f"{key!r} is a whole number of at least {lowest}, not {number!r}")
    return number


def _degrees(when: Mapping[str, object], key: str, absent: Decimal) -> Decimal:
    number = when.get(key, absent)
    if isinstance(number, bool) or not isinstance(number, int | Decimal):
        raise CriterionError(f"{key!r} is a number of degrees Celsius, not {number!r}")
    return Decimal(number)


def _listed(words: Iterable[object]) -> str:
    return ", ".join(repr(word) for word in words)


_Reader = Callable[[Mapping[str, object], Vocabulary], Condition]
_FORMS: Mapping[str, tuple[_Reader, Set[str]]] = {
    "finding": (_finding, {"finding", "at_least", "below"}),
    "context": (_context, {"context", "at_least", "below"}),
    "sign": (_sign, {"sign", "at"}),
    "other": (_other, {"other", "than"}),
    "count": (_several, {"count", "at"}),
    "persisting": (_persisting, {"persisting"}),
    "reading": (_reading, {"reading"}),
    "all": (_all, {"all"}),
    "any": (_any, {"any"}),
}
