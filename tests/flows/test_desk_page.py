"""What coordinators do with a page, and what the family hears of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flows.event import PageAcknowledged, PageProgressed, PageResolved
from flows.page import PageState, Resolution
from tests.flows.desk_driver import (
    BEN,
    DANA,
    FAMILY,
    FATHER,
    GROUP,
    SAM,
    Clinic,
    blank_scene,
    paged,
    taken,
    texts,
    texts_of,
    tokens,
)

# --- acknowledging --------------------------------------------------------------------------------


def test_first_has_it_and_the_family_hears_the_name() -> None:
    """Every carer hears who has it, never without the numbers and "do not wait"."""
    house = paged()
    turn = house.taps("Dana", "acknowledge:1")
    assert PageAcknowledged(1, 11, "Dana") in turn.events
    for carer in (FAMILY, FATHER):
        (said,) = [said for said in turn.says if said.to == carer]
        assert texts(said)["page.acknowledged"]["name"] == "Dana"  # type: ignore[index]
        assert "way.list" in texts(said)
    assert "desk.yours" in texts_of(turn)
    assert set(house.timers) == {"progress:page:1"}


def test_copies_show_who_has_it() -> None:
    """After an acknowledgement the other copies lose their buttons; hers and the group's stay."""
    house = paged()
    house.forward(minutes=2)
    house.take_sent()
    house.acts("Dana", "acknowledge")
    edits = {said.to: said for said in house.take_sent() if said.edit}
    assert set(edits) == {DANA, GROUP, BEN}
    assert edits[BEN].choices == ()
    assert set(texts(edits[BEN])) == {"card.line", "card.held"}
    assert "acknowledge:1" not in tokens(edits[DANA])
    assert tokens(edits[DANA]) == tokens(edits[GROUP])


def test_taking_it_in_the_group_brings_a_card_of_the_own() -> None:
    """Who was not alerted yet gets the card in private, to work with."""
    house = paged()
    turn = house.taps("Sam", "acknowledge:1", chat=GROUP)
    cards = [said for said in turn.says if said.slot == "page:1" and not said.edit]
    assert [said.to for said in cards] == [SAM]


def test_second_tapper_is_told_who_has_it() -> None:
    """Two at once: one has it, the other hears whose it is, and nothing else happens."""
    house = paged()
    house.acts("Dana", "acknowledge")
    before = house.page
    for verb in ("acknowledge", "calling", "ask_number", "reply", "hand_on", "resolve"):
        turn = house.acts("Ben", verb)
        assert texts_of(turn) == {"desk.taken", "card.line", "card.held"}
        assert turn.says[0].to == BEN
    assert house.page == before


def test_second_tap_of_the_same_hand() -> None:
    """Tapping twice is answered, and tells the family nothing again."""
    turn = taken().acts("Dana", "acknowledge")
    assert texts_of(turn) == {"desk.yours_already"}


@pytest.mark.parametrize("verb", ["calling", "ask_number", "reply", "hand_on", "resolve"])
def test_working_on_a_free_page_takes_it(verb: str) -> None:
    """Whoever calls or replies has the page: one tap fewer at night."""
    house = paged()
    turn = house.acts("Ben", verb)
    assert house.page.holder == 12
    assert "page.acknowledged" in texts_of(turn)


@pytest.mark.parametrize("page", [None, 77])
def test_stale_page_is_answered(page: int | None) -> None:
    """A button of a case that is not there is answered, and does nothing."""
    assert texts_of(taken().acts("Dana", "resolve", page=page)) == {"desk.no_page"}


def test_button_of_a_resolved_page_is_answered() -> None:
    """An old card's button says how it ended; also once the store has put the page away."""
    house = taken()
    house.acts("Dana", "resolve", "advised")
    assert {"desk.closed", "card.outcome_advised"} <= texts_of(house.acts("Ben", "calling"))
    done = house.page
    house.scene = replace(house.scene, page=None, resolved=(done,))
    assert "desk.closed" in texts_of(house.acts("Ben", "calling", page=done.id))


def test_holder_who_left_does_not_block_others() -> None:
    """The holder is off the list: the next who taps has it."""
    house = taken()
    members = {id: m for id, m in house.scene.team.members.items() if id != 11}
    house.scene = replace(house.scene, team=replace(house.scene.team, members=members))
    house.acts("Ben", "acknowledge")
    assert house.page.holder_name == "Ben"


# --- working --------------------------------------------------------------------------------------


def test_calling_is_progress_and_shows_the_number() -> None:
    """The family hears that a call comes; the limit begins anew."""
    house = taken()
    house.forward(minutes=14)
    turn = house.acts("Dana", "calling")
    assert PageProgressed(1, 11, "calling") in turn.events
    assert {"page.calling", "desk.call"} <= texts_of(turn)
    assert texts(turn.says[-1])["card.phone"]["phone"] == "+972501234567"  # type: ignore[index]
    house.take_sent()
    house.forward(minutes=14)
    assert house.take_sent() == []
    house.forward(minutes=1)
    assert house.page.state is PageState.triggered


def no_phone() -> Clinic:
    """A taken page of a family whose number nobody knows."""
    scene = blank_scene()
    carers = tuple(replace(carer, phone="") for carer in scene.carers)
    house = paged(scene=replace(scene, carers=carers))
    house.acts("Dana", "acknowledge")
    return house


def test_number_is_asked_for_where_none_is_known() -> None:
    """The family gets a button that hands it over; asking is no progress."""
    house = no_phone()
    house.forward(minutes=10)
    house.take_sent()
    turn = house.taps("Dana", "ask_number:1")
    asked = [said for said in turn.says if said.to in (FAMILY, FATHER)]
    assert [said.ask_contact.id for said in asked if said.ask_contact] == ["page.send_number"] * 2
    assert "desk.no_number" in texts_of(house.acts("Dana", "calling"))
    other = no_phone()
    other.forward(minutes=14)
    other.acts("Dana", "ask_number")
    other.forward(minutes=1)
    assert other.page.state is PageState.triggered


def test_ready_sentence_reaches_every_carer() -> None:
    """A sentence is sent as a text id, so that each carer reads it in the own language."""
    house = taken()
    menu = house.taps("Dana", "reply:1")
    assert menu.says[0].to == DANA
    turn = house.taps("Dana", "reply:1:come_now")
    said = [said for said in turn.says if said.to in (FAMILY, FATHER)]
    assert [texts(one).keys() for one in said] == [
        {"page.reply_canned", "page.canned_come_now"}
    ] * 2
    assert all(one.language == "" for one in said)
    assert "desk.replied" in texts_of(turn)


def test_own_words_are_marked_as_such() -> None:
    """After Reply, typed words go to the family, marked as the coordinator's own; and once."""
    house = taken()
    house.acts("Dana", "reply")
    assert house.scene.team.members[11].expecting == "reply:1"
    house.forward(minutes=10)
    house.take_sent()
    turn = house.acts("Dana", "text", "On my way. Open the door.")
    said = next(said for said in turn.says if said.to == FAMILY)
    assert texts(said)["page.reply_own"] == {"name": "Dana", "words": "On my way. Open the door."}
    assert house.scene.team.members[11].expecting == ""
    assert texts_of(house.acts("Dana", "text", "thanks")) == {"desk.help"}
    house.forward(minutes=14)
    assert house.page.state is PageState.acknowledged


def test_words_in_the_group_never_go_to_a_family() -> None:
    """What colleagues say among themselves is answered with help."""
    house = taken()
    house.acts("Dana", "reply")
    turn = house.acts("Dana", "text", "looks septic to me", chat=GROUP)
    assert texts_of(turn) == {"desk.help"}


def test_another_button_ends_the_reply() -> None:
    """Words typed after another button are not for the family."""
    house = taken()
    house.acts("Dana", "reply")
    house.acts("Dana", "open")
    assert texts_of(house.acts("Dana", "text", "hello")) == {"desk.help"}


def test_too_long_words_are_given_back() -> None:
    """What would not fit one message is not cut: the coordinator says it in two parts."""
    house = taken()
    house.acts("Dana", "reply")
    turn = house.acts("Dana", "text", "x" * 3001)
    assert texts_of(turn) == {"desk.too_long"}
    assert house.scene.team.members[11].expecting == "reply:1"


def test_reply_to_a_page_that_is_over_goes_nowhere() -> None:
    """Resolved meanwhile: nothing is sent, and the coordinator hears so."""
    house = taken()
    house.acts("Dana", "reply")
    waiting = house.scene.team.members
    house.acts("Dana", "resolve", "reached")
    house.scene = replace(house.scene, team=replace(house.scene.team, members=waiting))
    house.take_sent()
    turn = house.acts("Dana", "text", "On my way")
    assert "desk.closed" in texts_of(turn)
    assert FAMILY not in [said.to for said in turn.says]


def test_reply_to_a_page_that_another_has_now_goes_nowhere() -> None:
    """Words of somebody who lost the page meanwhile are not sent."""
    house = taken()
    house.acts("Dana", "reply")
    house.forward(minutes=15)
    house.acts("Ben", "acknowledge")
    turn = house.acts("Dana", "text", "On my way")
    assert texts_of(turn) == {"desk.taken", "card.line", "card.held"}


# --- resolving ------------------------------------------------------------------------------------


@pytest.mark.parametrize("outcome", [o for o in Resolution if o is not Resolution.done])
def test_resolving_ends_all(outcome: Resolution) -> None:
    """No timer is left, the copies say how it ended, and the family hears what to do next."""
    house = taken()
    house.taps("Dana", "resolve:1")
    turn = house.taps("Dana", f"resolve:1:{outcome}")
    assert PageResolved(1, 11, outcome) in turn.events
    assert house.timers == {}
    assert (house.page.state, house.page.resolution) == (PageState.resolved, outcome)
    (said,) = [said for said in turn.says if said.to == FAMILY]
    assert {"page.resolved", "way.list"} <= set(texts(said))
    edits = [said for said in turn.says if said.slot == "page:1"]
    assert edits
    assert all(said.edit and not said.choices for said in edits)
    house.take_sent()
    house.forward(hours=24)
    assert house.take_sent() == []


def test_made_up_outcome_is_asked_again() -> None:
    """An outcome that no button carries ends nothing."""
    house = taken()
    assert "desk.resolve_how" in texts_of(house.acts("Dana", "resolve", "cured"))
    assert "desk.resolve_how" in texts_of(house.acts("Dana", "resolve", "done"))
    assert house.page.open


def test_fault_has_no_family_to_turn_to() -> None:
    """A forged reply to a fault's page is answered with help."""
    house = Clinic()
    house.faults("KeyError in render")
    house.acts("Dana", "acknowledge")
    assert texts_of(house.acts("Dana", "reply")) == {"desk.help"}
