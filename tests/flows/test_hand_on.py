"""Handing a page on: the giver has it until the other takes it."""

from __future__ import annotations

from dataclasses import replace

from flows.event import PageHandedOn
from flows.page import PageState
from tests.flows.desk_driver import (
    BEN,
    FAMILY,
    Clinic,
    taken,
    texts,
    texts_of,
    tokens,
)


def offered() -> Clinic:
    """Dana has it and has offered it to Ben."""
    house = taken()
    house.taps("Dana", "hand_on:1")
    house.taps("Dana", "hand_on:1:12")
    return house


def test_giver_keeps_it_until_it_is_taken() -> None:
    """Ben's telephone rings with a card to take over; Dana has it meanwhile."""
    house = offered()
    card = next(said for said in house.take_sent() if said.to == BEN and not said.edit)
    assert tokens(card) == ["accept:1"]
    assert "card.offered" in texts(card)
    assert house.page.holder == 11


def test_taking_over_tells_the_family_the_new_name() -> None:
    """The other has it, the giver is told, and the limit begins anew."""
    house = offered()
    house.forward(minutes=4)
    turn = house.taps("Ben", "accept:1")
    assert PageHandedOn(1, 11, 12, accepted=True) in turn.events
    assert house.page.holder_name == "Ben"
    (said,) = [said for said in turn.says if said.to == FAMILY]
    assert texts(said)["page.handed_on"]["name"] == "Ben"  # type: ignore[index]
    assert "way.list" in texts(said)
    assert "desk.given" in texts_of(turn)
    house.take_sent()
    house.forward(minutes=14)
    assert house.take_sent() == []


def test_acknowledging_takes_over_what_was_offered() -> None:
    """Ben taps Acknowledge on an older copy: that is what he means."""
    house = offered()
    house.acts("Ben", "acknowledge")
    assert house.page.holder_name == "Ben"


def test_offer_that_nobody_takes_lapses() -> None:
    """After five minutes the page is triggered again, also if the giver went on calling."""
    house = offered()
    house.forward(minutes=3)
    house.acts("Dana", "calling")
    house.take_sent()
    house.forward(minutes=2)
    assert house.page.state is PageState.triggered
    assert "page.taken_back" in house.heard()
    house.acts("Ben", "accept")
    assert house.page.holder_name == "Ben"


def test_another_offer_replaces_the_first() -> None:
    """Only the one it was offered to last may take it."""
    house = offered()
    house.acts("Dana", "hand_on", "13")
    assert "desk.taken" in texts_of(house.acts("Ben", "accept"))
    house.acts("Sam", "accept")
    assert house.page.holder_name == "Sam"


def test_giver_who_left_hears_nothing() -> None:
    """A giver taken off the list is told nothing; the page alerts again."""
    house = offered()
    members = {id: m for id, m in house.scene.team.members.items() if id != 11}
    house.scene = replace(house.scene, team=replace(house.scene.team, members=members))
    turn = house.acts("Ben", "accept")
    assert house.page.holder_name == "Ben"
    assert "desk.given" not in texts_of(turn)


def test_nobody_else_to_hand_on_to() -> None:
    """Others who cannot be reached are not offered; alone, the coordinator hears so."""
    house = taken()
    house.acts("Ben", "blocked", page=None)
    assert tokens(house.acts("Dana", "hand_on").says[0]) == ["hand_on:1:13"]
    house.acts("Sam", "blocked", page=None)
    assert texts_of(house.acts("Dana", "hand_on")) == {"desk.nobody_else"}
    house.acts("Sam", "open")
    assert tokens(house.acts("Dana", "hand_on").says[0]) == ["hand_on:1:13"]
