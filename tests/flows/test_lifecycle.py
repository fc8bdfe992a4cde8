"""The machine of the conversation: its states, and the state that the records derive."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flows.event import Moved
from flows.lifecycle import (
    ERASED,
    FIRST_CONTACT,
    REALIGNED,
    agree,
    derive,
    machine,
    move,
    sign_state,
    states,
)
from flows.turn import Turn
from tests.flows.family import NIGHT, Family, blank_scene, shipped
from tests.flows.test_conversation import STATES, at, in_state


def test_there_is_a_state_for_each_sign() -> None:
    """And for first contact, set-up, home, the guess, the course, the sweep, the outcome."""
    names = set(states(shipped().protocol))
    assert names >= {sign_state(id) for id in shipped().protocol.signs}
    assert names >= {"first_contact", "setup", "home", "proposal", "context", "sweep", "outcome"}


def test_any_state_but_first_contact_can_be_reached_from_any() -> None:
    """A danger word interrupts all of them; nobody is met for the first time twice."""
    events = machine(shipped().protocol).events
    for name in states(shipped().protocol):
        assert (f"to_{name}" in events) is (name != FIRST_CONTACT)


@pytest.mark.parametrize("state", STATES)
def test_the_stored_state_is_the_derived_one(state: str) -> None:
    """After every turn, wherever it led."""
    family = in_state(state)
    assert family.state == derive(family.house, family.scene, family.now)


def test_each_move_is_journalled() -> None:
    """Source, trigger and target stand in the turn's events; a turn that stays moves nothing."""
    family = at("urine")
    moves = [e for turn in family.turns for e in turn.events if isinstance(e, Moved)]
    assert moves[-1] == Moved("home", "to_sign_urine", "sign_urine")
    family.taps("t:painful_urine_or_red_skin")
    family.taps("t:no_urine_8h")
    assert not [e for e in family.turns[-1].events if isinstance(e, Moved)]


def test_on_load_the_records_win() -> None:
    """A stored state that disagrees, as after an edit of content, is put right and journalled."""
    family = at("urine")
    wrong = replace(family.scene.conversation, state="sign_gone")
    turn = agree(Turn(replace(family.scene, conversation=wrong)), family.house, family.now)
    assert turn.scene.conversation.state == "sign_urine"
    assert turn.events == (Moved("sign_gone", REALIGNED, "sign_urine"),)
    assert agree(turn, family.house, family.now) == turn


def test_a_state_that_is_gone_can_be_left() -> None:
    """The machine moves on from a state that no longer exists."""
    family = at("urine")
    wrong = replace(family.scene.conversation, state="sign_gone")
    turn = move(Turn(replace(family.scene, conversation=wrong)), family.house, family.now)
    assert turn.scene.conversation.state == "sign_urine"


def test_nobody_met_yet_is_at_first_contact() -> None:
    """Before the first message, and after an erasure."""
    assert derive(shipped(), blank_scene(), NIGHT) == FIRST_CONTACT
    erased = replace(blank_scene().conversation, state=ERASED)
    assert derive(shipped(), replace(blank_scene(), conversation=erased), NIGHT) == ERASED


def test_a_finding_asked_by_itself_belongs_to_its_sign() -> None:
    """One by one the state is that of the sign."""
    family = at("change")
    family.taps("each")
    assert family.state == "sign_change"


def test_who_was_erased_can_come_back() -> None:
    """An erased conversation that is written to again leads on."""
    family = Family()
    family.says("/start")
    family.says("/erase")
    family.taps("erase_yes")
    assert family.state == ERASED
    assert family.turns[-1].erase
    family.taps_old("0.now")
    assert family.state == "home"
