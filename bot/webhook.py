"""Webhook: the one HTTP door that every channel's network posts its updates to."""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field

from aiohttp import web

log = logging.getLogger(__name__)

BODY_BYTES = 1024 * 1024
SHUTDOWN_S = 5.0

Take = Callable[[object], Coroutine[object, object, None]]
"""Takes one update's JSON; returns once it is committed."""


@dataclass(frozen=True)
class Hook:
    """One network's way in: its path, and the secret that it must show."""

    path: str
    header: str
    secret: str = field(repr=False)
    take: Take = field(repr=False)

    def __post_init__(self) -> None:
        if not self.secret:
            raise ValueError(f"a webhook needs a secret: {self.path}")

    def knows(self, shown: str) -> bool:
        """Whether the caller showed the secret; takes equally long whatever it showed."""
        return hmac.compare_digest(shown.encode(), self.secret.encode())


class WebhookServer:
    """Answers 200 to an update only after the house has committed it."""

    def __init__(self, host: str, port: int) -> None:
        self._host = host
        self._port = port
        self._hooks: dict[str, Hook] = {}
        self._takings: dict[str, set[asyncio.Future[None]]] = {}
        self._runner: web.AppRunner | None = None

    @property
    def address(self) -> str:
        """Where it listens: ``http://host:port``, with the port that the system gave."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self._port}"

    def open(self, hook: Hook) -> None:
        """Let a network in, from now on."""
        self._hooks[hook.path] = hook

    def shut(self, path: str) -> None:
        """Let a network in no more; what is in hand is not confirmed, so it comes again."""
        self._hooks.pop(path, None)
        for taking in self._takings.pop(path, ()):
            taking.cancel()

    def attach(self, app: web.Application) -> None:
        """Serve the hooks from this application; call it after its other routes."""
        app.router.add_post("/{hook:.+}", self._handle)

    async def start(self) -> None:
        """Listen."""
        app = web.Application(client_max_size=BODY_BYTES)
        self.attach(app)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=SHUTDOWN_S)
        await self._runner.setup()
        await web.TCPSite(self._runner, self._host, self._port).start()
        self._port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Listen no more; an update in hand is not confirmed."""
        for path in tuple(self._hooks):
            self.shut(path)
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _handle(self, request: web.Request) -> web.Response:
        hook = self._hooks.get(request.path)
        if hook is None:
            return web.Response(status=404)
        if not hook.knows(request.headers.get(hook.header, "")):
            log.warning("a webhook was called without its secret: %s", hook.path)
            return web.Response(status=403)
        try:
            update = json.loads(await request.read())
        except ValueError:
            return web.Response(status=400)
        return await self._answer(hook, update)

    async def _answer(self, hook: Hook, update: object) -> web.Response:
        taking = asyncio.ensure_future(hook.take(update))
        takings = self._takings.setdefault(hook.path, set())
        takings.add(taking)
        try:
            await asyncio.wait((taking,))
        finally:
            takings.discard(taking)
            taking.cancel()  # the server stops: without an answer the update is not confirmed
        if taking.cancelled():
            return web.Response(status=503)
        if error := taking.exception():
            log.error("an update on %s was not committed: %s", hook.path, type(error).__name__)
            return web.Response(status=500)
        return web.Response(status=200)


@dataclass(frozen=True)
class Webhook:
    """The way in for updates that a channel's network brings by itself."""

    server: WebhookServer
    url: str
    """Where the network finds the server, without the path."""
    secret: str = field(repr=False)

    def at(self, path: str) -> str:
        """The address that the network is told."""
        return self.url.rstrip("/") + path

    async def listen(
        self, path: str, header: str, take: Take, tell: Callable[[], Awaitable[None]]
    ) -> None:
        """Take updates until cancelled: the door stands open before the network is told of it,
        and is shut when the run ends."""
        self.server.open(Hook(path, header, self.secret, take))
        try:
            await tell()
            await asyncio.Future()
        finally:
            self.server.shut(path)
