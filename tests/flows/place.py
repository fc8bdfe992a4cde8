"""Families who stand somewhere: met, at home, before a sign, advised."""

from __future__ import annotations

from dataclasses import replace

from flows.assessment import next_step
from flows.page import PageState
from flows.team import EMPTY_TEAM, Team
from tests.flows.family import Family, blank_scene


def met(team: Team = EMPTY_TEAM) -> Family:
    """A family that was greeted."""
    family = Family(blank_scene(team))
    family.says("/start")
    return family


def at_home(team: Team = EMPTY_TEAM) -> Family:
    """A family before the list of signs."""
    family = met(team)
    family.taps("now")
    return family


def at(sign: str, team: Team = EMPTY_TEAM) -> Family:
    """A family before one sign's screen."""
    family = at_home(team)
    if f"open:{sign}" not in family.offered():
        family.taps("more")
    family.taps(f"open:{sign}")
    return family


def one_by_one(sign: str) -> Family:
    """A family that cannot tell, and is asked the sign's findings singly."""
    family = at(sign)
    family.taps("each")
    return family


def guessed() -> Family:
    """A family whose long sentence seemed to name new bruises."""
    family = at_home()
    family.says("since yesterday his arms and legs show new bruises all over them")
    return family


def told_immediate() -> Family:
    """A family that was told to call now, the list of signs' findings below."""
    family = at("urine")
    family.taps("t:no_urine_8h")
    return family


def told_emergency() -> Family:
    """A family that was told to call the ambulance."""
    family = at_home()
    family.taps("t:danger_now")
    return family


def finish(family: Family, **contexts: str) -> Family:
    """Answer what is asked of the course (no, unless given), and deny the sweep."""
    for _ in range(9):
        step = next_step(family.house, family.scene, family.now)
        if step is None or step.state == "outcome":
            return family
        known = {"sweep": "swept", "sign": "next"}
        family.taps(known.get(step.state, f"x:{step.about}:{contexts.get(step.about, 'no')}"))
    raise AssertionError("it never ended")


def coughing(team: Team = EMPTY_TEAM) -> Family:
    """A family with a finding of same day, half-way."""
    family = at("head", team)
    family.taps("t:infection_sign")
    return family


def without_page(family: Family) -> Family:
    """The same family after a coordinator resolved its page."""
    page = family.scene.page
    assert page is not None
    done = replace(page, state=PageState.resolved, resolved_at=family.now)
    family.scene = replace(family.scene, page=None, resolved=(done,))
    return family
