"""The way off Telegram, with the real library delivering to loopback services."""

import asyncio
import logging

import pytest

from bot.channels.apprise import AppriseChannel
from bot.channels.base import Button, Card, Receipt, Rendered, SendFailed, Trouble
from flows.message import Inbound
from flows.team import Act
from tests.harness.apprise_sink import MailSink, WebSink

ALERT = Rendered(text="Vigil V-0012: immediate")


async def receive(update: Inbound | Act) -> None:
    """A house that nothing is expected to reach."""
    raise AssertionError(f"nothing comes in on this way: {update}")


async def trouble_of(channel: AppriseChannel, address: str = "on_call") -> Trouble:
    """Why a message to this role is not delivered."""
    with pytest.raises(SendFailed) as failed:
        await channel.send(address, ALERT)
    return failed.value.trouble


async def test_text_reaches_every_target_of_the_role() -> None:
    """A role's targets all get the text; those of another role get nothing."""
    async with WebSink() as web, MailSink() as mail:
        channel = AppriseChannel({"on_call": [web.url("a"), mail.url], "second": [web.url("b")]})
        assert await channel.send("on_call", ALERT) == Receipt("")
        assert [(one.path, one.body["message"]) for one in web.notes] == [("/a", ALERT.text)]
        (letter,) = mail.mails
        assert ALERT.text in letter


async def test_only_the_text_leaves() -> None:
    """Buttons, their tokens and a card with a phone number stay in the house."""
    more = Rendered(ALERT.text, ((Button("Acknowledge", token="secret"),),), Card("Noa", "+9721"))
    async with WebSink() as web:
        await AppriseChannel({"on_call": [web.url()]}).send("on_call", more)
    said = str(web.notes[0].body)
    assert ALERT.text in said
    assert not [one for one in ("secret", "Acknowledge", "Noa", "9721") if one in said]


async def test_one_target_told_is_enough() -> None:
    """With one of two targets down the message is delivered once and counts as delivered."""
    async with WebSink() as web, WebSink(status=503) as broken:
        channel = AppriseChannel({"on_call": [broken.url(), web.url()]})
        assert await channel.send("on_call", ALERT) == Receipt("")
    assert len(web.notes) == 1


async def test_no_target_told_is_down() -> None:
    """With every target refusing, or nobody listening, the sender is told to try again."""
    async with WebSink(status=503) as broken:
        channel = AppriseChannel({"on_call": [broken.url()]})
        assert await trouble_of(channel) is Trouble.down
    assert await trouble_of(channel) is Trouble.down


async def test_role_without_target_is_refused() -> None:
    """A role that has no target, and one that nobody knows, will never be told."""
    channel = AppriseChannel({"on_call": []})
    assert await trouble_of(channel) is Trouble.refused
    assert await trouble_of(channel, "nobody") is Trouble.refused


async def test_bad_address_is_refused_without_being_shown() -> None:
    """An address that apprise does not know is named by role and place; it may hold a secret."""
    with pytest.raises(ValueError, match="address 2 of second") as error:
        AppriseChannel({"second": ["json://127.0.0.1", "nothing://hunter2@nowhere"]})
    assert "hunter2" not in str(error.value)


async def test_no_address_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    """Neither this channel nor the libraries below it log an address, whatever goes wrong."""
    async with WebSink(status=500) as broken:
        channel = AppriseChannel({"on_call": [broken.url("hunter2"), "json://127.0.0.1:1/hunter2"]})
        with caplog.at_level(logging.DEBUG):
            assert await trouble_of(channel) is Trouble.down
    assert "0 of 2 targets of on_call" in caplog.text
    assert "hunter2" not in caplog.text
    assert str(broken.port) not in caplog.text


async def test_nothing_is_edited() -> None:
    """What left cannot be changed."""
    with pytest.raises(SendFailed) as failed:
        await AppriseChannel({}).edit("on_call", Receipt(""), ALERT)
    assert failed.value.trouble is Trouble.gone


async def test_run_waits_until_cancelled() -> None:
    """The way has no inbound; it runs until it is told to end."""
    channel = AppriseChannel({})
    running = asyncio.create_task(channel.run(receive))
    await asyncio.sleep(0)
    assert not running.done()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    await channel.close()
