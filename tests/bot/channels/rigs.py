"""Rigs: every channel that the contract is held over."""

from __future__ import annotations

from collections.abc import Mapping

from bot.channels.base import Trouble
from tests.bot.channels.contract import Rig
from tests.bot.channels.rig_coordinator import CoordinatorPollingRig, CoordinatorWebhookRig
from tests.bot.channels.rig_narrow import NarrowRig
from tests.bot.channels.rig_telegram import PollingRig, WebhookRig

RIGS: Mapping[str, type[Rig]] = {
    "family_polling": PollingRig,
    "family_webhook": WebhookRig,
    "coordinator_polling": CoordinatorPollingRig,
    "coordinator_webhook": CoordinatorWebhookRig,
    "narrow": NarrowRig,
}


def troubled() -> list[tuple[str, Trouble]]:
    """Each channel with each trouble that its network can make."""
    return [(name, one) for name, rig in RIGS.items() for one in sorted(rig.troubles)]


def repeating() -> list[str]:
    """The channels whose network delivers an update until it is confirmed."""
    return [name for name, rig in RIGS.items() if rig.again]
