"""How a protocol is read from its content, what it knows of itself, and what is refused."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from flows.protocol import Advice, AskedAt, Context, Finding, Kind, Range, SweepLine
from flows.protocol_reading import ProtocolError, from_dict
from tests.flows.small import content, entry, small

Change = Callable[[dict[str, Any]], object]


def test_a_protocol_is_read_whole() -> None:
    """Every part of the content is there, as the words of the glossary."""
    protocol = small()
    assert protocol.readable == Range(Decimal(30), Decimal(43))
    assert protocol.grey == (Decimal("37.5"), Decimal("38.0"))
    assert protocol.findings["vomited"] == Finding(
        "vomited",
        "beside",
        Kind.count,
        "vomited",
        "Is there vomited?",
        "inference",
        unsure_as=2,
        bands=(1, 2, 6),
    )
    assert protocol.findings["temperature"].unsure_means == "hot"
    assert protocol.contexts["writer"] == Context(
        "writer", Kind.choice, "Is it writer?", "inference", AskedAt.in_set_up, ("parent",)
    )
    assert protocol.sweep[0] == SweepLine("now", 1, "Is there now?", "now", "faint", ("faint",))
    assert protocol.advice[1] == Advice(
        "cool", ("temperature", "hot", "cough"), "Do cool.", "inference"
    )
    assert protocol.advice[0].findings == tuple(protocol.findings)
    assert {c.id: c.recheck for c in protocol.criteria if c.recheck} == {
        "grey": timedelta(minutes=60),
        "masked": timedelta(hours=4),
    }


def test_a_result_names_the_protocol() -> None:
    """The stamp holds the id, the version and the beginning of the digest."""
    assert small().stamp == "small 1 (01234567)"


def test_the_seven_leave_out_what_is_beside() -> None:
    """The signs of the clinic's criteria stand in the order of the findings."""
    assert small().seven == ("fever", "change", "urine", "faint")


def test_what_is_implied_is_followed_to_the_end() -> None:
    """A finding implies what the findings it implies imply."""
    assert small().vocabulary.implied["dry_12h"] == {"dry_8h", "little"}


def test_findings_that_imply_each_other_are_read() -> None:
    """A circle of implications ends."""
    whole = content()
    entry(whole, "finding", "little")["implies"] = ["dry_12h"]
    implied = from_dict(whole).vocabulary.implied
    assert implied["little"] == {"little", "dry_12h", "dry_8h"}


def put(kind: str, id: str, /, **values: object) -> Change:
    """A change of one table."""
    return lambda whole: entry(whole, kind, id).update(values)


def drop(kind: str, id: str, key: str) -> Change:
    """A key left out of one table."""
    return lambda whole: entry(whole, kind, id).pop(key)


def head(**values: object) -> Change:
    """A change of the head."""
    return lambda whole: whole.update(values)


REFUSED: list[tuple[Change, str]] = [
    (head(surplus=1), "protocol: unknown key 'surplus'"),
    (head(version=1), "protocol: 'version' must be a text in quotes, not 1"),
    (head(source=" "), "protocol: 'source' is empty"),
    (head(alarm="alrm"), "protocol: unknown finding 'alrm'; did you mean 'alarm'?"),
    (head(grey={"from": 38, "below": 37}), "protocol: grey: 'from' must be less than 'below'"),
    (head(grey=3), "protocol: grey: must be a table, not 3"),
    (head(readable={"lowest": "30", "highest": 43}), "readable: 'lowest' must be a number"),
    (head(readable={"lowest": 30, "highest": 43, "x": 1}), "readable: unknown key 'x'"),
    (head(criterion={}), "protocol: 'criterion' must be a list, not {}"),
    (head(advice=["ready"]), "advice 1: must be a table, not 'ready'"),
    (lambda whole: whole.pop("sweep"), "protocol: 'sweep' is missing"),
    (lambda whole: whole["sign"].append(whole["sign"][0]), "sign fever: there are two of this id"),
    (drop("finding", "hot", "id"), "finding 2: 'id' is missing"),
    (drop("finding", "hot", "label"), "finding hot: 'label' is missing"),
    (put("finding", "hot", sign="fevr"), "finding hot: unknown sign 'fevr'; did you mean 'fever'"),
    (put("finding", "hot", kind="number"), "finding hot: unknown kind 'number'"),
    (put("finding", "hot", kind="choice"), "hot: a finding is yes_no, count or temperature"),
    (
        put("finding", "hot", kind="temperature", unsure_means="faint"),
        "protocol: only one finding can be the temperature",
    ),
    (put("finding", "hot", tag="x"), "finding hot: unknown key 'tag'"),
    (put("finding", "hot", implies=["cold"]), "finding hot: unknown finding 'cold'"),
    (put("finding", "temperature", unsure_means="cold"), "temperature: unknown finding 'cold'"),
    (drop("finding", "temperature", "unsure_means"), "'unsure_means' is missing"),
    (drop("finding", "vomited", "unsure_as"), "finding vomited: 'unsure_as' is missing"),
    (put("finding", "vomited", unsure_as=True), "'unsure_as' must be a whole number, not True"),
    (put("finding", "vomited", bands=[2, 1]), "'bands' must be whole numbers from 1, rising"),
    (put("finding", "vomited", bands=[0, 1]), "'bands' must be whole numbers from 1, rising"),
    (put("finding", "vomited", bands=["1"]), "'bands' must be whole numbers from 1, rising"),
    (put("sign", "fever", menu="attic"), "sign fever: unknown menu 'attic'"),
    (put("sign", "fever", findings=["hott"]), "sign fever: unknown finding 'hott'"),
    (put("sign", "fever", findings=["hot", "hot"]), "sign fever: 'findings' names one twice"),
    (put("context", "writer", id="hot"), "context hot: a finding has this id"),
    (put("context", "infusion", asked="often"), "context infusion: unknown asked 'often'"),
    (drop("context", "contacts_24h", "unsure_as"), "'unsure_as' is missing"),
    (put("sweep", "now", opens="attic"), "sweep now: unknown sign 'attic'"),
    (put("sweep", "now", screen="1"), "sweep now: 'screen' must be a whole number"),
    (put("advice", "ready", everything=1), "advice ready: 'everything' must be true or false"),
    (put("criterion", "hot", urgency="soon"), "criterion hot: unknown urgency 'soon'"),
    (put("criterion", "hot", when="hot"), "criterion hot: 'when' must be a table, not 'hot'"),
    (
        put("criterion", "fever", when={"finding": "temprature"}),
        "criterion fever: unknown finding 'temprature'; did you mean 'temperature'?",
    ),
    (put("criterion", "grey", recheck="soon"), "'recheck' must be a length of time such as"),
]


@pytest.mark.parametrize(("change", "why"), REFUSED, ids=[why for _, why in REFUSED])
def test_a_slip_is_refused_with_its_place_and_reason(change: Change, why: str) -> None:
    """A protocol with a slip of the pen is not read, and the refusal says where it is."""
    whole = content()
    change(whole)
    with pytest.raises(ProtocolError) as refusal:
        from_dict(whole)
    assert why in str(refusal.value)
