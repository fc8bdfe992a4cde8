"""The house's time: in earnest, and in a rehearsal."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.pace import Pace
from tests.flows.family import NIGHT


@pytest.mark.parametrize(("scale", "seconds"), [(1, 900), (60, 15), (900, 1)])
def test_timers_are_due_as_much_sooner(scale: int, seconds: int) -> None:
    """A wait of 15 minutes takes 15 seconds at 60."""
    due = Pace(scale).after(NIGHT, timedelta(minutes=15))
    assert due - NIGHT == timedelta(seconds=seconds)


def test_the_house_runs_in_earnest_unless_told() -> None:
    """Without a setting an hour is an hour."""
    assert Pace().elapsed(NIGHT, NIGHT + timedelta(hours=1)) == timedelta(hours=1)


@given(st.integers(1, 3600), st.integers(0, 48 * 3600))
def test_a_timer_that_is_due_has_waited_its_time(scale: int, seconds: int) -> None:
    """What was set and what has passed are one duration at every scale."""
    pace, wait = Pace(scale), timedelta(seconds=seconds * scale)
    assert pace.elapsed(NIGHT, pace.after(NIGHT, wait)) == wait
