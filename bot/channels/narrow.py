"""Narrow: a channel of few means, such as an SMS gateway, reached by plain JSON over HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout

from bot.channels.base import Limits, Receipt, Receive, Rendered, SendFailed, Trouble
from bot.fit import fit, pieces
from bot.lane import Lanes
from bot.webhook import Hook, WebhookServer
from flows.message import Inbound, InboundKind, Marks, Urn

CHANNEL = "narrow"
PATH = "/narrow"
SECRET_HEADER = "X-Vigil-Secret"
CALL_S = 15
BUSY_S = 5
"""How long to wait when the gateway is busy and does not say for how long."""
LIMITS = Limits(
    text=1000,
    buttons=3,
    label=20,
    edits=False,
    contacts=False,
    copies=False,
    links=False,
    marks=Marks.digits,
)
TROUBLES = {
    400: Trouble.refused,
    403: Trouble.blocked,
    410: Trouble.blocked,
    413: Trouble.refused,
    422: Trouble.refused,
}


@dataclass(frozen=True)
class Gateway:
    """Where messages are posted to, and the secret that both sides show each other."""

    url: str
    secret: str = field(repr=False)


class Narrow:
    """Three buttons, no edits, no cards: what cannot be shown is written."""

    name = CHANNEL
    limits = LIMITS

    def __init__(self, gateway: Gateway, server: WebhookServer) -> None:
        self._gateway = gateway
        self._server = server
        self._lanes = Lanes()
        self._session: ClientSession | None = None

    async def run(self, receive: Receive) -> None:
        """Take updates in until cancelled; the gateway posts each again until it hears 200."""

        async def take(raw: object) -> None:
            inbound = read(raw)
            async with self._lanes.hold(inbound.urn.address):
                await receive(inbound)

        self._server.open(Hook(PATH, SECRET_HEADER, self._gateway.secret, take))
        try:
            await asyncio.Future()
        finally:
            self._server.shut(PATH)

    async def send(self, address: str, message: Rendered) -> Receipt:
        """Deliver a message, in as many parts as it needs; the last one has the buttons."""
        message = fit(message, self.limits)
        *heads, last = pieces(message.text, self.limits.text)
        for head in heads:
            await self._post({"to": address, "text": head})
        buttons = [{"id": one.token, "title": one.label} for row in message.rows for one in row]
        return Receipt(await self._post({"to": address, "text": last, "buttons": buttons}))

    async def edit(self, address: str, receipt: Receipt, message: Rendered) -> Receipt:
        """Nothing that was delivered can be changed."""
        raise SendFailed(Trouble.gone)

    async def close(self) -> None:
        """Let go of the network."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _post(self, body: Mapping[str, object]) -> str:
        if self._session is None:
            self._session = ClientSession(timeout=ClientTimeout(total=CALL_S))
        headers = {SECRET_HEADER: self._gateway.secret}
        try:
            async with self._session.post(
                f"{self._gateway.url}/messages", json=body, headers=headers
            ) as answer:
                return await _receipt(answer)
        except (ClientError, OSError, ValueError) as error:
            raise SendFailed(Trouble.down) from error


async def _receipt(answer: ClientResponse) -> str:
    """The message's id as the gateway names it; ValueError for an answer that is none."""
    if answer.status == 429:
        shown = answer.headers.get("Retry-After", "")
        seconds = int(shown) if shown.isdecimal() else BUSY_S
        raise SendFailed(Trouble.busy, retry_after=timedelta(seconds=seconds))
    if answer.status != 200:
        raise SendFailed(TROUBLES.get(answer.status, Trouble.down))
    said = await answer.json()
    if not isinstance(said, Mapping):
        raise ValueError("the gateway's answer is no object")
    return str(said.get("id", ""))


def read(raw: object) -> Inbound:
    """What the gateway posted; ValueError when it does not even say who wrote."""
    if not isinstance(raw, Mapping):
        raise ValueError("an update is an object")
    said = {str(key): value for key, value in raw.items() if isinstance(value, str)}
    id, address = said.get("id"), said.get("from")
    if not (id and address):
        raise ValueError("an update names its id and its sender")
    return Inbound(
        update=f"{CHANNEL}:{id}",
        urn=Urn(CHANNEL, address),
        kind=_kind(said),
        text=said.get("text", ""),
        token=said.get("button", ""),
        language_code=said.get("language", ""),
        name=said.get("name", ""),
        marks=LIMITS.marks,
    )


def _kind(said: Mapping[str, str]) -> InboundKind:
    """What sort of thing it is; a sort that Vigil has no word for is other."""
    if said.get("button"):
        return InboundKind.tap
    kind = said.get("kind", InboundKind.text)
    return InboundKind(kind) if kind in set(InboundKind) else InboundKind.other
