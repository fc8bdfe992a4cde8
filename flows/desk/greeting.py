"""What a coordinator can always ask for: a greeting, help, and the list of what is open."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flows import page_timer
from flows.card import ROLES, level, minutes, status
from flows.desk.answer import actor_of, answer, be
from flows.house import House
from flows.message import Choice, Text, text
from flows.page import Page, PageState
from flows.scene import Scene
from flows.team import Act
from flows.turn import Turn

UNSPOKEN = frozenset({"blocked", "returned", "moved"})
"""What the channel says of an address; nobody waits for an answer to it."""
NAME = 40
"""Characters of a coordinator's name, as families read it."""
MOST = 20
"""Pages listed at once; the others are counted."""


def start(turn: Turn, house: House, act: Act, now: datetime) -> Turn:
    """Greet by name, and say on which steps this person is alerted."""
    actor, team = actor_of(turn), turn.scene.team
    roles = tuple(ROLES[role] for role, urns in team.steps.items() if actor.urn in urns)
    steps = text("desk.steps", roles=roles) if roles else text("desk.no_steps")
    demonstration = (text("desk.demonstration"),) if house.demonstration else ()
    hello = text("desk.hello", name=actor.name)
    return answer(turn, house, act, hello, *demonstration, steps, text("desk.help"))


def help_out(turn: Turn, house: House, act: Act, now: datetime) -> Turn:
    """What the buttons and commands do."""
    return answer(turn, house, act, text("desk.help"))


def list_open(turn: Turn, house: House, act: Act, now: datetime) -> Turn:
    """What is open: level, minutes waiting, who has it; what nobody has comes first."""
    pages = sorted((p for p in turn.scene.open_pages if p.open), key=_order)
    if not pages:
        return answer(turn, house, act, text("desk.none_open"))
    shown, rest = pages[:MOST], len(pages) - MOST
    lines = tuple(_line(turn.scene, house, page, now) for page in shown)
    more = (text("card.more", n=rest),) if rest > 0 else ()
    choices = tuple((Choice(text("desk.show", code=p.code), f"show:{p.id}"),) for p in shown)
    what = text("desk.open", lines=(*lines, *more))
    return answer(turn, house, act, what, choices=choices)


def reachable(turn: Turn, act: Act, now: datetime) -> Turn:
    """An address can no longer be reached, or can again: open pages take the next step now."""
    actor, lost = turn.scene.actor, act.verb == "blocked"
    if actor is not None and act.chat == actor.urn and act.verb != "moved":
        turn = be(turn, replace(actor, unreachable=lost))
    pages = turn.scene.open_pages if lost else ()
    return turn.set(*(page_timer.undelivered(page, act.chat, now) for page in pages))


def _order(page: Page) -> tuple[bool, int, datetime]:
    return page.state is PageState.acknowledged, -page.level.rank, page.opened_at


def _line(scene: Scene, house: House, page: Page, now: datetime) -> Text:
    return text(
        "desk.open_line",
        code=page.code,
        level=level(page),
        n=minutes(house, page, now),
        status=status(scene, page),
    )
