"""The families' Telegram channel: what it has of its own, against the fake Bot API."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiogram.types import Update

from bot.bot_api import SECRET_HEADER
from bot.channels.base import Button, Card, Rendered, SendFailed, Trouble
from bot.channels.family_telegram.update import Arrival, read_raw, read_update
from flows.message import Inbound, InboundKind
from tests.bot.channels.contract import House, until
from tests.bot.channels.rig_telegram import (
    ANA,
    ENGLISH,
    HEBREW,
    SECRET,
    TOKEN,
    PollingRig,
    WebhookRig,
)
from tests.harness.telegram import fault

LIST = Rendered(text="Which?", rows=((Button("1 Fever", "t:1"),), (Button("Next", "t:2"),)))


class Noted(House):
    """A house that keeps the updates themselves."""

    inbounds: list[Inbound]

    def __init__(self) -> None:
        self.inbounds = []
        super().__init__()

    async def receive(self, item: object) -> None:
        """Keep it, and commit."""
        assert isinstance(item, Inbound)
        self.inbounds.append(item)
        await super().receive(item)


@pytest.fixture
async def rig() -> AsyncIterator[PollingRig]:
    """Ana's phone at the polling bot."""
    rig = PollingRig()
    await rig.open()
    yield rig
    await rig.stop()
    await rig.close()


@pytest.fixture
async def hooked() -> AsyncIterator[WebhookRig]:
    """Ana's phone at the bot with a webhook."""
    rig = WebhookRig()
    await rig.open()
    yield rig
    await rig.stop()
    await rig.close()


@pytest.fixture
async def house(rig: PollingRig) -> Noted:
    """The house behind the polling bot."""
    house = Noted()
    await rig.start(house)
    return house


async def one(house: Noted) -> Inbound:
    """The only update that was handed in."""
    (item,) = await arrived(house, 1)
    return item


async def arrived(house: Noted, count: int) -> list[Inbound]:
    """Updates, once so many were handed in."""
    await house.has(count)
    return house.inbounds


# --- in ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "read"),
    [
        ("voice", InboundKind.voice),
        ("audio", InboundKind.voice),
        ("video_note", InboundKind.voice),
        ("photo", InboundKind.photo),
        ("video", InboundKind.photo),
        ("animation", InboundKind.photo),
        ("sticker", InboundKind.sticker),
        ("location", InboundKind.location),
        ("document", InboundKind.other),
        ("dice", InboundKind.other),
        ("poll", InboundKind.other),
        ("empty", InboundKind.other),
    ],
)
async def test_reads_every_kind(
    rig: PollingRig, house: Noted, kind: str, read: InboundKind
) -> None:
    """Whatever a family sends is handed in under a kind that the house can answer."""
    rig.phone.send_kind(kind)
    assert (await one(house)).kind is read


async def test_caption_is_text(rig: PollingRig, house: Noted) -> None:
    """What is written below a picture is read like any words."""
    rig.phone.send_photo("he does not wake")
    item = await one(house)
    assert (item.kind, item.text) == (InboundKind.photo, "he does not wake")


async def test_empty_text(rig: PollingRig, house: Noted) -> None:
    """A text without a letter is a text all the same."""
    rig.phone.send_raw({"text": ""})
    item = await one(house)
    assert (item.kind, item.text) == (InboundKind.text, "")


async def test_names_who_writes(rig: PollingRig, house: Noted) -> None:
    """The first name and the client's language come along, and a command is a text."""
    rig.phone.send("/start ward")
    item = await one(house)
    assert (item.text, item.name, item.language_code) == ("/start ward", "Ana", "he")
    assert item.update.removeprefix("telegram:").isdecimal()


async def test_edited_message(rig: PollingRig, house: Noted) -> None:
    """An edited message is told apart, and carries its new words."""
    message = rig.phone.send("38.4")
    rig.phone.edit(message, "39.4")
    items = await arrived(house, 2)
    assert (items[1].kind, items[1].text) == (InboundKind.edited, "39.4")


async def test_own_number(rig: PollingRig, house: Noted) -> None:
    """A person's own card gives the phone number, in the form that can be dialled."""
    rig.phone.share_contact("972501234567")
    item = await one(house)
    assert (item.kind, item.phone) == (InboundKind.contact, "+972501234567")


async def test_somebody_elses_number(rig: PollingRig, house: Noted) -> None:
    """The card of somebody else is not taken for the person's number."""
    rig.phone.share_contact("+972509999999", own=False)
    item = await one(house)
    assert (item.kind, item.phone) == (InboundKind.other, "")


async def test_blocked_and_back(rig: PollingRig, house: Noted) -> None:
    """The house hears when a family blocks the bot, and when it returns."""
    rig.phone.block()
    rig.phone.unblock()
    items = await arrived(house, 2)
    assert [item.kind for item in items] == [InboundKind.blocked, InboundKind.returned]
    assert {str(item.urn) for item in items} == {f"telegram:{ANA}"}


async def test_tap_is_answered_after_the_commit(rig: PollingRig, house: Noted) -> None:
    """A tap shows as loading until it is committed, and not longer."""
    await rig.channel.send(rig.address, LIST)
    house.gate.clear()
    query = rig.phone.tap("Next")
    await house.has(1)
    assert query is not None
    assert not query.answered
    house.gate.set()
    await rig.phone.answered(query)


async def test_tap_too_old_to_be_answered(rig: PollingRig, house: Noted) -> None:
    """A tap that Telegram lets nobody answer any more counts like any other."""
    await rig.channel.send(rig.address, LIST)
    rig.phone.tap("Next", inaccessible=True)
    rig.server.expire_queries()
    assert (await one(house)).token == "t:2"
    await until(lambda: len(rig.server.calls("answerCallbackQuery")) == 1)
    rig.phone.send("still here")
    await house.has(2)


async def test_group_is_declined(rig: PollingRig, house: Noted) -> None:
    """In a group the bot says in the speaker's language that it is for private chats, and goes."""
    group = rig.server.group(-500, [rig.phone])
    group.say(rig.phone, "/start")
    await group.hears(HEBREW.private_only)
    await until(lambda: group.room.bots == set())
    assert house.items == []


async def test_groups_own_notices_are_left_alone(rig: PollingRig, house: Noted) -> None:
    """A notice that nobody wrote gets no answer."""
    group = rig.server.group(-500, [rig.phone])
    group.migrate()
    rig.phone.send("38.4")
    await house.has(1)
    await until(lambda: rig.unconfirmed() == 0)
    assert [message for message in group.chat if message.by_bot] == []


async def test_unknown_shape_holds_up_nobody(rig: PollingRig, house: Noted) -> None:
    """An update of a shape that aiogram does not know is answered, and those beside it arrive."""
    rig.phone.send_raw({"text": "before", "entities": "not a list"})
    rig.phone.send("after")
    items = await arrived(house, 2)
    assert [item.kind for item in items] == [InboundKind.other, InboundKind.text]
    await until(lambda: rig.unconfirmed() == 0)


@pytest.mark.parametrize(
    "raw",
    [
        {"update_id": 5},
        {"update_id": 5, "message": {"chat": {"id": "x"}}},
        {"update_id": 5, "poll": {}},
    ],
)
def test_update_of_nobody(raw: dict[str, object]) -> None:
    """An update that names no chat has nobody to answer, and is only confirmed."""
    assert read_raw(raw).meaning is None


def test_unreadable_tap_is_known_by_its_chat() -> None:
    """A tap of an unknown shape is answered in the chat that it came from."""
    raw = {"update_id": 5, "callback_query": {"message": {"chat": {"id": ANA}}}}
    item = read_raw(raw).meaning
    assert isinstance(item, Inbound)
    assert (item.kind, item.urn.address) == (InboundKind.other, str(ANA))


# --- polling -------------------------------------------------------------------------------------


TROUBLES = [
    fault.conflicted(),
    fault.too_many(1),
    fault.server_error(500),
    fault.not_json(),
    fault.dropped_before(),
    fault.dropped_after(),
    fault.refused(401, "Unauthorized"),
]


@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda one: one.name)
async def test_polling_outlives_trouble(rig: PollingRig, trouble: fault.Fault) -> None:
    """Whatever Telegram answers to a poll, the next poll brings what was written meanwhile."""
    rig.server.inject(trouble, method="getUpdates", times=3)
    rig.phone.send("38.4")
    house = Noted()
    await rig.start(house)
    assert (await one(house)).text == "38.4"


async def test_polling_outlives_a_fault_of_ours(
    rig: PollingRig, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """An update that our own reading stumbles over is logged, and does not end the polling."""
    faults = [ValueError("yellow skin")]

    def stumble(update: Update) -> Arrival:
        if faults:
            raise faults.pop()
        return read_update(update)

    monkeypatch.setattr("bot.channels.family_telegram.wire.read_update", stumble)
    house = Noted()
    await rig.start(house)
    rig.phone.send("38.4")
    assert (await one(house)).text == "38.4"
    assert "updates could not be read: ValueError" in caplog.text
    assert "yellow skin" not in caplog.text


async def test_waits_grow(rig: PollingRig) -> None:
    """While the network is down the polls grow rarer, up to a minute apart."""
    rig.server.inject(fault.server_error(), method="getUpdates", times=8)
    before = rig.clock.now()
    rig.phone.send("38.4")
    house = Noted()
    await rig.start(house)
    await house.has(1)
    waited = (rig.clock.now() - before).total_seconds()
    assert waited == (1 + 2 + 4 + 8 + 16 + 32 + 60 + 60) / 2


async def test_offline_and_back(rig: PollingRig, house: Noted) -> None:
    """What is written while the network is away arrives when it is back."""
    await rig.server.polled(TOKEN)
    rig.server.go_offline()
    rig.phone.send("38.4")
    await asyncio.sleep(0.05)
    rig.server.go_online()
    assert (await one(house)).text == "38.4"


async def test_doubled_answer(rig: PollingRig) -> None:
    """A poll answered twice hands the same updates in twice, and the offset never goes back."""
    rig.server.inject(fault.doubled(), method="getUpdates")
    rig.phone.send("38.4")
    house = Noted()
    await rig.start(house)
    items = await arrived(house, 2)
    assert items[0] == items[1]
    await rig.server.polled(TOKEN)
    offsets = [int(call.params.get("offset", 0)) for call in rig.server.calls("getUpdates")]
    assert offsets == sorted(offsets)


async def test_offset_never_goes_back(rig: PollingRig, house: Noted) -> None:
    """An update delivered once more, long after it was confirmed, does not bring back others."""
    for text in ("one", "two", "three"):
        rig.phone.send(text)
    items = await arrived(house, 3)
    await until(lambda: rig.unconfirmed() == 0)
    rig.server.deliver_again(TOKEN, int(items[0].update.removeprefix("telegram:")))
    await arrived(house, 4)
    rig.phone.send("four")
    await arrived(house, 5)
    await until(lambda: rig.unconfirmed() == 0)
    offsets = [int(call.params.get("offset", 0)) for call in rig.server.calls("getUpdates")]
    assert offsets == sorted(offsets)


async def test_one_chat_does_not_hold_up_another(rig: PollingRig, house: Noted) -> None:
    """Updates of different chats are handed in together, so that they share a commit."""
    ben = rig.server.phone(78, bot=TOKEN)
    await rig.server.polled(TOKEN)
    house.gate.clear()
    hold = rig.server.hold("getUpdates", when="after")
    rig.phone.send("one")
    await rig.server.reached(hold)
    ben.send("two")
    rig.phone.send("three")
    rig.server.release(hold)
    await house.has(1)
    house.gate.set()
    await house.has(3)
    texts = [item.text for item in house.inbounds]
    assert texts.index("one") < texts.index("three")


async def test_offset_stops_at_what_failed(rig: PollingRig) -> None:
    """Of a batch only what stands before the first failure is confirmed."""
    ben = rig.server.phone(78, bot=TOKEN)
    rig.phone.send("ok")
    ben.send("fails")
    rig.phone.send("ok too")

    class Picky(Noted):
        async def receive(self, item: object) -> None:
            assert isinstance(item, Inbound)
            if item.text == "fails" and not any(one.text == "fails" for one in self.inbounds):
                self.inbounds.append(item)
                raise OSError("disk full")
            await super().receive(item)

    house = Picky()
    await rig.start(house)
    await until(lambda: [item.text for item in house.inbounds].count("fails") == 2)
    await until(lambda: rig.unconfirmed() == 0)
    texts = [item.text for item in house.inbounds]
    assert texts.count("ok") == 1
    assert texts.count("ok too") == 2


async def test_asks_only_for_what_it_reads(rig: PollingRig, house: Noted) -> None:
    """The bot names the kinds of updates that it wants, and keeps what waited before it."""
    await rig.server.polled(TOKEN)
    assert rig.server.account(TOKEN).updates.allowed == [
        "message",
        "edited_message",
        "callback_query",
        "my_chat_member",
    ]
    (call,) = rig.server.calls("deleteWebhook")
    assert call.fields.get("drop_pending_updates") is not True


# --- webhook -------------------------------------------------------------------------------------


async def test_webhook_is_set(hooked: WebhookRig) -> None:
    """The webhook is set with the secret and the kinds, and what waited is kept."""
    hooked.phone.send("from before")
    house = Noted()
    await hooked.start(house)
    assert (await one(house)).text == "from before"
    webhook = hooked.server.account(TOKEN).webhook
    assert webhook is not None
    assert webhook.url == f"{hooked.hooks.address}/telegram/family"
    assert webhook.secret == SECRET
    assert all(call.outcome == "ok" for call in hooked.server.calls("setWebhook"))


async def test_webhook_is_set_after_trouble(hooked: WebhookRig) -> None:
    """A webhook that could not be set at once is set later."""
    hooked.server.inject(fault.server_error(), method="setWebhook", times=2)
    house = Noted()
    await hooked.start(house)
    hooked.phone.send("38.4")
    assert (await one(house)).text == "38.4"


@pytest.mark.parametrize("secret", ["wrong", "", None, "öpen-sesame"])
async def test_webhook_needs_the_secret(hooked: WebhookRig, secret: str | None) -> None:
    """Whoever posts without the secret is refused, and the house hears nothing of it."""
    hooked.server.wrong_secret(TOKEN, secret)
    house = Noted()
    await hooked.start(house)
    hooked.phone.send("38.4")
    await one(house)
    await until(lambda: [post.status for post in hooked.server.posted(TOKEN)] == [403, 200])


async def test_webhook_answers_after_the_commit(hooked: WebhookRig) -> None:
    """Telegram hears 200 only once the update is committed."""
    house = Noted()
    house.gate.clear()
    await hooked.start(house)
    hooked.phone.send("38.4")
    await house.has(1)
    assert hooked.server.posted(TOKEN) == []
    house.gate.set()
    await until(lambda: [post.status for post in hooked.server.posted(TOKEN)] == [200])


async def test_webhook_keeps_the_order_of_a_chat(hooked: WebhookRig) -> None:
    """Updates that Telegram brings at once are taken one by one within a chat."""
    house = Noted()
    house.gate.clear()
    await hooked.start(house)
    await until(lambda: hooked.server.account(TOKEN).webhook is not None)

    async def bring(update: int, chat: int) -> int:
        message = {"message_id": 1, "date": 0, "chat": {"id": chat, "type": "private"}, "text": "x"}
        async with (
            aiohttp.ClientSession() as session,
            session.post(
                f"{hooked.hooks.address}/telegram/family",
                json={"update_id": update, "message": message},
                headers={SECRET_HEADER: SECRET},
            ) as answer,
        ):
            return answer.status

    first = asyncio.ensure_future(bring(1, ANA))
    await house.has(1)
    rest = [asyncio.ensure_future(bring(2, ANA)), asyncio.ensure_future(bring(3, 78))]
    await house.has(2)
    assert [item.update for item in house.inbounds] == ["telegram:1", "telegram:3"]
    house.gate.set()
    assert await asyncio.gather(first, *rest) == [200, 200, 200]
    assert [item.update for item in house.inbounds] == ["telegram:1", "telegram:3", "telegram:2"]


@pytest.mark.parametrize("body", [[], "x", {}, {"message": {}}])
async def test_webhook_refuses_what_is_no_update(hooked: WebhookRig, body: object) -> None:
    """What does not even bear a number is not taken for an update."""
    await hooked.start(Noted())
    await until(lambda: hooked.server.account(TOKEN).webhook is not None)
    url, headers = f"{hooked.hooks.address}/telegram/family", {SECRET_HEADER: SECRET}
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, json=body, headers=headers) as answer,
    ):
        assert answer.status == 500


async def test_polling_takes_over_from_a_webhook(hooked: WebhookRig) -> None:
    """A bot that polled through a webhook before can poll again."""
    await hooked.start(Noted())
    await until(lambda: hooked.server.account(TOKEN).webhook is not None)
    await hooked.stop()
    polling = PollingRig()
    polling.server = hooked.server
    house = Noted()
    await polling.start(house)
    hooked.phone.send("38.4")
    assert (await one(house)).text == "38.4"
    await polling.stop()


# --- out -----------------------------------------------------------------------------------------


async def test_every_button(rig: PollingRig, house: Noted) -> None:
    """Buttons answer, open and copy; a row too wide for Telegram goes on in the next."""
    wide = tuple(Button(str(number), f"t:{number}") for number in range(10))
    other = (Button("Map", url="https://example.org/"), Button("Number", copy="+97231234567"))
    await rig.channel.send(rig.address, Rendered(text="Which?", rows=(wide, other)))
    assert [len(row) for row in rig.phone.newest.buttons] == [8, 2, 2]
    rig.phone.tap("Map")
    rig.phone.tap("Number")
    assert rig.phone.opened == ["https://example.org/"]
    assert rig.phone.clipboard == "+97231234567"


async def test_telephone_link_goes_as_text(rig: PollingRig, house: Noted) -> None:
    """A link that Telegram refuses becomes a number that the client makes callable."""
    rows = ((Button("Ward", url="tel:+97231234567"), Button("Next", "t:1")),)
    await rig.channel.send(rig.address, Rendered(text="Call", rows=rows))
    assert rig.phone.newest.text == "Call\nWard: +97231234567"
    assert rig.phone.newest.labels == [["Next"]]


async def test_ticks_in_place(rig: PollingRig, house: Noted) -> None:
    """Ticking changes the list where it stands, and the same list again is no trouble."""
    receipt = await rig.channel.send(rig.address, LIST)
    ticked = Rendered(text="Which?", rows=((Button("✓ Fever", "t:1"),), (Button("Next", "t:2"),)))
    assert await rig.channel.edit(rig.address, receipt, ticked) == receipt
    rig.server.expects_violation("message is not modified", times=1)
    assert await rig.channel.edit(rig.address, receipt, ticked) == receipt
    assert rig.phone.newest.labels == [["✓ Fever"], ["Next"]]
    assert len([message for message in rig.phone.chat if message.by_bot]) == 1


async def test_asks_for_the_number(rig: PollingRig, house: Noted) -> None:
    """One key hands the own number over."""
    await rig.channel.send(rig.address, Rendered(text="Your number?", ask_contact="Send it"))
    rig.phone.press_keyboard("Send it")
    assert (await one(house)).phone == rig.phone.phone_number


async def test_asks_for_the_number_beside_choices(rig: PollingRig, house: Noted) -> None:
    """The key for the number goes along where the message has choices of its own."""
    message = Rendered(text="Which?", rows=LIST.rows, ask_contact="Send it")
    receipt = await rig.channel.send(rig.address, message)
    assert rig.phone.keyboard == [["Send it"]]
    assert [str(one.id) for one in rig.phone.chat if one.buttons] == [receipt.message]


async def test_card_that_is_refused_costs_no_words(rig: PollingRig, house: Noted) -> None:
    """A card that cannot be delivered does not send the words, which hold the number, twice."""
    rig.server.inject(fault.server_error(), method="sendContact")
    await rig.channel.send(rig.address, Rendered(text="Call 101", card=Card("Ward", "101")))
    assert [one.text for one in rig.phone.chat if one.by_bot] == ["Call 101"]


async def test_silent_message(rig: PollingRig, house: Noted) -> None:
    """A message that is to be silent does not ring, and any other does."""
    await rig.channel.send(rig.address, Rendered(text="by the way", silent=True))
    assert not rig.phone.newest.ringing
    await rig.channel.send(rig.address, Rendered(text="now"))
    assert rig.phone.newest.ringing


@pytest.mark.parametrize(
    ("said", "trouble"),
    [
        ("message to edit not found", Trouble.gone),
        ("message can't be edited", Trouble.gone),
        ("MESSAGE_ID_INVALID", Trouble.gone),
        ("chat not found", Trouble.blocked),
        ("USER_DEACTIVATED", Trouble.blocked),
        ("BUTTON_DATA_INVALID", Trouble.refused),
    ],
)
async def test_reads_the_refusal(
    rig: PollingRig, house: Noted, said: str, trouble: Trouble
) -> None:
    """Telegram's words for a refusal are read as what the sender must do."""
    receipt = await rig.channel.send(rig.address, LIST)
    rig.strike(fault.refused(400, f"Bad Request: {said}"))
    with pytest.raises(SendFailed) as failed:
        await rig.channel.edit(rig.address, receipt, Rendered(text="Now?"))
    assert failed.value.trouble is trouble


async def test_edit_that_has_grown_too_long(rig: PollingRig, house: Noted) -> None:
    """A message that no longer fits in one is to be sent anew."""
    receipt = await rig.channel.send(rig.address, LIST)
    with pytest.raises(SendFailed) as failed:
        await rig.channel.edit(rig.address, receipt, Rendered(text="x" * 4097))
    assert failed.value.trouble is Trouble.gone


async def test_page_of_a_proxy_is_down(rig: PollingRig, house: Noted) -> None:
    """An answer that is not Telegram's counts as a network that is down."""
    rig.strike(fault.not_json(status=200))
    with pytest.raises(SendFailed) as failed:
        await rig.channel.send(rig.address, LIST)
    assert failed.value.trouble is Trouble.down


async def test_invalid_token_keeps_what_is_owed(
    rig: PollingRig, house: Noted, caplog: pytest.LogCaptureFixture
) -> None:
    """With a token that was taken back messages wait; the token itself is never logged."""
    caplog.set_level(logging.DEBUG)
    rig.strike(fault.refused(401, "Unauthorized"))
    with pytest.raises(SendFailed) as failed:
        await rig.channel.send(rig.address, LIST)
    assert failed.value.trouble is Trouble.down
    assert TOKEN not in caplog.text


# --- introduction --------------------------------------------------------------------------------


async def test_introduces_itself(rig: PollingRig, house: Noted) -> None:
    """Commands and descriptions are set in every language, though Telegram is busy at first."""
    account = rig.server.account(TOKEN)
    await until(lambda: ("short_description", "he") in account.texts)
    commands = {language: said for (_, language), said in account.commands.items()}
    assert [one["command"] for one in commands["he"]] == ["start", "help"]
    assert commands["he"][1]["description"] == HEBREW.commands[1][1]
    assert set(commands) == {"", "en", "he"}
    assert account.texts["description", ""] == ENGLISH.description


async def test_introduction_waits_its_turn(rig: PollingRig) -> None:
    """An introduction that meets trouble is made later, and holds up no family."""
    rig.server.inject(fault.too_many(1), method="setMyCommands", times=2)
    rig.server.inject(fault.refused(400, "Bad Request: no"), method="setMyDescription", times=1)
    house = Noted()
    await rig.start(house)
    rig.phone.send("38.4")
    await house.has(1)
    account = rig.server.account(TOKEN)
    await until(lambda: ("short_description", "he") in account.texts)
    assert ("description", "") not in account.texts
    assert ("description", "he") in account.texts
