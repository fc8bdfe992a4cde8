"""Delivery: one owed row put on its channel, in the way that the channel has means for."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from bot.channels.base import Channel, Receipt, Rendered, SendFailed, Trouble
from bot.owed import Ledger, Owed, What
from flows.message import Urn

log = logging.getLogger(__name__)


class NoChannelError(Exception):
    """A row is owed on a channel that is not configured."""


@dataclass(frozen=True)
class Delivery:
    """The channels by name, and where earlier messages are looked up."""

    channels: Mapping[str, Channel]
    ledger: Ledger

    async def do(self, row: Owed, address: str) -> Receipt:
        """Send, change or retire; an empty receipt when nothing of its own was left behind.

        SendFailed as the channel raises it; NoChannelError.
        """
        channel = self._channel(row.urn)
        if row.message is None:
            raise SendFailed(Trouble.refused)
        if row.what is What.send:
            return await channel.send(address, row.message)
        before = await self._before(row, channel)
        if row.what is What.retire:
            return await _retire(channel, address, before, row.message)
        return await _edit(channel, address, before, row.message)

    async def send(self, urn: Urn, address: str, message: Rendered) -> Receipt:
        """Send something else than the row's own message."""
        return await self._channel(urn).send(address, message)

    def _channel(self, urn: Urn) -> Channel:
        if urn.channel not in self.channels:
            raise NoChannelError(urn.channel)
        return self.channels[urn.channel]

    async def _before(self, row: Owed, channel: Channel) -> str:
        """The message that stands in the slot; "" where nothing can be changed.

        A store that cannot say costs a second copy, never the message.
        """
        if not (channel.limits.edits and row.slot):
            return ""
        try:
            return await self.ledger.latest_receipt(row.urn, row.slot, before=row.id)
        except Exception as error:  # noqa: BLE001 - advice goes before bookkeeping
            log.warning("a receipt could not be looked up: %s", type(error).__name__)
            return ""


async def _edit(channel: Channel, address: str, before: str, message: Rendered) -> Receipt:
    """In place; anew where there is nothing to change, or no longer."""
    if not before:
        return await channel.send(address, message)
    try:
        return await channel.edit(address, Receipt(before), message)
    except SendFailed as failed:
        if failed.trouble is not Trouble.gone:
            raise
    return await channel.send(address, message)


async def _retire(channel: Channel, address: str, before: str, message: Rendered) -> Receipt:
    """A message that cannot be retired any more is left as it is: a stale tap is answered."""
    if before:
        try:
            await channel.edit(address, Receipt(before), message)
        except SendFailed as failed:
            if failed.trouble not in (Trouble.gone, Trouble.refused):
                raise
    return Receipt("")
