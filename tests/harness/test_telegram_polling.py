"""Polling against the fake: offsets, waiting, two readers, duplicates."""

import asyncio

import aiogram
import pytest
import telegram
from aiogram.exceptions import TelegramConflictError, TelegramUnauthorizedError

from tests.harness.conftest import COORDINATOR, FAMILY
from tests.harness.telegram import Phone, TelegramServer, fault, make_token
from tests.harness.telegram.client import aiogram_bot


def numbers(updates: list[aiogram.types.Update]) -> list[int]:
    """The ids of these updates."""
    return [one.update_id for one in updates]


async def test_bots_are_told_apart(family: aiogram.Bot, coordinator: telegram.Bot) -> None:
    """Two bots on one server are told apart by their tokens."""
    assert (await family.get_me()).id == 1001
    assert (await coordinator.get_me()).id == 1002


async def test_unknown_token_is_refused(server: TelegramServer) -> None:
    """A token that the server does not know is answered with 401."""
    async with aiogram_bot(server.base_url, make_token(9)) as stranger:
        with pytest.raises(TelegramUnauthorizedError):
            await stranger.get_me()


async def test_updates_stay_until_confirmed(family: aiogram.Bot, ana: Phone) -> None:
    """The same updates come again until an offset above them confirms them."""
    ana.send("one")
    ana.send("two")
    first, second = numbers(await family.get_updates())
    assert numbers(await family.get_updates(offset=first)) == [first, second]
    assert numbers(await family.get_updates(offset=second, limit=1)) == [second]
    assert numbers(await family.get_updates()) == [second]
    assert await family.get_updates(offset=second + 1) == []


async def test_negative_offset_keeps_the_last(family: aiogram.Bot, ana: Phone) -> None:
    """An offset of -1 forgets all but the newest update."""
    for word in ("one", "two", "three"):
        ana.send(word)
    updates = await family.get_updates(offset=-1)
    assert [one.message.text for one in updates if one.message] == ["three"]
    assert len(await family.get_updates()) == 1


async def test_long_poll_answers_as_soon_as_something_comes(
    coordinator: telegram.Bot, dana: Phone, server: TelegramServer
) -> None:
    """A waiting getUpdates returns with the update that comes meanwhile."""
    waiting = asyncio.create_task(coordinator.get_updates(timeout=20))
    await server.polled(COORDINATOR)
    dana.send("hello")
    (update,) = await waiting
    assert update.message is not None
    assert update.message.text == "hello"


async def test_long_poll_ends_empty(family: aiogram.Bot, ana: Phone) -> None:
    """A getUpdates to which nothing comes ends with an empty list after its timeout."""
    assert await family.get_updates(timeout=1) == []


async def test_allowed_updates_leave_the_rest_out(family: aiogram.Bot, ana: Phone) -> None:
    """Kinds that a bot did not ask for are never queued, and the choice is remembered."""
    await family.get_updates(allowed_updates=["callback_query"])
    ana.send("unheard")
    assert await family.get_updates() == []


async def test_second_reader_ends_the_first(family: aiogram.Bot, server: TelegramServer) -> None:
    """Of two getUpdates at once the earlier one gets the 409."""
    first = asyncio.create_task(family.get_updates(timeout=20))
    await server.polled(FAMILY)
    assert await family.get_updates() == []
    with pytest.raises(TelegramConflictError):
        await first


async def test_webhook_shuts_out_polling(family: aiogram.Bot, server: TelegramServer) -> None:
    """While a webhook is set getUpdates is refused, and setting one ends a waiting reader."""
    waiting = asyncio.create_task(family.get_updates(timeout=20))
    await server.polled(FAMILY)
    await family.set_webhook("https://vigil.example/hook")
    with pytest.raises(TelegramConflictError):
        await waiting
    with pytest.raises(TelegramConflictError):
        await family.get_updates()
    await family.delete_webhook()
    assert await family.get_updates() == []


async def test_confirmed_update_is_delivered_again(
    family: aiogram.Bot, ana: Phone, server: TelegramServer
) -> None:
    """An update can come once more after it was confirmed, and then is gone."""
    ana.send("one")
    (update,) = await family.get_updates()
    assert await family.get_updates(offset=update.update_id + 1) == []
    server.deliver_again(FAMILY)
    again = await family.get_updates(offset=update.update_id + 1)
    assert numbers(again) == [update.update_id]
    assert await family.get_updates(offset=update.update_id + 1) == []


async def test_doubled_answer(family: aiogram.Bot, ana: Phone, server: TelegramServer) -> None:
    """A doubled answer hands the same updates to the next getUpdates although confirmed."""
    server.inject(fault.doubled(), method="getUpdates")
    ana.send("one")
    (update,) = await family.get_updates()
    assert numbers(await family.get_updates(offset=update.update_id + 1)) == [update.update_id]
    assert await family.get_updates(offset=update.update_id + 1) == []


async def test_reader_that_hung_up_takes_nothing_along(
    family: aiogram.Bot, ana: Phone, server: TelegramServer
) -> None:
    """A reader that died is noticed, and what comes after it is there for the next one."""
    dead = asyncio.create_task(family.get_updates(timeout=20))
    await server.polled(FAMILY)
    dead.cancel()
    await asyncio.gather(dead, return_exceptions=True)
    assert await server.finished(server.calls("getUpdates")[0]) == "gone"
    server.deliver_again(FAMILY)
    ana.send("one")
    assert len(await family.get_updates(timeout=5)) == 2


async def test_drop_pending_updates(family: aiogram.Bot, ana: Phone) -> None:
    """Taking the webhook away can forget what waits."""
    ana.send("one")
    info = await family.get_webhook_info()
    assert info.pending_update_count == 1
    await family.delete_webhook(drop_pending_updates=True)
    assert await family.get_updates() == []
