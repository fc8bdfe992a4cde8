"""Narrow gateway: the network behind the narrow channel, over real loopback HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Self

import aiohttp
from aiohttp import web

from bot.channels.narrow import LIMITS, PATH, SECRET_HEADER
from bot.fit import units

HOST = "127.0.0.1"
PAUSE_S = 0.02
CALL_S = 15


@dataclass(frozen=True)
class Answer:
    """How the gateway answers one message instead of taking it."""

    status: int = 0
    """0: it hangs up."""
    headers: dict[str, str] = field(default_factory=dict)
    body: str = ""


@dataclass(frozen=True)
class Delivered:
    """A message as the person sees it."""

    to: str
    text: str
    buttons: tuple[tuple[str, str], ...]
    """Token and label."""


class NarrowGateway:
    """Takes messages within the channel's limits, and posts what people write until it is taken."""

    def __init__(self, secret: str) -> None:
        self.secret = secret
        self.hook = ""
        """The house's address; while it is empty updates wait."""
        self.messages: list[Delivered] = []
        self.answers: list[Answer] = []
        self.broken: list[str] = []
        """Rules that the house broke."""
        self.pending: list[dict[str, str]] = []
        self.posted: list[tuple[str, int]] = []
        self._numbers = 0
        self._last: dict[str, str] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._runner: web.AppRunner | None = None
        self.url = ""

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_post("/messages", self._take)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, HOST, 0).start()
        self.url = f"http://{HOST}:{self._runner.addresses[0][1]}"
        self._tasks = [asyncio.ensure_future(self._carry())]
        return self

    async def __aexit__(self, *rest: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._runner is not None:
            await self._runner.cleanup()

    # --- people ---------------------------------------------------------------------------------

    def write(self, address: str, **said: str) -> str:
        """Somebody writes: text, or kind and text; the update's id."""
        self._numbers += 1
        self._last = {"id": str(self._numbers), "from": address, **said}
        self.pending.append(self._last)
        return self._last["id"]

    def tap(self, address: str, label: str) -> str:
        """Somebody taps a button of a message that was delivered, the newest first."""
        for message in reversed(self.messages):
            for token, shown in message.buttons:
                if message.to == address and label in shown:
                    return self.write(address, button=token)
        raise AssertionError(f"no button {label!r}")

    def deliver_again(self) -> None:
        """Post the newest update once more."""
        self.pending.append(self._last)

    # --- the wire -------------------------------------------------------------------------------

    async def _take(self, request: web.Request) -> web.Response:
        if request.headers.get(SECRET_HEADER) != self.secret:
            self.broken.append("no secret")
        if self.answers:
            return self._refuse(self.answers.pop(0), request)
        body: dict[str, Any] = await request.json()
        buttons = tuple((one["id"], one["title"]) for one in body.get("buttons", ()))
        self._judge(body["text"], buttons)
        self.messages.append(Delivered(body["to"], body["text"], buttons))
        return web.json_response({"id": f"n{len(self.messages)}"})

    def _refuse(self, answer: Answer, request: web.Request) -> web.Response:
        if not answer.status and request.transport is not None:
            request.transport.abort()
        return web.Response(status=answer.status or 500, headers=answer.headers, text=answer.body)

    def _judge(self, text: str, buttons: Sequence[tuple[str, str]]) -> None:
        if not 0 < units(text) <= LIMITS.text:
            self.broken.append(f"text of {units(text)} units")
        if len(buttons) > LIMITS.buttons:
            self.broken.append(f"{len(buttons)} buttons")
        self.broken += [f"label {label!r}" for _, label in buttons if len(label) > LIMITS.label]
        self.broken += [f"no token for {label!r}" for token, label in buttons if not token]

    async def _carry(self) -> None:
        """Post updates in order, each until it is taken."""
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=CALL_S)) as session:
            while True:
                if not (self.hook and self.pending and await self._post(session, self.pending[0])):
                    await asyncio.sleep(PAUSE_S)
                    continue
                self.pending.pop(0)

    async def _post(self, session: aiohttp.ClientSession, update: dict[str, str]) -> bool:
        headers = {SECRET_HEADER: self.secret}
        try:
            async with session.post(f"{self.hook}{PATH}", json=update, headers=headers) as answer:
                status = answer.status
        except (aiohttp.ClientError, TimeoutError):
            status = 0
        self.posted.append((update["id"], status))
        return status == 200
