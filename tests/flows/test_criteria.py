"""What a criterion's condition may say, when it holds, and how a slip in it is refused."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from flows.condition import View
from flows.criteria import CriterionError, read
from tests.flows.small import small

WORDS = small().vocabulary
YES = View(
    present={"hot", "infusion", "cough"},
    numbers={"vomited": 3, "contacts_24h": 2},
    readings=(Decimal("37.7"), Decimal("36.0")),
    persisting=frozenset({"cough"}),
    flags={"second"},
    levels={"hot": 3, "cough": 2},
)
DRY = View(present={"dry_12h", "dry_8h", "little"}, levels={"dry_12h": 3, "dry_8h": 2, "little": 2})
FORMS: list[tuple[Mapping[str, Any], set[str], View]] = [
    ({"finding": "hot"}, {"hot"}, YES),
    ({"finding": "faint"}, set(), YES),
    ({"finding": "vomited"}, {"vomited"}, YES),
    ({"finding": "vomited"}, set(), DRY),
    ({"finding": "vomited", "at_least": 3, "below": 4}, {"vomited"}, YES),
    ({"finding": "vomited", "at_least": 4}, set(), YES),
    ({"finding": "vomited", "below": 3}, set(), YES),
    ({"finding": "temperature"}, {"temperature"}, YES),
    ({"finding": "temperature", "at_least": Decimal("37.5"), "below": 38}, {"temperature"}, YES),
    ({"finding": "temperature", "below": Decimal("36.0")}, set(), YES),
    ({"finding": "temperature", "at_least": Decimal("37.71")}, set(), YES),
    ({"context": "infusion"}, {"infusion"}, YES),
    ({"context": "medicine"}, set(), YES),
    ({"context": "contacts_24h", "at_least": 2}, {"contacts_24h"}, YES),
    ({"context": "contacts_24h", "at_least": 3}, set(), YES),
    ({"sign": "fever"}, {"hot"}, YES),
    ({"sign": "fever", "at": "immediate"}, {"hot"}, YES),
    ({"sign": "beside", "at": "immediate"}, set(), YES),
    ({"other": "same_day", "than": "hot"}, {"cough"}, YES),
    ({"other": "immediate", "than": "hot"}, set(), YES),
    ({"other": "same_day", "than": "dry_12h"}, set(), DRY),
    ({"other": "same_day", "than": "little"}, set(), DRY),
    ({"count": 2, "at": "same_day"}, {"hot", "cough"}, YES),
    ({"count": 3, "at": "same_day"}, set(), YES),
    ({"count": 2, "at": "same_day"}, set(), DRY),
    ({"persisting": "same_day"}, {"cough"}, YES),
    ({"persisting": "immediate"}, set(), YES),
    ({"reading": "second"}, {"temperature"}, YES),
    ({"reading": "overdue"}, set(), YES),
    ({"all": [{"finding": "hot"}, {"context": "infusion"}]}, {"hot", "infusion"}, YES),
    ({"all": [{"finding": "hot"}, {"finding": "ear"}]}, set(), YES),
    ({"any": [{"finding": "hot"}, {"finding": "ear"}]}, {"hot"}, YES),
    ({"any": [{"finding": "ear"}, {"sign": "fever"}, {"context": "medicine"}]}, {"hot"}, YES),
    ({"any": [{"sign": "fever"}, {"finding": "vomited", "below": 9}]}, {"hot", "vomited"}, YES),
    ({"any": [{"finding": "ear"}, {"reading": "overdue"}]}, set(), YES),
]


@pytest.mark.parametrize(
    ("when", "evidence", "view"), FORMS, ids=[str(when) for when, _, _ in FORMS]
)
def test_a_condition_names_what_makes_it_hold(
    when: Mapping[str, Any], evidence: set[str], view: View
) -> None:
    """Each form holds by the ids that are there, and by nothing else."""
    assert set(read(when, WORDS).held(view)) == evidence


@pytest.mark.parametrize("when", [when for when, _, _ in FORMS], ids=str)
def test_a_condition_never_holds_without_its_anchors(when: Mapping[str, Any]) -> None:
    """The ids by which a rule is found are among those that it cannot do without."""
    condition = read(when, WORDS)
    assert not condition.held(View())
    if condition.anchors is not None:
        everything = {*WORDS.findings, *WORDS.contexts, *WORDS.counted_contexts}
        rest = everything - condition.anchors
        beside = View(present=rest, levels=dict.fromkeys(rest, 4), persisting=frozenset(rest))
        beside.numbers = dict.fromkeys(rest, 3)
        assert not condition.held(beside)


@pytest.mark.parametrize("when", [when for when, _, _ in FORMS], ids=str)
def test_a_condition_says_whether_it_looks_at_levels(when: Mapping[str, Any]) -> None:
    """What weighs other findings is tested after they have their level."""
    levels = {"at", "other", "count", "persisting"}
    assert read(when, WORDS).weighs is bool(levels & when.keys())


@pytest.mark.parametrize(
    ("when", "why"),
    [
        ({"finding": "temprature"}, "unknown finding 'temprature'; did you mean 'temperature'?"),
        ({"finding": 7}, "unknown finding 7"),
        ({"finding": "hot", "at_least": 2}, "'at_least' does not belong in"),
        ({"context": "infusion", "below": 2}, "'below' does not belong in"),
        ({"finding": "vomited", "at_least": 0}, "'at_least' is a whole number of at least 1"),
        ({"finding": "vomited", "at_least": True}, "'at_least' is a whole number of at least 1"),
        ({"finding": "vomited", "below": Decimal("2.5")}, "'below' is a whole number"),
        ({"finding": "temperature", "below": "hot"}, "'below' is a number of degrees Celsius"),
        ({"finding": "temperature", "below": True}, "'below' is a number of degrees Celsius"),
        ({"context": "steroid"}, "unknown context 'steroid'"),
        ({"sign": "livr"}, "unknown sign 'livr'"),
        ({"sign": "fever", "at": "urgent"}, "unknown urgency 'urgent'"),
        ({"sign": "fever", "on": 1}, "'on' does not belong in"),
        ({"other": "same_day"}, "unknown finding None"),
        ({"count": 1, "at": "same_day"}, "'count' is a whole number of at least 2"),
        ({"count": 2}, "unknown urgency None"),
        ({"reading": "third"}, "unknown reading 'third'"),
        ({"all": []}, "'all' and 'any' take a list of at least one condition"),
        ({"any": {"finding": "hot"}}, "'all' and 'any' take a list of at least one condition"),
        ({"not": {"finding": "hot"}}, "there is no 'not': one more yes may never lower"),
        ({"all": [{"not": {"finding": "hot"}}]}, "there is no 'not'"),
        ({"none": 1}, "no condition is written 'none'; one of 'finding', 'context'"),
        ({}, "a condition is a table such as"),
        ("hot", "a condition is a table such as"),
    ],
    ids=str,
)
def test_a_slip_is_refused_with_its_reason(when: object, why: str) -> None:
    """What cannot be read is refused, naming the nearest id where there is one."""
    with pytest.raises(CriterionError) as refusal:
        read(when, WORDS)
    assert why in str(refusal.value)


def test_a_reading_needs_one_temperature() -> None:
    """Without a finding that is a temperature there is no second reading of it."""
    with pytest.raises(CriterionError, match="needs a finding"):
        read({"reading": "second"}, replace(WORDS, temperatures=frozenset()))
