"""How well, and how fast, messages are read: by language, tuned and held out."""

from __future__ import annotations

import statistics
from time import perf_counter

import pytest

from flows.understanding import understand
from tests.flows.family import shipped
from tests.flows.understanding.score import LANGUAGES, messages, report

pytestmark = pytest.mark.bench


def test_reading() -> None:
    """Caught, recall, precision and false alarms, of the messages that a lexicon was written by
    and of those that were set aside."""
    print("\n" + "\n".join(report(LANGUAGES)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_speed(language: str) -> None:
    """One message, the middle and the slowest hundredth of a language's messages."""
    house = shipped()
    taken = []
    for one in messages(language):
        begun = perf_counter()
        understand(one["text"], house.lexicon, house.protocol)
        taken.append(perf_counter() - begun)
    slow = statistics.quantiles(taken, n=100)[-1]
    median = statistics.median(taken)
    print(f"\n{language}: a message {median * 1e6:.0f} us (median), {slow * 1e6:.0f} us (99th)")
