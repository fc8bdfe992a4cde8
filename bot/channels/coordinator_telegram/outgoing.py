"""Outgoing: a rendered message as calls to the Bot API."""

from __future__ import annotations

from collections.abc import Coroutine, Sequence
from typing import Any

from telegram import (
    Bot,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
)

from bot.channels.base import Button, Card, Rendered

ROW = 8
"""Buttons that Telegram shows side by side."""
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

Call = Coroutine[Any, Any, Message]


def send_text(bot: Bot, chat: int, text: str, message: Rendered, *, last: bool = True) -> Call:
    """One part of a message; the buttons stand under the last one."""
    return bot.send_message(
        chat_id=chat,
        text=text,
        reply_markup=keyboard(message.rows) if last else None,
        link_preview_options=NO_PREVIEW,
        disable_notification=message.silent or None,
    )


def send_card(bot: Bot, chat: int, card: Card, message: Rendered, *, keys: bool) -> Call:
    """A contact card, one tap from calling; with the buttons when it is all there is."""
    return bot.send_contact(
        chat_id=chat,
        phone_number=card.phone,
        first_name=card.name,
        reply_markup=keyboard(message.rows) if keys else None,
        disable_notification=message.silent or None,
    )


def change(bot: Bot, chat: int, number: int, message: Rendered) -> Coroutine[Any, Any, Any]:
    """A delivered message made into this one; without a text only its buttons change."""
    markup = keyboard(message.rows)
    if not message.text:
        return bot.edit_message_reply_markup(chat_id=chat, message_id=number, reply_markup=markup)
    return bot.edit_message_text(
        chat_id=chat,
        message_id=number,
        text=message.text,
        reply_markup=markup,
        link_preview_options=NO_PREVIEW,
    )


def keyboard(rows: Sequence[Sequence[Button]]) -> InlineKeyboardMarkup | None:
    """The choices below a message; a row too wide for Telegram goes on in the next."""
    parts = [row[at : at + ROW] for row in rows for at in range(0, len(row), ROW)]
    if not parts:
        return None
    return InlineKeyboardMarkup([[_key(one) for one in row] for row in parts])


def _key(button: Button) -> InlineKeyboardButton:
    if button.url:
        return InlineKeyboardButton(button.label, url=button.url)
    if button.copy:
        return InlineKeyboardButton(button.label, copy_text=CopyTextButton(button.copy))
    return InlineKeyboardButton(button.label, callback_data=button.token)
