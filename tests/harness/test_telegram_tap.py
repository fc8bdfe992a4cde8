"""Taps and groups on the fake: callback queries, toasts, old buttons, members, migration."""

import aiogram
import pytest
import telegram
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import InaccessibleMessage, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, ChatMigrated, Forbidden

from tests.harness.conftest import COORDINATOR, FAMILY
from tests.harness.telegram import Phone, TelegramServer, fault

GROUP = -500


def keys(**labels: str) -> InlineKeyboardMarkup:
    """A row of buttons, label and data."""
    row = [InlineKeyboardButton(text=label, callback_data=data) for label, data in labels.items()]
    return InlineKeyboardMarkup(inline_keyboard=[row])


def page_keys() -> telegram.InlineKeyboardMarkup:
    """The one button of a page."""
    button = telegram.InlineKeyboardButton("Acknowledge", callback_data="ack:1")
    return telegram.InlineKeyboardMarkup([[button]])


async def test_tap_is_told_and_answered(
    family: aiogram.Bot, ana: Phone, server: TelegramServer
) -> None:
    """A tap carries data and message; it loads until answered, and a toast is seen."""
    sent = await family.send_message(77, "Fever?", reply_markup=keys(Yes="y", No="n"))
    query = ana.tap("Yes")
    assert query is not None
    (update,) = await family.get_updates()
    assert update.callback_query is not None
    assert update.callback_query.data == "y"
    assert update.callback_query.message is not None
    assert update.callback_query.message.message_id == sent.message_id
    assert update.callback_query.from_user.language_code == "he"
    assert server.unanswered_taps == [query]
    await family.answer_callback_query(update.callback_query.id, text="Noted", show_alert=True)
    assert (await ana.answered(query)).alert
    assert server.unanswered_taps == []
    assert ana.toasts == ["Noted"]


async def test_second_answer_and_late_answer_are_too_old(
    family: aiogram.Bot, ana: Phone, server: TelegramServer
) -> None:
    """A tap is answered once and in time; anything else is refused as too old."""
    await family.send_message(77, "Fever?", reply_markup=keys(Yes="y"))
    first, second = ana.tap("y"), ana.tap("y")
    assert first is not None
    assert second is not None
    assert await family.answer_callback_query(first.id)
    with pytest.raises(TelegramBadRequest, match="query is too old"):
        await family.answer_callback_query(first.id)
    server.expire_queries()
    with pytest.raises(TelegramBadRequest, match="query is too old"):
        await family.answer_callback_query(second.id)
    with pytest.raises(AssertionError, match="was not answered"):
        await ana.answered(second, timeout=0.05)


async def test_injected_too_old(
    coordinator: telegram.Bot, dana: Phone, server: TelegramServer
) -> None:
    """The answer to a fresh tap can be made too late as well."""
    await coordinator.send_message(88, "A page", reply_markup=page_keys())
    query = dana.tap("Acknowledge")
    assert query is not None
    server.inject(fault.query_too_old(), method="answerCallbackQuery")
    with pytest.raises(BadRequest, match="too old"):
        await coordinator.answer_callback_query(query.id)


async def test_tap_finds_the_newest_button(family: aiogram.Bot, ana: Phone) -> None:
    """The newest message with the button is tapped; a full label goes before a part of one."""
    await family.send_message(77, "first", reply_markup=keys(Yes="1"))
    await family.send_message(77, "second", reply_markup=keys(Yes="2"))
    await family.send_message(77, "third", reply_markup=keys(Yesterday="3"))
    ana.tap("Yes")
    ana.tap("Yester")
    ana.tap(lambda button: button.data == "1")
    ana.tap("Yes", ana.chat[1])
    data = [one.callback_query.data for one in await family.get_updates() if one.callback_query]
    assert data == ["2", "3", "1", "1"]
    with pytest.raises(AssertionError, match="no button 'Maybe'"):
        ana.tap("Maybe")


async def test_month_old_buttons(family: aiogram.Bot, ana: Phone) -> None:
    """A button that an edit took away, or whose message is gone, can still be tapped."""
    sent = await family.send_message(77, "Fever?", reply_markup=keys(Yes="y"))
    message = await ana.hears("Fever?")
    await family.edit_message_text("Noted", chat_id=77, message_id=sent.message_id)
    with pytest.raises(AssertionError):
        ana.tap("Yes")
    ana.tap("Yes", message)
    ana.tap("Yes", message, inaccessible=True)
    ana.delete(message)
    ana.tap("Yes", message)
    queries = [one.callback_query for one in await family.get_updates()]
    kinds = [isinstance(one.message, InaccessibleMessage) for one in queries if one]
    assert kinds == [False, True, True]


async def test_link_opens(family: aiogram.Bot, ana: Phone) -> None:
    """A button with an address opens it and tells the bot nothing."""
    button = InlineKeyboardButton(text="WhatsApp", url="https://wa.me/97231234567")
    markup = InlineKeyboardMarkup(inline_keyboard=[[button]])
    await family.send_message(77, "Call", reply_markup=markup)
    assert ana.tap("WhatsApp") is None
    assert ana.opened == ["https://wa.me/97231234567"]
    assert await family.get_updates() == []


async def test_another_bots_query_is_refused(
    family: aiogram.Bot, coordinator: telegram.Bot, ana: Phone, server: TelegramServer
) -> None:
    """A bot cannot answer a tap that another bot was told of."""
    await family.send_message(77, "Fever?", reply_markup=keys(Yes="y"))
    query = ana.tap("Yes")
    assert query is not None
    server.expects_violation("query is too old")
    with pytest.raises(BadRequest):
        await coordinator.answer_callback_query(query.id)


async def test_group_members_tap(
    coordinator: telegram.Bot, dana: Phone, server: TelegramServer
) -> None:
    """A page in the group is seen by all, and a tap names who tapped."""
    ben = server.phone(89, bot=COORDINATOR, first_name="Ben")
    group = server.group(GROUP, members=[dana, ben])
    await coordinator.send_message(GROUP, "A page", reply_markup=page_keys())
    await group.hears("A page")
    query = group.tap(ben, "Acknowledge")
    (update,) = await coordinator.get_updates()
    assert update.callback_query is not None
    assert update.callback_query.from_user.first_name == "Ben"
    assert update.effective_chat is not None
    assert update.effective_chat.type == "group"
    await coordinator.answer_callback_query(query.id, text="It is yours")
    assert (ben.toasts, dana.toasts) == (["It is yours"], [])
    assert await coordinator.get_updates(offset=update.update_id + 1) == ()


async def test_group_privacy(
    coordinator: telegram.Bot, dana: Phone, server: TelegramServer
) -> None:
    """A bot in a group is told commands only, unless its privacy is off."""
    group = server.group(GROUP, members=[dana])
    group.say(dana, "good morning")
    group.say(dana, "/open")
    group.privacy = False
    group.say(dana, "all quiet")
    texts = [one.message.text for one in await coordinator.get_updates() if one.message]
    assert texts == ["/open", "all quiet"]


async def test_group_refuses_strangers(
    family: aiogram.Bot, coordinator: telegram.Bot, dana: Phone, server: TelegramServer
) -> None:
    """A bot that is not in the group, or was sent out, is refused; membership can be asked."""
    server.phone(77, bot=FAMILY)
    group = server.group(GROUP, members=[dana])
    assert (await coordinator.get_chat_member(GROUP, 88)).status == "member"
    assert (await coordinator.get_chat_member(GROUP, 77)).status == "left"
    server.expects_violation("user not found")
    server.expects_violation("phone number can be requested in private chats only")
    with pytest.raises(BadRequest):
        await coordinator.get_chat_member(GROUP, 5)
    share = telegram.KeyboardButton("Number", request_contact=True)
    with pytest.raises(BadRequest):
        await coordinator.send_message(
            GROUP, "x", reply_markup=telegram.ReplyKeyboardMarkup([[share]])
        )
    with pytest.raises(aiogram.exceptions.TelegramForbiddenError):
        await family.send_message(GROUP, "x")
    group.remove_bot(COORDINATOR)
    with pytest.raises(Forbidden):
        await coordinator.send_message(GROUP, "x")


async def test_group_becomes_supergroup(
    coordinator: telegram.Bot, dana: Phone, server: TelegramServer
) -> None:
    """After a migration the old id is refused with the new one, and the bot is told of both."""
    group = server.group(GROUP, members=[dana])
    new = group.migrate()
    with pytest.raises(ChatMigrated) as caught:
        await coordinator.send_message(GROUP, "A page")
    assert caught.value.new_chat_id == new == group.id
    await coordinator.send_message(new, "A page")
    await group.hears("A page")
    away, arrived = [one.message for one in await coordinator.get_updates()]
    assert away is not None
    assert (away.chat.id, away.migrate_to_chat_id) == (GROUP, new)
    assert arrived is not None
    assert (arrived.chat.type, arrived.migrate_from_chat_id) == ("supergroup", GROUP)
