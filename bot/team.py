"""The team as the settings name it: who stands behind each role of the escalation policy."""

from __future__ import annotations

from collections.abc import Mapping

from bot.settings import Settings
from flows.message import Urn
from flows.team import Coordinator, Team

COORDINATOR = "coordinator"
APPRISE = "apprise"
IN_ORDER = ("on_call", "second", "supervisor")
"""Whom the settings' user ids stand for; further ones have rights and are on no step."""
GROUP = "group"


def team_of(settings: Settings) -> Team:
    """The skeleton that the store fills with names: members, roles and the group."""
    members = {id: Coordinator(id, Urn(COORDINATOR, str(id))) for id in settings.coordinators}
    group = settings.coordinator_group
    steps: dict[str, tuple[Urn, ...]] = {
        role: (Urn(COORDINATOR, str(id)),)
        for role, id in zip(IN_ORDER, settings.coordinators, strict=False)
    }
    urn = Urn(COORDINATOR, str(group)) if group is not None else None
    if urn is not None:
        steps[GROUP] = (urn,)
    return Team(members, _with_apprise(steps, settings), urn)


def _with_apprise(
    steps: Mapping[str, tuple[Urn, ...]], settings: Settings
) -> dict[str, tuple[Urn, ...]]:
    roles = dict.fromkeys((*steps, *settings.apprise))
    return {
        role: (
            *steps.get(role, ()),
            *((Urn(APPRISE, role),) if role in settings.apprise else ()),
        )
        for role in roles
    }
