"""How coordinators are reached about a page: new cards that ring, copies brought up to date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from flows.card import bare, copy, whole
from flows.house import House
from flows.message import Outbound, Text, Urn, text
from flows.page import Page, PageState
from flows.scene import Scene
from flows.team import THIRD_PARTIES, Team
from flows.tidings import numbered, present, put
from flows.turn import Turn


def spoken(house: House, code: str) -> str:
    """The language to speak with somebody whose client says ``code``; else the clinic's."""
    language = code.partition("-")[0].lower()
    return language if language in house.languages else house.clinic.language


def language_of(house: House, team: Team, urn: Urn) -> str:
    """The language of an address: the coordinator's own, or the clinic's."""
    own = (member.language for member in team.members.values() if member.urn == urn)
    return spoken(house, next(own, ""))


def holders(scene: Scene) -> tuple[Urn, ...]:
    """Who has the page, and to whom it is offered; only addresses that work."""
    page, team = scene.page, scene.team
    ids = (page.holder, page.offered_to) if page else ()
    members = (team.members.get(id) for id in ids if id is not None)
    return tuple(m.urn for m in members if m and m.urn not in team.broken)


def concerned(scene: Scene) -> tuple[Urn, ...]:
    """Who is told what is new: who has the page, or while nobody has it, everyone alerted."""
    page = scene.page
    assert page is not None
    if page.state is PageState.acknowledged:
        return holders(scene)
    return tuple(urn for urn in copies(page) if urn not in scene.team.broken)


def copies(page: Page) -> tuple[Urn, ...]:
    """Where a copy of the card stands."""
    urns = (Urn.parse(written) for written in page.alerted)
    return tuple(urn for urn in urns if urn.channel not in THIRD_PARTIES)


def send(
    turn: Turn, house: House, urns: Iterable[Urn], now: datetime, silent: bool = False
) -> Turn:
    """A new card to each address once; the earlier copy there shrinks to one line."""
    fresh = tuple(dict.fromkeys(urns))
    turn = numbered(turn)
    page = present(turn)
    known = (*page.alerted, *(str(urn) for urn in fresh))
    turn = put(turn, replace(page, alerted=tuple(dict.fromkeys(known))))
    return turn.say(*(_card(turn.scene, house, urn, now, silent) for urn in fresh))


def _card(scene: Scene, house: House, urn: Urn, now: datetime, silent: bool) -> Outbound:
    page = scene.page
    assert page is not None
    owed = Outbound(
        to=urn,
        key=f"page:{page.id}:r{page.round}:s{page.step}:n{page.serial}:{urn}",
        language=language_of(house, scene.team, urn),
        silent=silent,
    )
    if urn.channel in THIRD_PARTIES:
        return replace(owed, body=(bare(page),))
    body, choices = copy(house, scene, urn, now)
    retired = text("page.retired", code=page.code)
    return replace(owed, body=body, choices=choices, slot=f"page:{page.id}", retired=retired)


def refresh(turn: Turn, house: House, now: datetime, but: Iterable[Urn] = ()) -> Turn:
    """Bring the copies up to date in place: nobody's telephone rings."""
    skipped = frozenset(but)
    urns = [urn for urn in copies(present(turn)) if urn not in skipped]
    turn = numbered(turn)
    return turn.say(*(_edit(turn.scene, house, urn, now) for urn in urns))


def inform(turn: Turn, house: House, now: datetime, but: Iterable[Urn] = ()) -> Turn:
    """Bring the whole cards up to date; copies of one line have nothing new to say."""
    short = (urn for urn in copies(present(turn)) if not whole(turn.scene, urn))
    return refresh(turn, house, now, but=(*but, *short))


def _edit(scene: Scene, house: House, urn: Urn, now: datetime) -> Outbound:
    page = scene.page
    assert page is not None
    body, choices = copy(house, scene, urn, now)
    return Outbound(
        to=urn,
        key=f"page:{page.id}:n{page.serial}:edit:{urn}",
        body=body,
        choices=choices,
        slot=f"page:{page.id}",
        edit=True,
        language=language_of(house, scene.team, urn),
        silent=True,
    )


def notify(turn: Turn, house: House, urns: Iterable[Urn], what: Text, silent: bool = False) -> Turn:
    """A line beside the card, to coordinators only: third parties hear codes and levels."""
    turn = numbered(turn)
    page = present(turn)
    return turn.say(
        *(
            Outbound(
                to=urn,
                key=f"page:{page.id}:n{page.serial}:line:{urn}",
                body=(what,),
                language=language_of(house, turn.scene.team, urn),
                silent=silent,
            )
            for urn in dict.fromkeys(urns)
            if urn.channel not in THIRD_PARTIES
        )
    )
