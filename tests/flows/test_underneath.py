"""The buttons underneath an advice or an outcome."""

from __future__ import annotations

import pytest

from flows.rereading import DOSES
from flows.scene import Assessment
from flows.underneath import after_advice, after_outcome, doses
from flows.urgency import Urgency
from tests.flows.family import NIGHT

RUN = Assessment(9, 1, 1, NIGHT, "p")


def test_the_clinics_language_is_offered_where_it_is_another() -> None:
    """A second card only for a family that speaks another language than the clinic."""

    def offered(own: str) -> set[str]:
        return {c.token for row in after_advice(RUN, own, "he") for c in row}

    assert offered("en") - offered("he") == {"a9.say_clinic"}
    assert {"a9.called", "a9.no_answer", "a9.number", "a9.more"} <= offered("he")


def test_doses_are_spans_without_gaps() -> None:
    """The last hour, spans, or more, and not known: each named by its least hours."""
    rows = doses(RUN, DOSES)
    assert [row[0].token for row in rows] == [
        "a9.dose:0",
        "a9.dose:1",
        "a9.dose:3",
        "a9.dose:5",
        "a9.dose:unknown",
    ]
    labels = [row[0].label for row in rows[:-1]]
    assert [label.id for label in labels] == [
        "dose.last_hour",
        "dose.hours",
        "dose.hours",
        "dose.or_more",
    ]
    assert [label.values.get("high") for label in labels] == [None, "2", "4", None]


@pytest.mark.parametrize(
    ("level", "calls"), [(Urgency.same_day, ["a9.called", "a9.say"]), (Urgency.routine, [])]
)
def test_an_outcome_keeps_danger_one_tap_away(level: Urgency, calls: list[str]) -> None:
    """Something is wrong now, at same day the call too, and a new beginning."""
    rows = after_outcome(RUN, level)
    assert all(rows), "an empty row"
    assert [c.token for row in rows for c in row] == ["0.now", *calls, "0.again", "0.home"]
