"""Putting a screen before a person: anew, or in the place of the one that stands there."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flows import setup
from flows.assessment import next_step
from flows.house import House
from flows.screen import SLOT, View, home, view
from flows.telling import say
from flows.turn import Turn

SETUP = "setup"
"""The place beside an assessment where the set-up goes on."""


def present(turn: Turn, house: House, now: datetime) -> View | None:
    """The screen of the place where the conversation stands; None at an outcome."""
    scene = turn.scene
    if scene.conversation.aside == SETUP:
        return setup.view(house, scene.conversation.setup_step)
    step = next_step(house, scene, now)
    if scene.conversation.aside or step is None:
        return home(house)
    return None if step.state == "outcome" else view(house, scene, step)


def put(turn: Turn, shown: View, *, edit: bool = False) -> Turn:
    """Owe a screen: in the place of the present one, under a new serial unless it is the same."""
    conversation = turn.scene.conversation
    serial = conversation.screen.serial + (0 if edit else 1)
    bound = shown.numbered(serial)
    screen = replace(conversation.screen, serial=serial)
    turn = turn.become(conversation=replace(conversation, screen=screen))
    return say(turn, *bound.body, choices=bound.rows, slot=SLOT, edit=edit)
