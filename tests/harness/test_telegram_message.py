"""Messages on the fake: sent, edited, deleted, and what the person then sees."""

import aiogram
import pytest
import telegram
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)

from tests.harness.conftest import FAMILY
from tests.harness.telegram import Phone, TelegramServer


def keys(*labels: str) -> InlineKeyboardMarkup:
    """One row of buttons whose data is their label."""
    row = [InlineKeyboardButton(text=label, callback_data=label) for label in labels]
    return InlineKeyboardMarkup(inline_keyboard=[row])


async def test_message_reaches_the_phone(family: aiogram.Bot, ana: Phone) -> None:
    """A sent message comes back with its number and is heard on the phone, ringing."""
    sent = await family.send_message(
        77, "<b>Call</b> 101 &amp; wait", parse_mode="HTML", reply_markup=keys("Yes", "No")
    )
    heard = await ana.hears("101 & wait")
    assert heard.id == sent.message_id
    assert heard.labels == [["Yes", "No"]]
    assert heard.entities == [{"type": "bold", "offset": 0, "length": 4}]
    assert heard.ringing
    assert not heard.edited
    assert sent.from_user is not None
    assert sent.from_user.id == 1001


async def test_the_other_library_reaches_its_phone(
    coordinator: telegram.Bot, dana: Phone, ana: Phone
) -> None:
    """Each person hears the bot that the phone is open at, and no other."""
    markup = telegram.InlineKeyboardMarkup(
        [[telegram.InlineKeyboardButton("Acknowledge", callback_data="ack:1")]]
    )
    await coordinator.send_message(88, "A page", reply_markup=markup)
    assert (await dana.hears("A page")).buttons[0][0].data == "ack:1"
    await ana.quiet(0.05)


async def test_numbers_grow_within_a_chat(family: aiogram.Bot, ana: Phone) -> None:
    """Message numbers increase and count the person's own messages too."""
    first = await family.send_message(77, "one")
    ana.send("two")
    assert (await family.send_message(77, "three")).message_id == first.message_id + 2


async def test_edit_keeps_the_number_and_does_not_ring(family: aiogram.Bot, ana: Phone) -> None:
    """An edit changes the message in its place: same number, marked as edited, unread once more."""
    sent = await family.send_message(77, "one", reply_markup=keys("A"))
    message = await ana.hears("one")
    await family.edit_message_text("two", chat_id=77, message_id=sent.message_id)
    assert await ana.hears("two") is message
    assert message.edited
    assert message.labels == []
    assert [event.what for event in ana.history] == ["new", "new", "edited"]


async def test_new_buttons_are_nothing_to_read(family: aiogram.Bot, ana: Phone) -> None:
    """An edit of buttons alone leaves nothing unread, and is seen."""
    sent = await family.send_message(77, "one", reply_markup=keys("A"))
    await ana.hears("one")
    await family.edit_message_reply_markup(
        chat_id=77, message_id=sent.message_id, reply_markup=keys("A ✓")
    )
    await ana.sees(lambda message: message.labels == [["A ✓"]])
    assert ana.unread() == []


async def test_unchanged_edit_is_refused(
    family: aiogram.Bot, ana: Phone, server: TelegramServer
) -> None:
    """An edit that changes nothing is refused, also after an earlier edit."""
    sent = await family.send_message(77, "one", reply_markup=keys("A"))
    await family.edit_message_text("two", chat_id=77, message_id=sent.message_id)
    server.expects_violation("message is not modified", times=2)
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await family.edit_message_text("two", chat_id=77, message_id=sent.message_id)
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await family.edit_message_reply_markup(chat_id=77, message_id=sent.message_id)


async def test_unknown_message_is_refused(
    family: aiogram.Bot, ana: Phone, server: TelegramServer
) -> None:
    """Editing or deleting what is not there, or editing what another wrote, is refused."""
    own = ana.send("mine")
    server.expects_violation("message to edit not found")
    server.expects_violation("message to delete not found")
    server.expects_violation("message can't be edited")
    with pytest.raises(TelegramBadRequest, match="not found"):
        await family.edit_message_text("x", chat_id=77, message_id=999)
    with pytest.raises(TelegramBadRequest, match="not found"):
        await family.delete_message(77, 999)
    with pytest.raises(TelegramBadRequest, match="can't be edited"):
        await family.edit_message_text("x", chat_id=77, message_id=own.id)


async def test_delete_takes_it_off_the_screen(
    family: aiogram.Bot, ana: Phone, server: TelegramServer
) -> None:
    """A deleted message is no longer shown; one past its 48 hours cannot be deleted."""
    sent = await family.send_message(77, "one")
    await family.delete_message(77, sent.message_id)
    assert [one.text for one in ana.chat] == ["/start"]
    await family.send_message(77, "two")
    (await ana.hears("two")).too_old = True
    server.expects_violation("can't be deleted")
    with pytest.raises(TelegramBadRequest):
        await family.delete_message(77, sent.message_id + 1)


async def test_contact_card(family: aiogram.Bot, ana: Phone) -> None:
    """A contact card arrives as a card, with its buttons."""
    button = InlineKeyboardButton(text="Copy", copy_text=CopyTextButton(text="+97231234567"))
    await family.send_contact(
        77,
        "+97231234567",
        "Clinic",
        reply_markup=InlineKeyboardMarkup(inline_keyboard=[[button]]),
    )
    card = await ana.hears(lambda message: message.contact is not None)
    assert card.contact == {"phone_number": "+97231234567", "first_name": "Clinic"}
    assert ana.tap("Copy") is None
    assert ana.clipboard == "+97231234567"


async def test_files(
    family: aiogram.Bot, coordinator: telegram.Bot, ana: Phone, dana: Phone
) -> None:
    """Both libraries upload a picture and a document, each in its own way of multipart."""
    await family.send_photo(77, BufferedInputFile(b"picture", "a.png"), caption="chart")
    await coordinator.send_photo(88, b"picture", caption="chart")
    await family.send_document(77, BufferedInputFile(b"report", "a.pdf"))
    await coordinator.send_document(88, b"report", filename="a.pdf")
    for phone in (ana, dana):
        assert (await phone.hears("chart")).raw["photo"][0]["file_size"] == 7
        assert (await phone.hears()).raw["document"]["file_size"] == 6


async def test_reply_keyboard(family: aiogram.Bot, ana: Phone) -> None:
    """A reply keyboard is pressed by its labels, shares the number, and can be taken away."""
    share = KeyboardButton(text="Send my number", request_contact=True)
    markup = ReplyKeyboardMarkup(keyboard=[[share], [KeyboardButton(text="Later")]])
    await family.send_message(77, "?", reply_markup=markup)
    assert ana.keyboard == [["Send my number"], ["Later"]]
    ana.press_keyboard("Later")
    ana.press_keyboard("Send my number")
    later, shared = [one.message for one in await family.get_updates() if one.message]
    assert later.text == "Later"
    assert shared.contact is not None
    assert shared.contact.user_id == 77
    await family.send_message(77, "Thank you", reply_markup=ReplyKeyboardRemove())
    assert ana.keyboard == []


async def test_silent_message_does_not_ring(family: aiogram.Bot, ana: Phone) -> None:
    """A message sent without notification is there and does not ring."""
    await family.send_message(77, "hush", disable_notification=True)
    assert not (await ana.hears("hush")).ringing


async def test_reply_shows_what_it_answers(
    family: aiogram.Bot, ana: Phone, server: TelegramServer
) -> None:
    """A reply carries the message it answers, and is refused for one that is not there."""
    own = ana.send("38.4")
    sent = await family.send_message(
        77, "Call now", reply_parameters=ReplyParameters(message_id=own.id)
    )
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "38.4"
    gone = ReplyParameters(message_id=999, allow_sending_without_reply=True)
    assert (await family.send_message(77, "x", reply_parameters=gone)).reply_to_message is None
    server.expects_violation("message to be replied not found")
    with pytest.raises(TelegramBadRequest):
        await family.send_message(77, "x", reply_parameters=ReplyParameters(message_id=999))


async def test_bot_may_not_write_first(family: aiogram.Bot, server: TelegramServer) -> None:
    """A person who never wrote cannot be written to; an unknown id is a mistake of the client."""
    server.phone(5, bot=FAMILY)
    with pytest.raises(TelegramForbiddenError, match="initiate"):
        await family.send_message(5, "hello")
    server.expects_violation("chat not found")
    with pytest.raises(TelegramBadRequest):
        await family.send_message(6, "hello")


async def test_blocked_bot(family: aiogram.Bot, ana: Phone) -> None:
    """Who blocked the bot is told so to it, and hears it again after unblocking."""
    ana.block()
    with pytest.raises(TelegramForbiddenError, match="blocked"):
        await family.send_message(77, "hello")
    ana.unblock()
    await family.send_message(77, "again")
    await ana.hears("again")
    changes = [one.my_chat_member for one in await family.get_updates() if one.my_chat_member]
    assert [one.new_chat_member.status for one in changes] == ["kicked", "member"]


async def test_profile_by_language(family: aiogram.Bot) -> None:
    """Commands and descriptions are kept for each language apart."""
    await family.set_my_commands([BotCommand(command="help", description="Help")])
    hebrew = [BotCommand(command="help", description="עזרה")]
    await family.set_my_commands(hebrew, language_code="he")
    kept = await family.get_my_commands(language_code="he")
    assert [one.description for one in kept] == ["עזרה"]
    await family.delete_my_commands(language_code="he")
    assert await family.get_my_commands(language_code="he") == []
    assert len(await family.get_my_commands()) == 1
    await family.set_my_description("What it is", language_code="en")
    assert (await family.get_my_description(language_code="en")).description == "What it is"
    await family.set_my_short_description("Short")
    assert (await family.get_my_short_description()).short_description == "Short"


async def test_small_methods_of_the_other_library(coordinator: telegram.Bot, dana: Phone) -> None:
    """python-telegram-bot reads chats, members, commands and the goodbye."""
    chat = await coordinator.get_chat(88)
    assert chat.first_name == "Dana"
    assert (await coordinator.get_chat_member(88, 88)).status == "member"
    assert await coordinator.send_chat_action(88, "typing")
    assert await coordinator.set_my_commands([("open", "What is open")], language_code="en")
    assert await coordinator.log_out()
    assert await coordinator.close()


async def test_every_kind_a_person_can_send_is_read(family: aiogram.Bot, ana: Phone) -> None:
    """Voice, photo, sticker, place, poll and the rest arrive as what they are."""
    kinds = ["voice", "photo", "sticker", "location", "document", "video", "video_note"]
    kinds += ["audio", "animation", "dice", "poll"]
    for kind in kinds:
        ana.send_kind(kind)
    updates = await family.get_updates()
    assert [one.message.content_type for one in updates if one.message] == kinds


async def test_oddities_a_person_can_send(family: aiogram.Bot, ana: Phone) -> None:
    """An edit, a card of somebody else, a caption, a command and nothing known are all told."""
    own = ana.send("38")
    ana.edit(own, "39")
    ana.share_contact("+100", own=False)
    ana.send_photo("rash")
    ana.send_voice()
    ana.send_sticker()
    ana.send_location()
    ana.send_empty()
    ana.send("/help me")
    updates = await family.get_updates()
    assert [one.event_type for one in updates][:2] == ["message", "edited_message"]
    card, photo, *_, empty, command = [one.message for one in updates if one.message][1:]
    assert card.contact is not None
    assert card.contact.user_id is None
    assert photo.caption == "rash"
    assert empty.content_type == "unknown"
    assert command.entities is not None
    assert command.entities[0].type == "bot_command"


async def test_long_writing_comes_in_pieces(family: aiogram.Bot, ana: Phone) -> None:
    """A text longer than Telegram allows is split by the person's app."""
    ana.send("a" * 5000)
    lengths = [len(one.message.text or "") for one in await family.get_updates() if one.message]
    assert lengths == [4096, 904]


async def test_quiet_fails_on_any_message(family: aiogram.Bot, ana: Phone) -> None:
    """Silence is held to: a message that comes meanwhile fails it, and so does one not heard."""
    await family.send_message(77, "before")
    await ana.quiet(0.05)
    with pytest.raises(AssertionError, match="did not hear 'never'"):
        await ana.hears("never", timeout=0.05)
    assert [one.text for one in ana.unread()] == ["before"]
    assert [one.text for one in ana.read()] == ["before"]
    assert ana.unread() == []


async def test_log_holds_every_request(
    family: aiogram.Bot, ana: Phone, server: TelegramServer
) -> None:
    """The log names time, bot, method, parameters and outcome; sent lists the messages."""
    await family.send_message(77, "one")
    (call,) = server.calls("sendMessage", FAMILY)
    assert (call.method, call.params, call.outcome) == (
        "sendMessage",
        {"chat_id": "77", "text": "one"},
        "ok",
    )
    assert call.at > 0
    assert [one.text for one in server.sent(FAMILY)] == ["one"]
