"""Screens: what each step shows, in which order, and which buttons stand below."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.message import Choice, Mark, Text, text
from flows.protocol import Finding, Kind
from flows.record import Answer, Answered, By
from flows.screen import ENDLESS, View, band, each, home, something_else, ticks_of
from tests.flows.family import NIGHT, Family, ids, shipped

PROTOCOL = shipped().protocol


def opened(sign: str) -> Family:
    """A family before the screen of a sign."""
    family = Family()
    family.says("/start")
    family.taps("now")
    if PROTOCOL.signs[sign].menu != "home":
        family.taps("more")
    family.taps(f"open:{sign}")
    return family


def swept() -> Family:
    """A family before the first screen of "check everything"."""
    family = Family()
    family.says("/start")
    family.taps("now")
    family.taps("open:sweep")
    return family


def mark(family: Family, token: str) -> Mark:
    """How a choice of the present screen stands."""
    return family.button(token).mark


# --- home ----------------------------------------------------------------------------------------


def test_home_begins_with_the_gravest() -> None:
    """The alarm, the seven in the order of conversation.md, the rest; each one tap away."""
    tokens = [choice.token for row in home(shipped()).rows for choice in row]
    assert tokens == [
        "t:danger_now",
        "open:breathing",
        "open:change",
        "open:bleeding",
        "open:fever",
        "open:faint",
        "open:urine",
        "open:liver",
        "open:skin",
        "more",
        "open:sweep",
        "questions",
    ]


def test_every_sign_stands_in_one_menu() -> None:
    """What is not at home stands under "something else", with a way home."""
    beside = [choice.token for row in something_else(shipped()).rows for choice in row]
    at_home = [choice.token for row in home(shipped()).rows for choice in row]
    for sign in PROTOCOL.signs:
        assert (f"open:{sign}" in beside) != (f"open:{sign}" in at_home), sign
    assert beside[-1] == "0.home"


def test_something_else_is_reached_and_left() -> None:
    """The second menu opens from home, and a sign from there."""
    assert opened("head").state == "sign_head"


def test_only_choices_of_a_screen_grow_stale() -> None:
    """Help, home and links are good for ever; a tick is bound to its screen."""
    label = text("choice.home")
    row = (Choice(label, "t:fit"), Choice(label, "0.home"), Choice(label, url="https://x"))
    assert [c.token for c in View((), (row,)).numbered(7).rows[0]] == ["7.t:fit", "0.home", ""]


# --- a sign --------------------------------------------------------------------------------------


@pytest.mark.parametrize("sign", PROTOCOL.signs)
def test_a_sign_shows_its_findings_in_the_contents_order(sign: str) -> None:
    """Every finding of the sign has its tick, its bands or its typed reading; each button is
    explained in the message."""
    family = opened(sign)
    shown = [c for row in family.said[-1].choices for c in row]
    found = [c.token.split(":")[1] for c in shown if ":" in c.token]
    yes_no = [f for f in PROTOCOL.signs[sign].findings if PROTOCOL.findings[f].kind is Kind.yes_no]
    assert [id for id in found if id in yes_no] == yes_no
    assert all(c.means for c in shown if c.token.split(".")[-1].startswith("t:"))
    assert f"sign.{sign}.means" in family.heard()


def test_unmarked_is_none_of_these_and_marked_is_next() -> None:
    """The button that leaves the screen says what it means."""
    family = opened("liver")
    assert family.button("next").label.id == "choice.none"
    family.taps("t:dark_urine")
    assert family.button("next").label.id == "choice.next"


def test_a_tick_goes_round() -> None:
    """First tap yes, second not sure, third clear; the button shows which."""
    family = opened("mouth")
    marks = []
    for _ in range(3):
        family.taps("t:mouth_mild")
        marks.append((mark(family, "t:mouth_mild"), family.answer("mouth_mild")))
    assert marks == [(Mark.yes, "yes"), (Mark.unsure, "unknown"), (Mark.none, "")]


def test_a_denied_finding_is_unmarked() -> None:
    """A no from before is no tick."""
    known = Answered(NIGHT, "bruising", Answer.no, By.tap)
    assert [c.mark for c in ticks_of(PROTOCOL.findings["bruising"], known)] == [Mark.none]


def test_a_reading_is_typed_and_shown() -> None:
    """The fever screen asks for a number, and shows the one that was read, without the way to
    say that there is none."""
    family = opened("fever")
    assert "screen.type_reading" in family.heard()
    assert "cool" in family.offered()
    family.says("38.4")
    assert "cool" not in family.offered()
    noted = next(part for part in family.said[-1].body if part.id == "screen.reading_noted")
    assert noted.values["reading"] == Text("reading.value", {"celsius": "38.4"})


def test_no_thermometer_is_marked_and_taken_back() -> None:
    """Not hot and no thermometer: marked once tapped, and clear when tapped again."""
    family = opened("fever")
    marks = []
    for _ in range(2):
        family.taps("cool")
        marks.append((mark(family, "cool"), family.answer("temperature")))
    assert marks == [(Mark.yes, "no"), (Mark.none, "")]


# --- counts --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bands", "expected"),
    [
        ((1, 2, 6), [(6, ENDLESS), (2, 5), (1, 1)]),
        ((7, 4, 1), [(7, ENDLESS), (4, 6), (1, 3)]),
        ((3,), [(3, ENDLESS)]),
    ],
)
def test_bands_run_from_the_worst(bands: tuple[int, ...], expected: list[tuple[int, int]]) -> None:
    """Each band reaches to the next one's lower end, the highest has no end."""
    finding = replace(PROTOCOL.findings["vomiting_24h"], bands=bands)
    assert [band(finding, place) for place in range(len(bands))] == expected


@given(st.sets(st.integers(1, 98), min_size=1), st.integers(1, 200))
def test_every_count_is_in_one_band(lows: set[int], number: int) -> None:
    """However the bands are cut, a count at or above the lowest is in exactly one."""
    finding = replace(PROTOCOL.findings["vomiting_24h"], bands=tuple(lows))
    spans = [band(finding, place) for place in range(len(lows))]
    assert sum(low <= number <= high for low, high in spans) == (number >= min(lows))


def test_the_texts_of_bands_name_their_ends() -> None:
    """One time, from-to, and or-more."""
    ticks = ticks_of(PROTOCOL.findings["vomiting_24h"], None)
    assert [tick.label.id for tick in ticks] == ["count.or_more", "count.from_to", "count.once"]
    assert [tick.label.values["low"] for tick in ticks] == ["6", "2", "1"]


def test_a_counted_number_marks_its_band() -> None:
    """A typed 4 marks "2 to 5" alone."""
    known = Answered(NIGHT, "vomiting_24h", Answer.yes, By.typed, Decimal(4))
    ticks = ticks_of(PROTOCOL.findings["vomiting_24h"], known)
    assert [tick.mark for tick in ticks] == [Mark.none, Mark.yes, Mark.none]


# --- one by one ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("id", "tokens"),
    [
        ("jaundice", ["e:jaundice:yes", "e:jaundice:no", "e:jaundice:unknown"]),
        ("temperature", ["cool", "e:temperature:unknown"]),
        (
            "vomiting_24h",
            [
                "c:vomiting_24h:6",
                "c:vomiting_24h:2",
                "c:vomiting_24h:1",
                "e:vomiting_24h:no",
                "e:vomiting_24h:unknown",
            ],
        ),
    ],
)
def test_each_finding_can_be_answered_by_itself(id: str, tokens: list[str]) -> None:
    """Yes, no or not sure; a reading is typed or denied; a count has its bands."""
    shown = each(PROTOCOL, id)
    assert [c.token for row in shown.rows for c in row] == [*tokens, "back", "0.home"]
    asked = {Kind.yes_no: "each.ask", Kind.count: "each.how_often"}
    assert shown.body[1].id == asked.get(PROTOCOL.findings[id].kind, "screen.type_reading")


def test_i_cannot_tell_asks_each_finding_worst_first() -> None:
    """One question after the other, until the sign is done."""
    family = opened("liver")
    family.taps("each")
    for id in PROTOCOL.signs["liver"].findings:
        assert f"finding.{id}.means" in family.heard()
        family.taps(f"e:{id}:no")
    assert family.state == "sweep"


# --- what was understood, and the course ---------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "ask", "part"),
    [
        ("there is a bit of jaundice I think", "proposal.ask", "finding.jaundice.label"),
        ("the room here has 38.4", "proposal.ask", "reading.value"),
        ("I think that he vomited 7 times since noon", "proposal.ask", "reading.count"),
    ],
)
def test_a_guess_is_put_back_as_it_was_understood(written: str, ask: str, part: str) -> None:
    """A finding by its name, a temperature by its value, a count with its number; the family's
    own words beside it."""
    family = Family()
    family.says("/start")
    family.says(written)
    assert {ask, part} <= family.heard()
    asked = next(p for said in family.said for p in said.body if p.id == ask)
    assert asked.values["words"] == written
    assert family.offered() == ["p:yes", "p:no", "p:unknown"]


def test_an_old_button_asks_whether_it_is_so_now() -> None:
    """A stale tap on a grave finding has no words: it is asked as "now?"."""
    family = opened("liver")
    old = family.button("t:jaundice").token
    family.taps("home")
    family.taps_old(old)
    assert "proposal.now" in family.heard()
    assert "proposal.ask" not in family.heard()


def test_a_question_about_the_course_has_three_answers() -> None:
    """A finding that depends on the course asks for it, with yes, no and not sure."""
    family = opened("faint")
    family.taps("t:light_headed")
    family.taps("called")
    assert family.state == "context"
    about = family.offered()[0].split(":")[1]
    assert f"context.{about}.question" in family.heard()
    assert family.offered() == [*(f"x:{about}:{a}" for a in ("yes", "no", "unknown")), "back"]


# --- the sweep -----------------------------------------------------------------------------------


def test_the_sweep_has_two_screens() -> None:
    """First what may be happening now, then the rest; each line says what can be seen."""
    family = swept()
    assert "sweep.now" in family.heard()
    family.taps("swept")
    assert "sweep.rest" in family.heard()
    lines = [line.id for line in PROTOCOL.sweep if line.screen == 2]
    assert family.offered()[: len(lines)] == [f"line:{id}" for id in lines]
    assert all(family.button(f"line:{id}").means for id in lines)


@pytest.mark.parametrize(("taps", "expected"), [(1, Mark.yes), (2, Mark.unsure), (3, Mark.none)])
def test_a_line_is_marked_as_its_findings_are(taps: int, expected: Mark) -> None:
    """A line stands as its surest finding does once its sign was left."""
    family = swept()
    family.taps("swept")
    family.taps("line:rest_mouth")
    for _ in range(taps):
        family.taps("t:mouth_mild")
    family.taps("next")
    assert mark(family, "line:rest_mouth") is expected
    label = family.button("swept").label.id
    assert label == ("choice.none" if expected is Mark.none else "choice.next")


def test_a_line_is_as_sure_as_its_surest_finding() -> None:
    """One finding yes and another not sure: the line is marked yes."""
    family = swept()
    family.taps("swept")
    family.taps("line:rest_mouth")
    for token in ("t:mouth_mild", "t:mouth_sore_eats", "t:mouth_sore_eats", "next"):
        family.taps(token)
    assert (family.answer("mouth_mild"), family.answer("mouth_sore_eats")) == ("yes", "unknown")
    assert mark(family, "line:rest_mouth") is Mark.yes


def test_every_button_is_named() -> None:
    """No choice of any screen is without words."""
    views = [home(shipped()), something_else(shipped()), *(each(PROTOCOL, f) for f in _some())]
    assert all(c.label.id for view in views for row in view.rows for c in row)
    assert "finding.danger_now.label" in ids(c.label for r in views[0].rows for c in r)


def _some() -> list[str]:
    """A finding of each kind."""
    kinds: dict[Kind, Finding] = {f.kind: f for f in PROTOCOL.findings.values()}
    return [finding.id for finding in kinds.values()]
