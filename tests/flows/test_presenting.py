"""The screen that stands where the conversation does, and the way of the states to it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from transitions import MachineError

from flows import lifecycle
from flows.event import Moved
from flows.lifecycle import ERASED, FIRST_CONTACT, Cursor, derive, machine, states
from flows.presenting import present
from flows.scene import Scene
from flows.turn import Turn
from tests.flows.family import NIGHT, Family, blank_scene, shipped

HOUSE = shipped()
STATES = states(HOUSE.protocol)


def standing(state: str, scene: Scene | None = None, **parts: object) -> Scene:
    """A scene whose conversation is stored so."""
    scene = scene or blank_scene()
    conversation = replace(scene.conversation, state=state, **parts)  # type: ignore[arg-type]
    return replace(scene, conversation=conversation)


def body(family: Family) -> str:
    """The first text of the present screen; empty at an outcome."""
    shown = present(Turn(family.scene), HOUSE, family.now)
    return shown.body[0].id if shown else ""


def test_the_screen_is_that_of_the_place() -> None:
    """The set-up's question, home, the open sign, and nothing at an outcome."""
    family = Family()
    family.says("/start")
    shown = [body(family)]
    family.says("/setup")
    shown.append(body(family))
    family.taps("later")
    family.taps("open:sweep")
    shown.append(body(family))
    for token in ("swept", "swept", "x:very_worried:no"):
        family.taps(token)
    shown.append(body(family))
    family.taps("home")
    shown.append(body(family))
    assert shown == ["home.title", "setup.notice", "sweep.now", "", "home.title"]


def test_a_screen_changed_in_place_keeps_its_serial() -> None:
    """A tick edits the list that stands there; the next screen is a new one."""
    family = Family()
    family.says("/start")
    family.taps("now")
    family.taps("more")
    family.taps("open:mouth")
    before = family.scene.conversation.screen.serial
    family.taps("t:mouth_mild")
    assert (family.said[0].edit, family.scene.conversation.screen.serial) == (True, before)
    family.taps("next")
    assert (family.said[0].edit, family.scene.conversation.screen.serial) == (False, before + 1)


@given(st.sampled_from(STATES), st.sampled_from(STATES))
def test_danger_may_interrupt_any_state(source: str, target: str) -> None:
    """Every state leads to every other; none leads back to the first contact."""
    cursor = Cursor(source)
    reach = target != FIRST_CONTACT and not (source == target == ERASED)
    if reach:
        machine(HOUSE.protocol).events[f"to_{target}"].trigger(cursor)
    else:
        events = machine(HOUSE.protocol).events
        if f"to_{target}" in events:
            with pytest.raises(MachineError):
                events[f"to_{target}"].trigger(cursor)
    assert cursor.state == (target if reach else source)


def test_one_machine_serves_all() -> None:
    """The machine is built once for the states of a protocol."""
    assert machine(HOUSE.protocol) is machine(HOUSE.protocol)


def walk() -> list[tuple[str, str]]:
    """A family's way through every kind of state: what was done, and the state after it."""
    family = Family()
    seen = [("nothing", family.state)]
    for done in (
        "/start",
        "lang:en",
        "later",
        "open:liver",
        "each",
        "home",
        "/back",
        "e:jaundice:no",
    ):
        family.says(done) if done.startswith("/") else family.taps(done)
        seen.append((done, family.state))
        assert family.state == derive(HOUSE, family.scene, family.now)
    return seen


def test_the_state_follows_what_the_family_does() -> None:
    """Asking findings one by one is still the sign's state; home stands beside it."""
    assert walk() == [
        ("nothing", "first_contact"),
        ("/start", "home"),
        ("lang:en", "setup"),
        ("later", "home"),
        ("open:liver", "sign_liver"),
        ("each", "sign_liver"),
        ("home", "home"),
        ("/back", "sign_liver"),
        ("e:jaundice:no", "sign_liver"),
    ]


def test_each_kind_of_step_has_its_state() -> None:
    """A guess, the sweep, a question and the outcome."""
    family = Family()
    family.says("/start")
    family.says("there is a bit of jaundice I think")
    reached = [family.state]
    family.taps("p:no")
    reached.append(family.state)
    for token in ("swept", "swept", "x:very_worried:no"):
        family.taps(token)
        reached.append(family.state)
    assert reached == ["proposal", "sweep", "sweep", "context", "outcome"]


def test_started_without_an_assessment_is_home() -> None:
    """After the first message, with nothing open, the conversation is at home."""
    assert derive(HOUSE, standing("sweep", started_at=NIGHT), NIGHT) == "home"


def test_moving_is_journalled_and_standing_still_is_not() -> None:
    """The transition from the stored state to the derived one is an event, once."""
    turn = Turn(standing("setup", started_at=NIGHT))
    moved = lifecycle.move(turn, HOUSE, NIGHT)
    assert moved.events == (Moved("setup", "to_home", "home"),)
    assert lifecycle.move(moved, HOUSE, NIGHT) == moved
