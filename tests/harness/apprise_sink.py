"""Apprise sinks: a loopback web service and a loopback mail server that keep what they are told."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, field
from typing import Any, Self

from aiohttp import web

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Note:
    """One message as the web service got it."""

    path: str
    body: dict[str, Any]


@dataclass(eq=False)
class WebSink:
    """What an apprise address of the kind json:// speaks to; ``status`` is what it answers."""

    status: int = 200
    notes: list[Note] = field(default_factory=list)
    port: int = 0
    _runner: web.AppRunner | None = None

    def url(self, path: str = "") -> str:
        """The apprise address of this service."""
        return f"json://{HOST}:{self.port}/{path}"

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_post("/{path:.*}", self._take)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, HOST, 0).start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *about: object) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

    async def _take(self, request: web.Request) -> web.Response:
        if self.status == 200:
            self.notes.append(Note(request.path, await request.json()))
        return web.Response(status=self.status)


@dataclass(eq=False)
class MailSink:
    """As much of an SMTP server as an apprise address of the kind mailto:// needs."""

    mails: list[str] = field(default_factory=list)
    """Each one's headers and body."""
    port: int = 0
    _server: asyncio.Server | None = None

    @property
    def url(self) -> str:
        """The apprise address of this server."""
        return f"mailto://{HOST}:{self.port}/?from=vigil@example.org&to=ward@example.org"

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, HOST, 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *about: object) -> None:
        assert self._server is not None
        self._server.close()
        await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        say = "220 sink"
        with contextlib.suppress(ConnectionError):
            while say:
                writer.write(f"{say}\r\n".encode())
                await writer.drain()
                say = await self._answer(reader, writer)
        writer.close()
        await writer.wait_closed()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> str:
        """What to say to the next command; nothing when the client is gone."""
        command = (await reader.readline()).decode().strip().upper()
        if command == "DATA":
            writer.write(b"354 go on\r\n")
            mail = await reader.readuntil(b"\r\n.\r\n")
            self.mails.append(mail.decode())
        return "250 sink" if command and command != "QUIT" else ""
