"""Composer: a message in the words of whoever gets it, as the rows that the sender needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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


@dataclass(frozen=True)
class Composer:
    """Knows the languages and what each channel can show; called within the turn."""

    house: House
    catalogues: Catalogues
    limits: Mapping[str, Limits]
    """By the urn's channel."""

    def pieces(self, scene: Scene, outbound: Outbound, now: datetime) -> Sequence[Piece]:
        """What is to be sent, changed and retired for one message, in order."""
        voice = self._voice(scene, outbound)
        limits = self.limits[outbound.to.channel]
        parts = render(outbound, voice, limits, self.catalogues, now)
        what = What.edit if outbound.edit else What.send
        heads = [Piece(part) for part in parts[:-1]]
        return (
            *self._retired(outbound, voice, limits, now),
            *heads,
            Piece(parts[-1], what, outbound.slot),
        )

    def _retired(
        self, outbound: Outbound, voice: Voice, limits: Limits, now: datetime
    ) -> tuple[Piece, ...]:
        """What the slot's earlier message becomes. It is owed before the new one, since it means
        the one before; the sender still sends the new one first."""
        if not outbound.slot or outbound.edit or not limits.edits:
            return ()
        shrunk = render_retired(outbound, voice, self.catalogues, now)
        return (Piece(shrunk or Rendered(), What.retire, outbound.slot),)

    def _voice(self, scene: Scene, outbound: Outbound) -> Voice:
        person = next((carer for carer in scene.carers if carer.urn == outbound.to), None)
        if person is None and scene.person.urn == outbound.to:
            person = scene.person
        if person is not None:
            return voice_of(person, scene.patient, self.house, outbound.language)
        members = scene.team.members.values()
        member = next((one for one in members if one.urn == outbound.to), None)
        return voice_of_coordinator(member, self.house, outbound.language)
