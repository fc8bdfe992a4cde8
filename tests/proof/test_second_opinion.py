"""The product and the second reader of the table agree over the whole space of the proof."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import islice

import pytest

from bot.case import read_case
from flows.judgement import judge
from flows.urgency import Urgency
from tests.flows.vignette import protocol
from tests.second_reader.cases import Case, combinations
from tests.second_reader.read import prepare

SHOWN = 10


def urgency(case: Case) -> Urgency:
    """What the product says, by the code path of `main.py assess`."""
    findings = {id: exact(value) for id, value in case.findings.items()}
    return judge(protocol(), read_case(protocol(), case.context, findings, case.unsure)).urgency


def exact(value: object) -> object:
    """A number as JSON is read: with a fraction it is a decimal."""
    return Decimal(str(value)) if isinstance(value, float) else value


def different(cases: Iterator[Case]) -> Iterator[str]:
    """The cases on which the two readers differ."""
    reader = prepare()
    for case in cases:
        mine = urgency(case)
        theirs = reader.urgency_of_ids(case.names, case.context_names)
        least = reader.floor(case.names)
        if mine != theirs or mine < least:
            yield f"{case.context} {case.findings}: {mine}, by the second reader {theirs}"


@pytest.mark.parametrize("size", [1, 2])
def test_the_two_readers_agree_in_every_context(size: int) -> None:
    """Each finding, and each pair, is judged the same with nothing, all or one thing known."""
    assert not list(islice(different(combinations(size)), SHOWN))


@pytest.mark.parametrize("half", [0, 1])
def test_the_two_readers_agree_on_threes(half: int) -> None:
    """Each three of findings is judged the same; with nothing known (0), and with all of it (1)."""
    cases = (case for case in combinations(3) if bool(case.context) is bool(half))
    assert not list(islice(different(cases), SHOWN))
