"""What a message comes to: the signs it names, and whether it may wait."""

from __future__ import annotations

from decimal import Decimal

import pytest

from flows.facts import Facts
from flows.record import Answer
from flows.understanding.flag import facts, flags, gravest, interrupts
from tests.flows.small import content
from tests.flows.understanding.small import ENGLISH, PROTOCOL, decimals, lexicon, protocol, read

SKIN = lexicon({**ENGLISH, "sign": {"urine": ["nappy worries"], "rest": ["spots"]}})


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("hot", ("fever",)),
        ("not breathing", ("change",)),
        ("fainted, hot", ("fever", "faint")),
        ("dry 12 hours", ("urine",)),
        ("nappy worries", ("urine",)),
        ("hot nappy worries", ("fever", "urine")),
        ("cough", ()),
        ("spots", ()),
        ("fever", ()),
        ("no hot", ()),
        ("38", ("fever",)),
        ("37.5", ("fever",)),
        ("37.4", ()),
        ("37.4 38", ("fever",)),
        ("well", ()),
    ],
)
def test_the_seven_signs_that_a_message_names(written: str, expected: tuple[str, ...]) -> None:
    """By its findings, by a sign of its own, or by a reading that matters; in the table's order."""
    assert flags(read(written, SKIN), PROTOCOL) == expected


def test_a_reading_is_filed_under_the_thermometers_sign() -> None:
    """Wherever the protocol lists the thermometer."""
    first, *rest = content()["finding"]
    listed = protocol(finding=[*rest[1:], first, rest[0]])
    assert flags(read("38"), listed) == ("fever",)


def test_a_sign_named_alone_is_flagged() -> None:
    """As a button would."""
    assert flags(read("fever", lexicon(names={"fever": "sign:fever"})), PROTOCOL) == ("fever",)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("hot", True),
        ("not breathing", True),
        ("38", True),
        ("37.9", False),
        ("37.9 38", True),
        ("36.6", False),
        ("cough", False),
        ("cough. dry 8 hours", True),
        ("earache", False),
        ("cough 37.5", True),
        ("vomited 6 times", True),
        ("vomited 5 times", False),
        ("vomited", False),
        ("nappy worries", True),
        ("spots", False),
        ("fever", False),
        ("no hot", False),
        ("his brother is hot", False),
        ("", False),
    ],
)
def test_what_demands_contact_at_once_interrupts(written: str, expected: bool) -> None:
    """As the decision table says of all it holds together; a sign of the seven by itself."""
    assert interrupts(read(written, SKIN), PROTOCOL) is expected


def test_a_message_as_facts() -> None:
    """Findings are answered yes, counts by their number, a count without one is not sure."""
    assert facts(read("hot. vomited 3 times 38.5. no cough"), PROTOCOL) == Facts(
        answers={"hot": Answer.yes}, counts={"vomited": 3}, readings=decimals("38.5")
    )
    assert facts(read("vomited"), PROTOCOL) == Facts(answers={"vomited": Answer.unknown})
    assert facts(read("well"), PROTOCOL) == Facts()


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("well", None),
        ("36.6", "36.6"),
        ("36.6 38.5", "38.5"),
        ("38.5 36.6", "38.5"),
        ("38.5 39.5", "39.5"),
        ("39.5 38.5", "39.5"),
        ("36.6 36.7", "36.7"),
        ("37.9 36.6", "37.9"),
    ],
)
def test_of_several_readings_the_more_urgent_counts(written: str, expected: str | None) -> None:
    """And of two as urgent the higher."""
    got = gravest(read(written), PROTOCOL)
    assert got == (None if expected is None else Decimal(expected))
