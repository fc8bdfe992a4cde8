"""Wording: whose voice and which channel's limits each message of a turn is rendered for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.channels.base import Limits, Rendered
from bot.outbox import Piece
from bot.owed import What
from bot.render import render, render_retired
from bot.voice import Voice, voice_of, voice_of_coordinator
from data.catalogue import Catalogues
from flows.house import House
from flows.message import Outbound
from flows.scene import Scene

BARE = Rendered()
"""What a message becomes that only loses its buttons."""


@dataclass(frozen=True)
class Wording:
    """Renders for families in their own language, for everybody else in the clinic's."""

    house: House
    catalogues: Catalogues
    limits: Mapping[str, Limits]
    """By the urn's channel."""

    def pieces(self, scene: Scene, outbound: Outbound, now: datetime) -> tuple[Piece, ...]:
        """The message's parts; the last takes the slot, and what stood there is retired.

        KeyError when a text does not exist.
        """
        voice = self._voice(scene, outbound)
        limits = self.limits.get(outbound.to.channel, Limits())
        *first, last = render(outbound, voice, limits, self.catalogues, now)
        what = What.edit if outbound.edit and outbound.slot else What.send
        parts = (*(Piece(part) for part in first), Piece(last, what, outbound.slot))
        if not outbound.slot or outbound.edit or not limits.edits:
            return parts
        retired = render_retired(outbound, voice, self.catalogues, now) or BARE
        return (Piece(retired, What.retire, outbound.slot), *parts)

    def _voice(self, scene: Scene, outbound: Outbound) -> Voice:
        family = (person for person in (scene.person, *scene.carers) if person.id)
        for person in family:
            if person.urn == outbound.to:
                return voice_of(person, scene.patient, self.house, outbound.language)
        members = scene.team.members.values()
        coordinator = next((one for one in members if one.urn == outbound.to), None)
        return voice_of_coordinator(coordinator, self.house, outbound.language)
