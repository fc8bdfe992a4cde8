"""A family is never told of a call that cannot come."""

from __future__ import annotations

from dataclasses import replace

from flows.event import PageProgressed
from tests.flows.desk_driver import FAMILY, Clinic, I, blank_scene, texts_of


def without_number() -> Clinic:
    """A paged family of whom no phone number is known."""
    scene = blank_scene()
    carers = tuple(replace(carer, phone="") for carer in scene.carers)
    house = Clinic(scene=replace(scene, person=carers[0], carers=carers))
    house.answers("jaundice").raises(I)
    return house


def test_who_has_no_number_to_call_asks_for_it_instead() -> None:
    """Nobody waits for a call that cannot come: the family gets the button for its number, and
    the coordinator hears why."""
    house = without_number()
    turn = house.acts("Dana", "calling")
    told = texts_of(turn)
    assert "page.calling" not in told
    assert {"page.ask_number", "desk.no_number"} <= told
    assert [said.ask_contact for said in turn.says if said.to == FAMILY and said.ask_contact]
    done = [event.what for event in turn.events if isinstance(event, PageProgressed)]
    assert "calling" not in done
