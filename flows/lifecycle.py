"""The conversation's lifecycle as a state machine, and the state that the records derive."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from transitions import Machine

from flows.assessment import next_step, open_signs
from flows.event import Moved
from flows.house import House
from flows.protocol import Protocol
from flows.scene import Scene
from flows.turn import Turn

FIRST_CONTACT = "first_contact"
SETUP = "setup"
HOME = "home"
PROPOSAL = "proposal"
CONTEXT = "context"
SWEEP = "sweep"
OUTCOME = "outcome"
ERASED = "erased"
_ASIDE = (FIRST_CONTACT, SETUP, HOME, PROPOSAL, CONTEXT, SWEEP, OUTCOME)
REALIGNED = "realign"
"""The trigger journalled when stored and derived state disagree, as after an edit of content."""


@dataclass
class Cursor:
    """A throw-away model of the machine: a frozen record cannot be one."""

    state: str


def sign_state(sign: str) -> str:
    """The state in which a sign's screen is open."""
    return f"sign_{sign}"


def states(protocol: Protocol) -> tuple[str, ...]:
    """Every state, a state for each sign among them."""
    return (*_ASIDE, *(sign_state(id) for id in protocol.signs), ERASED)


@lru_cache(maxsize=4)
def _machine(names: tuple[str, ...]) -> Machine:
    living = [name for name in names if name != ERASED]
    table: list[dict[str, object]] = [
        # Any state but erased may be left for any other: a danger word interrupts all of them.
        {"trigger": f"to_{name}", "source": living, "dest": name}
        for name in living
        if name != FIRST_CONTACT
    ]
    table.append({"trigger": f"to_{ERASED}", "source": living, "dest": ERASED})
    table += [
        {"trigger": f"to_{name}", "source": ERASED, "dest": name}
        for name in living
        if name != FIRST_CONTACT
    ]
    return Machine(
        model=None,
        states=list(names),
        transitions=table,
        initial=FIRST_CONTACT,
        auto_transitions=False,
        send_event=False,
    )


def machine(protocol: Protocol) -> Machine:
    """The one machine, shared by all conversations."""
    return _machine(states(protocol))


def derive(house: House, scene: Scene, now: datetime) -> str:
    """The state that the records and the conversation's place give."""
    conversation = scene.conversation
    if conversation.started_at is None and scene.assessment is None:
        return conversation.state if conversation.state == ERASED else FIRST_CONTACT
    if conversation.aside:
        return conversation.aside
    step = next_step(house, scene, now)
    if step is None:
        return HOME
    return sign_state(_sign_of(house, scene, step.about)) if step.state in _SIGNS else step.state


_SIGNS = ("sign", "each")


def _sign_of(house: House, scene: Scene, about: str) -> str:
    assert scene.assessment is not None
    return (
        about if about in house.protocol.signs else open_signs(house.protocol, scene.assessment)[-1]
    )


def move(turn: Turn, house: House, now: datetime) -> Turn:
    """Fire the transition from the stored state to the derived one."""
    source = turn.scene.conversation.state
    target = derive(house, turn.scene, now)
    if source == target:
        return turn
    cursor = Cursor(source if source in states(house.protocol) else FIRST_CONTACT)
    machine(house.protocol).events[f"to_{target}"].trigger(cursor)
    conversation = replace(turn.scene.conversation, state=cursor.state)
    moved = Moved(source, f"to_{target}", cursor.state)
    return turn.become(conversation=conversation).happened(moved)


def agree(turn: Turn, house: House, now: datetime) -> Turn:
    """Hold the stored state against the derived one; a disagreement is journalled, and the
    records win."""
    stored = turn.scene.conversation.state
    derived = derive(house, turn.scene, now)
    if stored == derived:
        return turn
    conversation = replace(turn.scene.conversation, state=derived)
    return turn.become(conversation=conversation).happened(Moved(stored, REALIGNED, derived))
