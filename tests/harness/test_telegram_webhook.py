"""Webhook of the fake: the secret, the order, re-delivery, doubles and forgeries."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import aiogram
import telegram
from aiohttp import web

from tests.harness.conftest import COORDINATOR, FAMILY
from tests.harness.telegram import Phone, TelegramServer
from tests.harness.telegram.webhook import SECRET_HEADER


@dataclass
class Ear:
    """A webhook that listens: what it was told, and how it answers next."""

    url: str = ""
    heard: list[tuple[int, str | None]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)

    @property
    def ids(self) -> list[int]:
        """The update ids that it was told."""
        return [one for one, _ in self.heard]

    async def receive(self, http: web.Request) -> web.Response:
        """Note the update and its secret."""
        update = await http.json()
        self.heard.append((update["update_id"], http.headers.get(SECRET_HEADER)))
        return web.Response(status=self.answers.pop(0) if self.answers else 200)


@asynccontextmanager
async def listening() -> AsyncIterator[Ear]:
    """An ear on a free port of the loopback."""
    ear = Ear()
    app = web.Application()
    app.router.add_post("/", ear.receive)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    ear.url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    try:
        yield ear
    finally:
        await runner.cleanup()


async def posts(server: TelegramServer, bot: str, count: int) -> None:
    """Wait until the server posted so often."""
    done = await server.world.bell.until(
        lambda: True if len(server.posted(bot)) >= count else None, timeout=5
    )
    assert done, server.posted(bot)


async def test_updates_are_posted_with_the_secret(
    family: aiogram.Bot, ana: Phone, server: TelegramServer
) -> None:
    """Updates are posted in order with the secret, those that waited first; 2xx confirms them."""
    ana.send("before")
    async with listening() as ear:
        await family.set_webhook(ear.url, secret_token="s3cret")
        ana.send("after")
        await posts(server, FAMILY, 2)
        first, second = ear.heard
        assert first[0] + 1 == second[0]
        assert {first[1], second[1]} == {"s3cret"}
        info = await family.get_webhook_info()
        assert (info.url, info.pending_update_count) == (ear.url, 0)


async def test_update_is_posted_again_until_taken(
    coordinator: telegram.Bot, dana: Phone, server: TelegramServer
) -> None:
    """Without a 2xx the same update comes again, and the next one waits behind it."""
    async with listening() as ear:
        ear.answers = [500, 403]
        await coordinator.set_webhook(ear.url)
        dana.send("one")
        dana.send("two")
        await posts(server, COORDINATOR, 4)
        assert ear.ids[0] == ear.ids[1] == ear.ids[2] == ear.ids[3] - 1
        assert {secret for _, secret in ear.heard} == {None}
        statuses = [one.status for one in server.posted(COORDINATOR)]
        assert statuses == [500, 403, 200, 200]
        info = await coordinator.get_webhook_info()
        assert info.last_error_message == "Wrong response from the webhook: 403"


async def test_update_survives_a_webhook_that_is_down(
    family: aiogram.Bot, ana: Phone, server: TelegramServer
) -> None:
    """A webhook that does not answer at all gets the update when it is back."""
    async with listening() as gone:
        url = gone.url
    await family.set_webhook(url)
    ana.send("one")
    await posts(server, FAMILY, 2)
    assert server.posted(FAMILY)[0].status == 0
    async with listening() as ear:
        await family.set_webhook(ear.url)
        await server.world.bell.until(lambda: ear.heard or None, timeout=5)
        assert len(ear.ids) == 1


async def test_delivered_twice(family: aiogram.Bot, ana: Phone, server: TelegramServer) -> None:
    """An update can come once more after it was taken, at once or later."""
    async with listening() as ear:
        await family.set_webhook(ear.url)
        server.deliver_twice(FAMILY)
        ana.send("one")
        await posts(server, FAMILY, 2)
        server.deliver_again(FAMILY)
        await posts(server, FAMILY, 3)
        assert len(set(ear.ids)) == 1


async def test_wrong_secret_comes_first(
    family: aiogram.Bot, ana: Phone, server: TelegramServer
) -> None:
    """A forged post comes with a wrong secret or none, then the true one."""
    async with listening() as ear:
        ear.answers = [401, 401]
        await family.set_webhook(ear.url, secret_token="right")
        server.wrong_secret(FAMILY, "wrong")
        server.wrong_secret(FAMILY, None)
        ana.send("one")
        await posts(server, FAMILY, 3)
        assert [secret for _, secret in ear.heard] == ["wrong", None, "right"]


async def test_patience_ends(family: aiogram.Bot, ana: Phone, server: TelegramServer) -> None:
    """An update that nobody takes is given up at last, and is listed."""
    server.courier(FAMILY).patience = 0.1
    async with listening() as ear:
        ear.answers = [500] * 20
        await family.set_webhook(ear.url)
        ana.send("one")
        given_up = await server.world.bell.until(
            lambda: server.undelivered(FAMILY) or None, timeout=5
        )
        assert given_up
        assert (await family.get_webhook_info()).pending_update_count == 0


async def test_deleted_webhook_is_left_alone(
    family: aiogram.Bot, ana: Phone, server: TelegramServer
) -> None:
    """After deleteWebhook updates wait for getUpdates, one that failed included."""
    async with listening() as ear:
        ear.answers = [500] * 50
        await family.set_webhook(ear.url)
        ana.send("one")
        await posts(server, FAMILY, 1)
        await family.delete_webhook()
        assert len(await family.get_updates()) == 1
