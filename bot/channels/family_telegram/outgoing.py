"""Outgoing: a rendered message as the Bot API's methods."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.methods import (
    EditMessageReplyMarkup,
    EditMessageText,
    SendContact,
    SendMessage,
    TelegramMethod,
)
from aiogram.types import (
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    Message,
    ReplyKeyboardMarkup,
)

from bot.channels.base import Button, Card, Rendered
from bot.fit import pieces

ROW = 8
"""Buttons that Telegram shows side by side."""
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

Rows = Sequence[Sequence[Button]]


def sendings(chat: int, message: Rendered, limit: int) -> list[TelegramMethod[Message]]:
    """What is to be sent, in order; the message of the first rank, with the buttons, is first
    unless its text is too long for one, and then it is the last of its parts."""
    *heads, last = pieces(message.text, limit)
    silent = message.silent or None
    sent: list[TelegramMethod[Message]] = [
        SendMessage(
            chat_id=chat,
            text=head,
            link_preview_options=NO_PREVIEW,
            disable_notification=silent,
        )
        for head in heads
    ]
    markup = keyboard(message.rows) or (_phone_key(message) if message.ask_contact else None)
    if last or message.card is None:
        sent.append(
            SendMessage(
                chat_id=chat,
                text=last,
                reply_markup=markup,
                link_preview_options=NO_PREVIEW,
                disable_notification=silent,
            )
        )
    elif message.card is not None:
        sent.append(_card(chat, message.card, markup, silent=silent))
    return sent


def extras(chat: int, message: Rendered) -> list[TelegramMethod[Message]]:
    """What goes along: the card below a text, the phone key below inline buttons."""
    silent = message.silent or None
    along: list[TelegramMethod[Message]] = []
    if message.card is not None and message.text:
        along.append(_card(chat, message.card, None, silent=silent))
    if message.ask_contact and message.rows:
        along.append(
            SendMessage(
                chat_id=chat,
                text=message.ask_contact,
                reply_markup=_phone_key(message),
                disable_notification=silent,
            )
        )
    return along


def change(chat: int, number: int, message: Rendered) -> EditMessageText | EditMessageReplyMarkup:
    """A delivered message made into this one; without a text only its buttons change."""
    markup = keyboard(message.rows)
    if not message.text:
        return EditMessageReplyMarkup(chat_id=chat, message_id=number, reply_markup=markup)
    return EditMessageText(
        chat_id=chat,
        message_id=number,
        text=message.text,
        reply_markup=markup,
        link_preview_options=NO_PREVIEW,
    )


def keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    """The choices below a message; a row too wide for Telegram goes on in the next."""
    parts = [row[at : at + ROW] for row in rows for at in range(0, len(row), ROW)]
    if not parts:
        return None
    return InlineKeyboardMarkup(inline_keyboard=[[_key(one) for one in row] for row in parts])


def _key(button: Button) -> InlineKeyboardButton:
    if button.url:
        return InlineKeyboardButton(text=button.label, url=button.url)
    if button.copy:
        return InlineKeyboardButton(text=button.label, copy_text=CopyTextButton(text=button.copy))
    return InlineKeyboardButton(text=button.label, callback_data=button.token)


def _phone_key(message: Rendered) -> ReplyKeyboardMarkup:
    """The one key that hands over the own number; it goes away once used."""
    key = KeyboardButton(text=message.ask_contact, request_contact=True)
    return ReplyKeyboardMarkup(keyboard=[[key]], resize_keyboard=True, one_time_keyboard=True)


def _card(
    chat: int,
    card: Card,
    markup: InlineKeyboardMarkup | ReplyKeyboardMarkup | None,
    *,
    silent: bool | None,
) -> SendContact:
    return SendContact(
        chat_id=chat,
        phone_number=card.phone,
        first_name=card.name,
        reply_markup=markup,
        disable_notification=silent,
    )
