"""Reading a message as a whole: its number, its names, and what may not wait."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.message import Marks
from flows.understanding import Understood, understand
from flows.understanding.choice import read_choices
from flows.understanding.letter import fold
from tests.flows.family import shipped

HOUSE = shipped()
ANY = st.text(st.characters(), max_size=80) | st.text("38.,٫٣ F½²\x00\ud800/:+-", max_size=40)


def read(written: str) -> Understood:
    """Read with the words and the thermometer of the shipped content."""
    return understand(written, HOUSE.lexicon, HOUSE.protocol)


@pytest.mark.parametrize(
    ("written", "finding", "sign", "celsius"),
    [
        ("fever", "", "fever", ()),
        ("jaundice", "jaundice", "", ()),
        ("fever 38,5", "", "", ("38.5",)),
        ("חום 38.5", "", "", ("38.5",)),
        ("٣٨٫٥", "", "", ("38.5",)),
        ("good morning", "", "", ()),
    ],
)
def test_each_part_is_read_by_itself(
    written: str, finding: str, sign: str, celsius: tuple[str, ...]
) -> None:
    """A name, a number, or both, in whatever language the family writes."""
    heard = read(written)
    assert (heard.finding, heard.sign) == (finding, sign)
    assert heard.temperatures.celsius == tuple(map(Decimal, celsius))
    assert heard.dangerous is bool(finding or sign or celsius)


def test_every_name_means_what_it_is_listed_as() -> None:
    """Each phrase of every language is understood alone, in capitals, and with marks around."""
    for name, what in HOUSE.lexicon.names.items():
        kind, _, id = what.partition(":")
        for written in (name, name.upper(), f" {name}!? "):
            heard = read(written)
            got = {"finding": heard.finding, "sign": heard.sign, "command": heard.command}
            assert got == {"finding": "", "sign": "", "command": "", kind: id}, written


def test_every_finding_is_heard_within_a_sentence() -> None:
    """Within other words a finding is proposed, and may not wait; the one word of a button may
    mean much else there."""
    for name, what in HOUSE.lexicon.names.items():
        kind, _, id = what.partition(":")
        heard = read(f"well {name} zzz")
        named = kind == "finding" and " " in name
        assert not named or (id in heard.proposed and heard.dangerous), name


def test_every_name_leads_somewhere() -> None:
    """No phrase names a finding or a sign that the protocol lost."""
    known = {"finding": HOUSE.protocol.findings, "sign": HOUSE.protocol.signs}
    for name, what in HOUSE.lexicon.names.items():
        kind, _, id = what.partition(":")
        assert kind == "command" or id in known[kind], name
        assert name == fold(name), name


@given(ANY)
def test_no_message_raises(written: str) -> None:
    """Whatever is typed is read, the same each time, into ids of the protocol."""
    heard = read(written)
    assert heard == read(written)
    assert set(heard.proposed) <= set(HOUSE.protocol.findings)
    for marks in Marks:
        assert set(read_choices(written, marks, ("a", "b"))) <= {"a", "b"}


@pytest.mark.parametrize(
    "piece",
    ["1 ", " ", "01 (", "+1-", "38.", ",", "\ud800", "\x00", "a b ", "½", "٣", "1.1.", "7:5"],
)
def test_a_long_message_is_read(piece: str) -> None:
    """No pattern runs away on a long message of one kind."""
    written = piece * (10_000 // len(piece)) + "x"
    heard = read(written)
    assert (heard.finding, heard.command) == ("", "")
    assert all(not read_choices(written, marks, ("a", "b")) for marks in Marks)
