"""AppriseChannel: the way off Telegram: e-mail, SMS and pagers, for a case code and a level."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence

from apprise import Apprise, AppriseAsset, NotifyFormat, NotifyType

from bot.channels.base import Limits, Receipt, Receive, Rendered, SendFailed, Trouble

log = logging.getLogger(__name__)

CHANNEL = "apprise"
CALL_S = 30.0
"""How long a target may take before it counts as down; its own timeouts are shorter."""
TALKATIVE = ("apprise", "urllib3", "requests")
"""Libraries that log addresses; an address of apprise holds a password or a key."""

Targets = Mapping[str, Sequence[str]]
"""A role of the policy, such as on_call, and its apprise addresses."""


class AppriseChannel:
    """Out only: a role is an address, and is told when one of its targets is."""

    name = CHANNEL
    limits = Limits(text=160, buttons=0, edits=False, contacts=False, copies=False, links=False)

    def __init__(self, targets: Targets) -> None:
        """ValueError, naming role and place but never the address, for one that is not usable."""
        for name in TALKATIVE:
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        self._targets = {
            role: tuple(_target(url, role, place) for place, url in enumerate(urls, start=1))
            for role, urls in targets.items()
        }

    async def run(self, receive: Receive) -> None:
        """Wait until cancelled: nobody answers on this way."""
        await asyncio.Future()

    async def send(self, address: str, message: Rendered) -> Receipt:
        """Tell a role's targets, all at once and each once.

        One that is told is enough: trying again for the others would alert that one again, and a
        page that nobody acknowledges comes again anyway.
        """
        targets = self._targets.get(address, ())
        if not targets or not message.text:
            raise SendFailed(Trouble.refused)
        told = sum(await asyncio.gather(*(_tell(one, message.text) for one in targets)))
        if told < len(targets):
            log.warning("apprise told %d of %d targets of %s", told, len(targets), address)
        if not told:
            raise SendFailed(Trouble.down)
        return Receipt("")

    async def edit(self, address: str, receipt: Receipt, message: Rendered) -> Receipt:
        """Nothing that was delivered can be changed."""
        raise SendFailed(Trouble.gone)

    async def close(self) -> None:
        """Nothing is held open."""


def _target(url: str, role: str, place: int) -> Apprise:
    target = Apprise(asset=AppriseAsset(app_id="Vigil", app_desc="Vigil", app_url=""))
    if not target.add(url):
        raise ValueError(f"address {place} of {role} is none that apprise knows")
    return target


async def _tell(target: Apprise, words: str) -> bool:
    """Whether the target took it; the library waits on the network, so in a thread of its own."""
    telling = asyncio.to_thread(
        target.notify, body=words, notify_type=NotifyType.WARNING, body_format=NotifyFormat.TEXT
    )
    try:
        return bool(await asyncio.wait_for(telling, CALL_S))
    except Exception as error:  # noqa: BLE001 - over a hundred services, each with its own errors
        log.warning("an apprise target failed: %s", type(error).__name__)
        return False
