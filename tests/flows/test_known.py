"""Known to the team: the same findings go to on call once, and anything else to all."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from flows.event import StepAlerted
from flows.record import Answer, By
from flows.urgency import Urgency
from tests.flows.desk_driver import (
    BEN,
    DANA,
    DAY,
    FAMILY,
    HOUSE,
    NIGHT,
    Clinic,
    E,
    I,
    S,
    chilled,
    known_house,
    texts,
    whole_team,
)


def known(level: Urgency = I, now: datetime = NIGHT) -> Clinic:
    """A family whose chills were resolved as known an hour ago, in a new assessment."""
    house = chilled(house=known_house(), now=now)
    house.raises(level)
    house.acts("Dana", "resolve", "known_to_the_team")
    house.forward(hours=1)
    house.closes().answers("chills")
    house.take_sent()
    return house


def test_known_findings_go_to_on_call_once() -> None:
    """The same findings within 24 h: on call hears once, marked; after half an hour everyone."""
    house = known(now=DAY)
    turn = house.raises(I)
    assert house.rung() == [DANA]
    assert texts(turn.says[0])["card.same_as"] == {"at": DAY}
    house.forward(minutes=10)
    sent = house.take_sent()
    assert [p.id for s in sent if s.to == FAMILY for p in s.body] == ["page.unanswered"]
    assert [s for s in sent if s.slot] == []
    house.forward(minutes=20)
    assert house.rung() == [DANA]
    house.forward(minutes=4)
    assert house.rung() == [BEN]


def test_known_at_same_day_is_told_without_ringing() -> None:
    """At same day on call finds the card in the queue."""
    house = known(S)
    turn = house.raises(S)
    assert [(said.to, said.silent) for said in turn.says] == [(DANA, True)]


def test_new_finding_pages_what_was_known_in_full() -> None:
    """Something new beside what was known: everybody's page again."""
    house = known()
    house.raises(I)
    house.take_sent()
    house.raises(I)
    assert house.rung() == [], "the same findings once more are still known"
    house.answers("jaundice").raises(I)
    assert house.rung() == [DANA]
    assert not house.page.queued


def test_known_page_that_was_dropped_pages_in_full() -> None:
    """Taken and left: all steps of the level, not on call alone."""
    house = known()
    house.raises(I)
    house.acts("Dana", "acknowledge")
    house.take_sent()
    house.forward(minutes=19)
    assert {DANA, BEN} <= set(house.rung())


@pytest.mark.parametrize(
    "change", ["off", "later", "risen", "other", "more", "none", "nobody on call", "no assessment"]
)
def test_what_is_not_known_pages_in_full(change: str) -> None:
    """Unsigned, too old, risen, resolved otherwise, more findings, none: the whole policy."""
    house = known()
    level = E if change == "risen" else I
    if change == "off":
        house.house = HOUSE
    if change == "later":
        house.forward(hours=23)
    if change == "other":
        (page,) = (house.scene.page,)
        assert page is not None
        house.scene = replace(house.scene, page=replace(page, resolution=None))
    if change == "more":
        house.answers("temperature", by=By.typed, number="38.4")
    if change == "none":
        house.answers("chills", Answer.no)
    if change == "no assessment":
        house.scene = replace(house.scene, assessment=None)
    if change == "nobody on call":
        team = whole_team(on_call=())
        house.scene = replace(house.scene, team=team)
    turn = house.raises(level)
    assert not house.page.queued
    assert any(isinstance(event, StepAlerted) for event in turn.events)


def test_known_within_one_assessment() -> None:
    """Resolved as known, and raised again before the assessment closed: what stood then counts."""
    house = chilled(house=known_house())
    house.raises(I)
    house.forward(minutes=1)
    house.acts("Dana", "resolve", "known_to_the_team")
    house.forward(minutes=1)
    house.raises(I)
    assert house.page.known_as == NIGHT
    house.acts("Dana", "resolve", "known_to_the_team")
    house.forward(minutes=1)
    house.answers("jaundice").raises(I)
    assert house.page.known_as is None
