"""What the coordinators' channel says, and how it reports what could not be said."""

import asyncio
from datetime import timedelta

import pytest

from bot.channels.base import Button, Card, Receipt, Rendered, SendFailed, Trouble
from tests.bot.channels.coordinator import GROUP, TOKEN, Desk, desk
from tests.harness.telegram import Phone, fault

ROWS = (
    (Button("Acknowledge", token="acknowledge:12"), Button("I am calling", token="calling:12")),
    (Button("WhatsApp", url="https://wa.me/972500000000"), Button("Number", copy="+972500000000")),
)
PAGE = Rendered("Page V-0012", ROWS)


def dana(at: Desk) -> Phone:
    """Dana's phone, on which she wrote to the bot before."""
    phone = at.server.phone(88, bot=TOKEN, first_name="Dana")
    phone.room.started = True
    return phone


def commands_of(at: Desk) -> dict[tuple[str, str], list[dict[str, str]]]:
    """The menus that Telegram was told of."""
    return at.server.account(TOKEN).commands


async def trouble_of(at: Desk, message: Rendered = PAGE, address: str = "88") -> SendFailed:
    """How a message fails to be delivered."""
    with pytest.raises(SendFailed) as failed:
        await at.channel.send(address, message)
    return failed.value


async def test_page_is_shown_with_its_buttons() -> None:
    """Text and buttons arrive as they are, without markup, and the receipt names the message."""
    async with desk() as at:
        phone = dana(at)
        receipt = await at.channel.send("88", Rendered("<b> *who* _what_", ROWS))
        shown = await phone.hears()
    assert receipt == Receipt(str(shown.id))
    assert (shown.text, shown.entities) == ("<b> *who* _what_", [])
    assert shown.labels == [["Acknowledge", "I am calling"], ["WhatsApp", "Number"]]
    (act, calling), (link, copy) = shown.buttons
    assert (act.data, calling.data) == ("acknowledge:12", "calling:12")
    assert (link.url, copy.copies) == ("https://wa.me/972500000000", "+972500000000")


async def test_silent_message_does_not_ring() -> None:
    """A message rings unless it is said to be silent."""
    async with desk() as at:
        phone = dana(at)
        await at.channel.send("88", PAGE)
        await at.channel.send("88", Rendered("queue", silent=True))
    assert [one.ringing for one in phone.chat] == [True, False]


async def test_card_comes_below_the_text() -> None:
    """A card is a message of its own; the receipt names the one that has the buttons."""
    async with desk() as at:
        phone = dana(at)
        receipt = await at.channel.send("88", Rendered("Page", ROWS, Card("Noa", "+97231234567")))
        alone = await at.channel.send("88", Rendered("", ROWS, Card("Noa", "+97231234567")))
    page, card, both = phone.chat
    assert [page.id, both.id] == [int(receipt.message), int(alone.message)]
    assert card.contact is not None
    assert card.contact["phone_number"] == "+97231234567"
    assert (card.labels, both.labels) == ([], page.labels)


async def test_card_that_fails_does_not_repeat_the_page() -> None:
    """A page that was delivered counts as delivered, whatever becomes of its card."""
    async with desk() as at:
        at.server.inject(fault.server_error(), method="sendContact")
        phone = dana(at)
        receipt = await at.channel.send("88", Rendered("Page", card=Card("Noa", "+97231234567")))
    assert [one.id for one in phone.chat] == [int(receipt.message)]


async def test_long_text_comes_in_parts() -> None:
    """A text beyond Telegram's limit arrives whole, in parts, with the buttons under the last."""
    words = "word " * 1500
    async with desk() as at:
        phone = dana(at)
        receipt = await at.channel.send("88", Rendered(words.strip(), ROWS))
    assert " ".join(one.text for one in phone.chat).split() == words.split()
    assert [bool(one.buttons) for one in phone.chat] == [False, True]
    assert receipt.message == str(phone.newest.id)


async def test_message_is_changed_in_place() -> None:
    """An edit changes text and buttons; without a text it takes only the buttons away."""
    async with desk() as at:
        phone = dana(at)
        receipt = await at.channel.send("88", PAGE)
        assert await at.channel.edit("88", receipt, Rendered("Dana has it", ROWS[:1])) == receipt
        assert (phone.newest.text, phone.newest.labels[0][0]) == ("Dana has it", "Acknowledge")
        assert await at.channel.edit("88", receipt, Rendered()) == receipt
    assert (phone.newest.text, phone.newest.buttons) == ("Dana has it", [])


async def test_edit_without_change_is_done() -> None:
    """A message that already is as wished counts as edited."""
    async with desk() as at:
        dana(at)
        receipt = await at.channel.send("88", PAGE)
        at.server.inject(
            fault.refused(400, "Bad Request: message is not modified: specified new message ..."),
            method="editMessageText",
        )
        assert await at.channel.edit("88", receipt, PAGE) == receipt


@pytest.mark.parametrize(
    "said", ["message to edit not found", "message can't be edited", "MESSAGE_ID_INVALID"]
)
async def test_message_that_is_gone_cannot_be_edited(said: str) -> None:
    """What is too old or no longer there is reported as gone."""
    async with desk() as at:
        dana(at)
        receipt = await at.channel.send("88", PAGE)
        at.server.inject(fault.refused(400, f"Bad Request: {said}"), method="editMessageText")
        with pytest.raises(SendFailed) as failed:
            await at.channel.edit("88", receipt, PAGE)
    assert failed.value.trouble is Trouble.gone


@pytest.mark.parametrize("receipt", [Receipt(""), Receipt("x")])
async def test_edit_of_nothing_is_gone(receipt: Receipt) -> None:
    """Without the message's number, or with a text too long to fit, Telegram is not asked."""
    async with desk() as at:
        for one, message in ((receipt, PAGE), (Receipt("1"), Rendered("x" * 5000))):
            with pytest.raises(SendFailed) as failed:
                await at.channel.edit("88", one, message)
            assert failed.value.trouble is Trouble.gone
        assert not at.server.calls("editMessageText")


@pytest.mark.parametrize(
    ("one", "trouble"),
    [
        (fault.too_many(7), Trouble.busy),
        (fault.blocked(), Trouble.blocked),
        (fault.refused(400, "Bad Request: chat not found"), Trouble.blocked),
        (fault.refused(400, "Bad Request: not enough rights to send"), Trouble.blocked),
        (fault.refused(400, "Bad Request: BUTTON_DATA_INVALID"), Trouble.refused),
        (fault.refused(401, "Unauthorized"), Trouble.down),
        (fault.refused(404, "Not Found"), Trouble.down),
        (fault.conflicted(), Trouble.down),
        (fault.server_error(500), Trouble.down),
        (fault.server_error(502), Trouble.down),
        (fault.not_json(), Trouble.down),
        (fault.dropped_before(), Trouble.down),
        (fault.dropped_after(), Trouble.down),
    ],
)
async def test_each_failure_has_its_trouble(one: fault.Fault, trouble: Trouble) -> None:
    """Every way in which Telegram says no becomes the word that the sender acts on."""
    async with desk() as at:
        dana(at)
        at.server.inject(one, method="sendMessage")
        failed = await trouble_of(at)
    assert failed.trouble is trouble
    assert failed.retry_after == (timedelta(seconds=7) if trouble is Trouble.busy else None)
    assert failed.__suppress_context__


async def test_lost_network_is_down() -> None:
    """With nobody there the message waits, and goes out when the network is back."""
    async with desk() as at:
        phone = dana(at)
        at.server.go_offline()
        assert (await trouble_of(at)).trouble is Trouble.down
        at.server.go_online()
        await at.channel.send("88", PAGE)
    assert phone.newest.text == PAGE.text


async def test_moved_group_tells_its_new_address() -> None:
    """A message to the group's old id fails with the new one, where it can then be sent."""
    async with desk() as at:
        room = at.server.group(GROUP, [dana(at)])
        new = room.migrate()
        failed = await trouble_of(at, address=str(GROUP))
        assert (failed.trouble, failed.moved_to) == (Trouble.moved, str(new))
        await at.channel.send(failed.moved_to, PAGE)
    assert room.newest.text == PAGE.text


async def test_commands_are_described_in_each_language() -> None:
    """The menu is told in each language, and once more when Telegram was away."""
    async with desk() as at:
        at.server.inject(fault.server_error(), method="setMyCommands", times=2)
        await at.server.world.bell.until(lambda: len(commands_of(at)) == 2 or None, timeout=5)
        told = {place[1]: said for place, said in commands_of(at).items()}
    assert told[""] == [{"command": "open", "description": "What is open"}]
    assert told["he"] == [{"command": "open", "description": "מה פתוח"}]


async def test_refused_commands_are_let_be() -> None:
    """A menu that Telegram refuses for good is no reason to ask for ever, or to stop."""
    async with desk() as at:
        refusal = fault.refused(400, "Bad Request: BOT_COMMAND_INVALID")
        injection = at.server.inject(refusal, method="setMyCommands", times=None)
        await at.server.polled(TOKEN)
        await at.server.world.bell.until(lambda: len(injection.hits) == 2 or None, timeout=5)
        await asyncio.sleep(0.05)
    assert len(injection.hits) == 2
