"""The webhook's door: who gets in, and when it says that an update is taken."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from io import BytesIO

import aiohttp
import pytest

from bot.webhook import BODY_BYTES, Hook, WebhookServer

HEADER = "X-Secret"


@pytest.fixture
async def server() -> AsyncIterator[WebhookServer]:
    """A door on a free port of the loopback."""
    server = WebhookServer("127.0.0.1", 0)
    await server.start()
    yield server
    await server.stop()


async def post(
    server: WebhookServer, path: str, data: bytes = b"{}", secret: str | None = "s"
) -> int:
    """The status that a caller hears; 0 when it hears nothing."""
    headers = {} if secret is None else {HEADER: secret}
    async with aiohttp.ClientSession() as session:
        try:
            async with session.post(
                server.address + path, data=BytesIO(data), headers=headers
            ) as answer:
                return answer.status
        except aiohttp.ClientError:
            return 0


async def take(update: object) -> None:
    """Commit whatever comes."""


async def fail(update: object) -> None:
    """Commit nothing."""
    raise OSError("disk full")


@pytest.mark.parametrize(
    ("path", "data", "secret", "status"),
    [
        ("/in", b"{}", "s", 200),
        ("/in", b"{}", "S", 403),
        ("/in", b"{}", None, 403),
        ("/in", b"not json", "s", 400),
        ("/in", b"\xff", "s", 400),
        ("/in", b" " * (BODY_BYTES + 1), "s", 413),
        ("/out", b"{}", "s", 404),
        ("/broken", b"{}", "s", 500),
    ],
)
async def test_who_gets_in(
    server: WebhookServer, path: str, data: bytes, secret: str | None, status: int
) -> None:
    """Only JSON with the secret, on an open path, is taken, and only what is committed is 200."""
    server.open(Hook("/in", HEADER, "s", take))
    server.open(Hook("/broken", HEADER, "s", fail))
    assert await post(server, path, data, secret) == status


async def test_shut_confirms_nothing(server: WebhookServer) -> None:
    """When a hook is shut, what it has in hand is not confirmed, and nothing more is let in."""
    begun = asyncio.Event()

    async def hang(update: object) -> None:
        begun.set()
        await asyncio.Future()

    server.open(Hook("/in", HEADER, "s", hang))
    posting = asyncio.ensure_future(post(server, "/in"))
    await begun.wait()
    server.shut("/in")
    assert await posting == 503
    assert await post(server, "/in") == 404


async def test_stop_confirms_nothing() -> None:
    """When the server stops, what it has in hand is not confirmed and goes no further."""
    begun, ended = asyncio.Event(), asyncio.Event()

    async def hang(update: object) -> None:
        begun.set()
        try:
            await asyncio.Future()
        finally:
            ended.set()

    server = WebhookServer("127.0.0.1", 0)
    await server.start()
    server.open(Hook("/in", HEADER, "s", hang))
    posting = asyncio.ensure_future(post(server, "/in"))
    await begun.wait()
    await server.stop()
    assert await posting == 503
    await asyncio.wait_for(ended.wait(), 5)


def test_needs_a_secret() -> None:
    """A hook without a secret is refused when it is made, and its secret is never shown."""
    with pytest.raises(ValueError, match="needs a secret: /in"):
        Hook("/in", HEADER, "", take)
    assert "hush" not in repr(Hook("/in", HEADER, "hush", take))
