"""The page's states: what each allows, how it is drawn, and which of its timers still matter."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from transitions import Machine, MachineError

from flows import page_timer
from flows.diagram import diagram
from flows.origin import blank
from flows.page import Page, PageState, Reason
from flows.page_machine import moved, page_machine
from flows.urgency import Urgency
from tests.flows.desk_driver import HOUSE, NIGHT


def page(**parts: object) -> Page:
    """A page that was just triggered."""
    fresh = blank(HOUSE, 12, Urgency.emergency, Reason.findings, NIGHT)
    return replace(fresh, **parts)  # type: ignore[arg-type]


def test_life_of_a_page() -> None:
    """Triggered, acknowledged, handed on, back to triggered, acknowledged again, resolved."""
    triggers = (
        ("trigger", PageState.triggered),
        ("rise", PageState.triggered),
        ("acknowledge", PageState.acknowledged),
        ("rise", PageState.acknowledged),
        ("hand_on_offered", PageState.acknowledged),
        ("hand_on_accepted", PageState.acknowledged),
        ("hand_on_expired", PageState.triggered),
        ("acknowledge", PageState.acknowledged),
        ("no_progress", PageState.triggered),
        ("acknowledge", PageState.acknowledged),
        ("resolve", PageState.resolved),
    )
    case = page()
    for trigger, state in triggers:
        case = moved(case, trigger)
        assert case.state is state


@pytest.mark.parametrize("trigger", sorted(page_machine().events))
def test_what_is_resolved_stays_resolved(trigger: str) -> None:
    """Nothing moves a page that is over."""
    with pytest.raises(MachineError):
        moved(page(state=PageState.resolved), trigger)


def test_nobody_resolves_what_nobody_has() -> None:
    """A page is resolved by who acknowledged it, never straight from triggered."""
    with pytest.raises(MachineError):
        moved(page(), "resolve")


def test_machine_keeps_no_page() -> None:
    """The shared machine remembers none of the cursors that went through it."""
    moved(page(), "acknowledge")
    assert page_machine().models == []


def test_diagram_names_every_way() -> None:
    """The drawing holds each state and each trigger; arrows between the same states are one."""
    drawn = diagram(page_machine())
    assert drawn.splitlines()[:4] == [
        "stateDiagram-v2",
        "    [*] --> triggered",
        "    triggered --> triggered: trigger, rise",
        "    triggered --> acknowledged: acknowledge",
    ]
    assert drawn.splitlines()[-1] == "    resolved --> [*]"
    assert all(trigger in drawn for trigger in page_machine().events)


def test_diagram_draws_what_stays_inside() -> None:
    """A transition without a destination is an arrow back to its own state."""
    machine = Machine(model=None, states=["a"], initial="a", auto_transitions=False)
    machine.add_transition("look", "a", None)
    assert "    a --> a: look\n" in diagram(machine)


def test_code_is_all_that_leaves() -> None:
    """The public name is a number with at least four digits."""
    assert page().code == "V-0012"
    assert page(id=12345).code == "V-12345"


@pytest.mark.parametrize(
    ("kind", "parts", "later"),
    [
        ("step", {}, {"step": 1}),
        ("step", {}, {"round": 1}),
        ("step", {}, {"queued": True}),
        ("step", {}, {"state": PageState.acknowledged}),
        ("queue", {"queued": True}, {"queued": False}),
        ("queue", {"queued": True}, {"raises": 1}),
        ("unanswered", {}, {"raises": 1}),
        ("unanswered", {}, {"told_unanswered_at": NIGHT}),
        ("unanswered", {}, {"state": PageState.acknowledged}),
        ("progress", {"state": PageState.acknowledged}, {"progresses": 1}),
        ("progress", {"state": PageState.acknowledged}, {"state": PageState.triggered}),
        ("everyone", {"state": PageState.acknowledged}, {"progresses": 1}),
        ("everyone", {"state": PageState.acknowledged}, {"raises": 1}),
        ("hand_on", {"state": PageState.acknowledged, "offered_to": 12}, {"offered_to": 13}),
        ("hand_on", {"state": PageState.acknowledged, "offered_to": 12}, {"offered_to": None}),
        ("drill", {}, {"state": PageState.resolved}),
    ],
)
def test_stale_timer_is_recognised(
    kind: str, parts: dict[str, object], later: dict[str, object]
) -> None:
    """A timer matters while what it was set for still stands, and never after."""
    before = page(**parts)
    timer = page_timer.timer(before, kind, NIGHT + timedelta(minutes=1))
    assert page_timer.current(before, timer)
    assert not page_timer.current(replace(before, **later), timer)  # type: ignore[arg-type]


def test_foreign_timer_never_matters() -> None:
    """A kind that no page knows is not current."""
    timer = replace(page_timer.timer(page(), "step", NIGHT), kind="page_else")
    assert not page_timer.current(page(), timer)
