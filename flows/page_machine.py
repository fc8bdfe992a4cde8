"""The page's machine: the only way from triggered to acknowledged to resolved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from transitions import Machine

from flows.page import Page, PageState

TRIGGERED, ACKNOWLEDGED, RESOLVED = (state.value for state in PageState)

TRANSITIONS = (
    # Opened, or alerted from the beginning once more.
    ("trigger", TRIGGERED, TRIGGERED),
    ("acknowledge", TRIGGERED, ACKNOWLEDGED),
    # A higher level, or raised again: who has it keeps it, and is alerted first.
    ("rise", TRIGGERED, TRIGGERED),
    ("rise", ACKNOWLEDGED, ACKNOWLEDGED),
    # The giver keeps the page until the other takes it.
    ("hand_on_offered", ACKNOWLEDGED, ACKNOWLEDGED),
    ("hand_on_accepted", ACKNOWLEDGED, ACKNOWLEDGED),
    ("hand_on_expired", ACKNOWLEDGED, TRIGGERED),
    ("no_progress", ACKNOWLEDGED, TRIGGERED),
    ("resolve", ACKNOWLEDGED, RESOLVED),
    # A drill ends by itself, acknowledged or not; nothing else does.
    ("drill_over", TRIGGERED, RESOLVED),
    ("drill_over", ACKNOWLEDGED, RESOLVED),
)


@dataclass
class _Cursor:
    """What the machine moves in place of the frozen page; thrown away after one event."""

    state: str


@cache
def page_machine() -> Machine:
    """The one machine that all pages share."""
    return Machine(
        model=None,
        states=[state.value for state in PageState],
        initial=TRIGGERED,
        transitions=[list(transition) for transition in TRANSITIONS],
        auto_transitions=False,
    )


def moved(page: Page, trigger: str) -> Page:
    """The page after the trigger; transitions.MachineError where its state does not allow it."""
    cursor = _Cursor(page.state.value)
    page_machine().events[trigger].trigger(cursor)
    return replace(page, state=PageState(cursor.state))
