"""What a number said in words means: from which on, and below which."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from flows.measure import Measure
from flows.protocol_reading import ProtocolError
from tests.flows.understanding.small import PROTOCOL, decimals, protocol

LOW = Measure("low", "oxygen", "faint", Decimal(40), Decimal(92), "inference")


@pytest.mark.parametrize(
    ("numbers", "holds"),
    [
        (("40",), True),
        (("39.9",), False),
        (("91.9",), True),
        (("92",), False),
        (("99", "88"), True),
        (("99", "20"), False),
        ((), False),
    ],
)
def test_a_measure_holds_from_one_end_to_below_the_other(
    numbers: tuple[str, ...], holds: bool
) -> None:
    """If any of the numbers lies between."""
    assert LOW.holds(decimals(*numbers)) is holds


def test_of_two_numbers_the_first_may_be_all_that_counts() -> None:
    """Of a blood pressure of 110 over 70 the 70 is nothing, and the 80 of 80 over 50 is low."""
    pressure = replace(LOW, first=True)
    assert not pressure.holds(decimals("110", "70"))
    assert pressure.holds(decimals("80", "50"))


@pytest.mark.parametrize(
    ("said", "numbers", "finding"),
    [
        ("dry", ("13",), "dry_12h"),
        ("dry", ("9",), "dry_8h"),
        ("dry", ("9", "13"), "dry_12h"),
        ("dry", ("7",), ""),
        ("dry", (), ""),
        ("oxygen", ("88",), "faint"),
        ("sugar", ("88",), ""),
    ],
)
def test_the_first_row_that_holds_names_the_finding(
    said: str, numbers: tuple[str, ...], finding: str
) -> None:
    """Of the rows of one name, as the content lists them; none means none."""
    assert PROTOCOL.measured(said, decimals(*numbers)) == finding


def test_a_measure_may_be_open_at_one_end() -> None:
    """From 0 on, or below 1000."""
    row = {"id": "low", "said": "sugar", "finding": "faint", "source": "inference"}
    (low,) = protocol(measure=[row | {"below": 4}]).measures
    (high,) = protocol(measure=[row | {"at_least": 4}]).measures
    assert (low.at_least, low.below) == decimals("0", "4")
    assert (high.at_least, high.below) == decimals("4", "1000")
    assert low == Measure("low", "sugar", "faint", Decimal(0), Decimal(4), "inference")


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({}, "measure low: 'at_least' or 'below' is missing"),
        ({"below": "4"}, "measure low: 'below' must be"),
        ({"below": 4, "finding": "fain"}, "measure low: unknown finding 'fain'"),
        ({"below": 4, "above": 3}, "measure low: unknown key"),
    ],
)
def test_a_measure_that_cannot_be_read_is_refused(changed: dict[str, object], why: str) -> None:
    """With its name and the reason."""
    row = {"id": "low", "said": "sugar", "finding": "faint", "source": "inference"}
    with pytest.raises(ProtocolError) as refused:
        protocol(measure=[row | changed])
    assert str(refused.value).startswith(why)
