"""The table of what is learned of coordinators; who has rights stands in the settings."""

from __future__ import annotations

from dataclasses import replace

from data.store.shape import COORDINATOR
from data.store.table import Table
from flows.team import Coordinator, Team


class Coordinators(Table):
    """Names, languages, and what each is in the middle of."""

    def known(self, team: Team) -> Team:
        """The team of the settings, with what is known of its members."""
        rows = self.conn.execute("SELECT sealed FROM coordinators")
        learned = {each.id: each for each in self.opened(COORDINATOR, rows)}
        members = {
            id: _with(member, learned[id]) if id in learned else member
            for id, member in team.members.items()
        }
        return replace(team, members=members)

    def save(self, coordinator: Coordinator) -> None:
        """Write what was learned of one."""
        self.conn.execute(
            "INSERT INTO coordinators (id, sealed) VALUES (?, ?)"
            " ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed",
            (coordinator.id, self.sealed(COORDINATOR, coordinator)),
        )


def _with(member: Coordinator, learned: Coordinator) -> Coordinator:
    """A member with what was learned; the address stays that of the settings."""
    return replace(
        learned,
        urn=member.urn,
        name=learned.name or member.name,
        language=learned.language or member.language,
    )
