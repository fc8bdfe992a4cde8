"""Faults of the fake, met by the real libraries: each kind strikes as named, so many times."""

import asyncio
import time

import aiogram
import pytest
import telegram
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, NetworkError, RetryAfter

from tests.harness.conftest import COORDINATOR, FAMILY
from tests.harness.telegram import Phone, TelegramServer, fault
from tests.harness.telegram.fault import Fault

REFUSALS: list[tuple[Fault, type[Exception], type[Exception]]] = [
    (fault.conflicted(), TelegramConflictError, Conflict),
    (fault.too_many(7), TelegramRetryAfter, RetryAfter),
    (fault.blocked(), TelegramForbiddenError, Forbidden),
    (fault.query_too_old(), TelegramBadRequest, BadRequest),
    (fault.server_error(), TelegramServerError, NetworkError),
    (fault.server_error(500), TelegramServerError, NetworkError),
    (fault.migrated_to(-1005), TelegramMigrateToChat, ChatMigrated),
    (fault.refused(403, "Forbidden: user is deactivated"), TelegramForbiddenError, Forbidden),
    (fault.dropped_before(), TelegramNetworkError, NetworkError),
    (fault.not_json(), TelegramAPIError, NetworkError),
]


@pytest.mark.parametrize(("kind", "error", "other_error"), REFUSALS, ids=lambda one: str(one)[:40])
async def test_fault_instead_of_the_effect(
    family: aiogram.Bot,
    coordinator: telegram.Bot,
    ana: Phone,
    dana: Phone,
    server: TelegramServer,
    kind: Fault,
    error: type[Exception],
    other_error: type[Exception],
) -> None:
    """Both libraries raise what they have for it, nothing is delivered, and the next call works."""
    server.inject(kind, method="sendMessage", bot=FAMILY)
    server.inject(kind, method="sendMessage", bot=COORDINATOR)
    with pytest.raises((error, aiogram.exceptions.ClientDecodeError)):
        await family.send_message(77, "one")
    with pytest.raises(other_error):
        await coordinator.send_message(88, "one")
    await family.send_message(77, "two")
    await coordinator.send_message(88, "two")
    assert [one.text for one in ana.read()] == ["two"]
    assert [one.text for one in dana.read()] == ["two"]


async def test_retry_after_is_told(family: aiogram.Bot, ana: Phone, server: TelegramServer) -> None:
    """A 429 says how many seconds to wait."""
    server.inject(fault.too_many(7))
    with pytest.raises(TelegramRetryAfter) as caught:
        await family.send_message(77, "one")
    assert caught.value.retry_after == 7


AFTERWARDS = [fault.dropped_after(), fault.not_json(applied=True)]


@pytest.mark.parametrize("kind", AFTERWARDS, ids=lambda one: one.name)
async def test_fault_after_the_effect(
    family: aiogram.Bot,
    coordinator: telegram.Bot,
    ana: Phone,
    dana: Phone,
    server: TelegramServer,
    kind: Fault,
) -> None:
    """The message is delivered, and the client cannot know it."""
    server.inject(kind, method="sendMessage", times=2)
    with pytest.raises((TelegramAPIError, aiogram.exceptions.ClientDecodeError)):
        await family.send_message(77, "one")
    with pytest.raises(NetworkError):
        await coordinator.send_message(88, "one")
    await ana.hears("one")
    await dana.hears("one")
    assert [one.outcome for one in server.calls("sendMessage")] == [kind.name] * 2


async def test_late_answer(family: aiogram.Bot, ana: Phone, server: TelegramServer) -> None:
    """A delayed answer comes after its effect, and a client that gave up is not told."""
    server.inject(fault.delayed(30))
    sending = asyncio.create_task(family.send_message(77, "one", request_timeout=1))
    await ana.hears("one")
    assert not sending.done()
    with pytest.raises(TelegramNetworkError):
        await sending
    server.inject(fault.delayed(0.05))
    started = time.monotonic()
    await family.send_message(77, "two")
    assert time.monotonic() - started >= 0.05


async def test_fault_strikes_those_meant(
    family: aiogram.Bot, ana: Phone, server: TelegramServer
) -> None:
    """A fault strikes by method and condition, as often as said, or until lifted."""
    injection = server.inject(
        fault.server_error(),
        method="sendMessage",
        times=None,
        match=lambda call: "page" in call.fields["text"],
    )
    await family.get_me()
    await family.send_message(77, "other")
    for _ in range(3):
        with pytest.raises(TelegramServerError):
            await family.send_message(77, "page")
    injection.lift()
    await family.send_message(77, "page")
    assert len(injection.hits) == 3


async def test_polling_meets_faults(
    coordinator: telegram.Bot, dana: Phone, server: TelegramServer
) -> None:
    """Polling fails like any other method, and loses nothing by it."""
    dana.send("one")
    server.inject(fault.conflicted(), method="getUpdates")
    server.inject(fault.server_error(), method="getUpdates")
    for error in (Conflict, NetworkError):
        with pytest.raises(error):
            await coordinator.get_updates()
    assert len(await coordinator.get_updates()) == 1


async def test_offline(family: aiogram.Bot, ana: Phone, server: TelegramServer) -> None:
    """While the network is away every connection breaks, a waiting one too; then all is back."""
    waiting = asyncio.create_task(family.get_updates(timeout=20))
    await server.polled(FAMILY)
    server.go_offline()
    for lost in (waiting, asyncio.create_task(family.send_message(77, "one"))):
        with pytest.raises(TelegramNetworkError):
            await lost
    server.go_online()
    await family.send_message(77, "two")
    assert [one.text for one in ana.read()] == ["two"]


async def test_gate_before_the_effect(
    family: aiogram.Bot, ana: Phone, server: TelegramServer
) -> None:
    """A call held before its effect has it only when released."""
    gate = server.hold("sendMessage", bot=FAMILY)
    sending = asyncio.create_task(family.send_message(77, "one"))
    call = await server.reached(gate)
    assert call.fields["text"] == "one"
    await ana.quiet(0.05)
    server.release(gate)
    await sending
    await ana.hears("one")


async def test_gate_after_the_effect(
    coordinator: telegram.Bot, dana: Phone, server: TelegramServer
) -> None:
    """A call held after its effect is heard on the phone while the client still waits."""
    gate = server.hold("sendMessage", when="after")
    sending = asyncio.create_task(coordinator.send_message(88, "one"))
    await server.reached(gate)
    await dana.hears("one")
    assert not sending.done()
    server.release(gate)
    assert (await sending).text == "one"


async def test_gate_lets_nothing_pass_for_a_dead_client(
    family: aiogram.Bot, ana: Phone, server: TelegramServer
) -> None:
    """A client that dies before the gate opens has no effect: its offset does not move."""
    ana.send("one")
    (update,) = await family.get_updates()
    gate = server.hold("getUpdates", match=lambda call: call.fields.get("offset", 0) > 0)
    confirming = asyncio.create_task(family.get_updates(offset=update.update_id + 1))
    await server.reached(gate)
    confirming.cancel()
    await asyncio.gather(confirming, return_exceptions=True)
    server.release(gate)
    assert await server.finished(gate.held[0]) == "gone"
    assert len(await family.get_updates()) == 1


async def test_gate_that_nobody_reaches(server: TelegramServer) -> None:
    """Waiting for a call that never comes fails, and so does waiting for a reader."""
    with pytest.raises(AssertionError, match="nothing came"):
        await server.reached(server.hold("sendMessage"), timeout=0.05)
    with pytest.raises(AssertionError, match="nobody polls"):
        await server.polled(FAMILY, timeout=0.05)


async def test_leaving_opens_every_gate(family: aiogram.Bot) -> None:
    """A server closes although calls are held, delayed and waiting."""
    async with TelegramServer(tokens=[FAMILY]) as server:
        family.session.api = aiogram.client.telegram.TelegramAPIServer.from_base(server.base_url)
        gate = server.hold("getMe")
        held = asyncio.create_task(family.get_me())
        await server.reached(gate)
    with pytest.raises(TelegramNetworkError):
        await held
