"""The coordinators: who is on which step, and what each is in the middle of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from flows.message import Urn


@dataclass(frozen=True)
class Coordinator:
    """A person of the clinic with rights, known by the user id on the coordinators' channel."""

    id: int
    urn: Urn
    name: str = ""
    """From the first /start; empty until then."""
    language: str = ""
    expecting: str = ""
    """What the next typed text is: ``reply:12`` or empty."""
    unreachable: bool = False
    """Whether the channel refuses to deliver to this person, until he or she acts again."""


@dataclass(frozen=True)
class Team:
    """Who is alerted at each step, and by what ways."""

    members: Mapping[int, Coordinator]
    steps: Mapping[str, tuple[Urn, ...]]
    """Role -> addresses (a coordinator, the group, an apprise target); empty: not configured."""
    group: Urn | None = None

    @property
    def broken(self) -> frozenset[Urn]:
        """The addresses of members who cannot be reached."""
        return frozenset(member.urn for member in self.members.values() if member.unreachable)

    @property
    def addresses(self) -> frozenset[Urn]:
        """Every address that some step may alert."""
        return frozenset(urn for urns in self.steps.values() for urn in urns)

    def named(self, id: int) -> str:
        """A member's name, as families and other coordinators see it."""
        member = self.members.get(id)
        return member.name if member and member.name else str(id)


EMPTY_TEAM = Team(members={}, steps={})
"""A house where nobody is configured."""


THIRD_PARTIES = frozenset({"apprise"})
"""Ways that lead outside the channel and the coordinators: they carry a code and a level only."""


COMMAND_LINE = Urn("house", "command-line")
"""Who acts where somebody runs a command on the house's own machine. No network makes this
address: every channel names whoever it hears by itself."""


@dataclass(frozen=True)
class Act:
    """Something a coordinator did: a button's verb, a command, or typed words."""

    update: str
    urn: Urn
    """Who did it: the person's own address, also when it was done in the group."""
    chat: Urn
    """Where it was done."""
    verb: str
    """acknowledge, calling, ask_number, reply, hand_on, accept, resolve, show, open, drill, start,
    help; text for typed words."""
    page_id: int | None = None
    detail: str = ""
    """What the button carries beside the page; the words, where the verb is text."""
    name: str = ""
    language_code: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
