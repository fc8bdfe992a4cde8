"""Update: what Telegram sends, read as what a person sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.types import CallbackQuery, Chat, ChatMemberUpdated, Message, Update, User
from pydantic import ValidationError

from flows.message import Inbound, InboundKind, Urn

CHANNEL = "telegram"
KINDS = ("message", "edited_message", "callback_query", "my_chat_member")
"""What the bot asks Telegram for; nothing else concerns a family."""

LEFT = (ChatMemberStatus.KICKED, ChatMemberStatus.LEFT)
# The first field that is filled names the kind. A video counts as a picture, its sound as lost.
MEDIA = {
    "voice": InboundKind.voice,
    "audio": InboundKind.voice,
    "video_note": InboundKind.voice,
    "photo": InboundKind.photo,
    "video": InboundKind.photo,
    "animation": InboundKind.photo,
    "sticker": InboundKind.sticker,
    "venue": InboundKind.location,
    "location": InboundKind.location,
}


@dataclass(frozen=True)
class Elsewhere:
    """Something said outside a private chat, where no family's conversation can be."""

    chat: int
    language_code: str = ""


@dataclass(frozen=True)
class Arrival:
    """One update as read: what it means, and the tap that waits for an answer."""

    id: int
    chat: str
    """Updates of one chat are taken in order; empty: it is nobody's."""
    meaning: Inbound | Elsewhere | None
    """None: nobody said it, so nobody waits for an answer."""
    tap: str = ""
    """The callback query to answer."""


def read_raw(raw: Mapping[str, object]) -> Arrival:
    """Read an update as it came over the wire; one that aiogram cannot read is still answered.

    TypeError when it bears no number, and so is none.
    """
    try:
        return read_update(Update.model_validate(raw))
    except ValidationError:
        return _unreadable(raw)


def read_update(update: Update) -> Arrival:
    """Read an update of any kind."""
    if update.callback_query is not None:
        return _read_tap(update.update_id, update.callback_query)
    if update.my_chat_member is not None:
        return _read_member(update.update_id, update.my_chat_member)
    if update.edited_message is not None:
        return _read_message(update.update_id, update.edited_message, edited=True)
    if update.message is not None:
        return _read_message(update.update_id, update.message)
    return Arrival(update.update_id, "", None)


def _read_message(id: int, message: Message, *, edited: bool = False) -> Arrival:
    user = message.from_user
    if message.chat.type != ChatType.PRIVATE:
        return Arrival(id, str(message.chat.id), _elsewhere(message, user))
    kind = InboundKind.edited if edited else _kind(message)
    inbound = _inbound(
        id,
        message.chat,
        user,
        kind,
        text=message.text or message.caption or "",
        phone=_own_phone(message) if kind is InboundKind.contact else "",
    )
    return Arrival(id, str(message.chat.id), inbound)


def _elsewhere(message: Message, user: User | None) -> Elsewhere | None:
    """None for a group's own notices: a title, a pin, somebody who joined."""
    if message.text is None and message.caption is None:
        return None
    return Elsewhere(message.chat.id, _language(user))


def _kind(message: Message) -> InboundKind:
    if message.text is not None:
        return InboundKind.text
    if _own_phone(message):
        return InboundKind.contact
    media = (kind for name, kind in MEDIA.items() if getattr(message, name))
    return next(media, InboundKind.other)


def _own_phone(message: Message) -> str:
    """The number of the sender's own card; anybody else's card gives none."""
    card, user = message.contact, message.from_user
    if card is None or user is None or card.user_id != user.id:
        return ""
    number = card.phone_number.strip()
    return number if number.startswith("+") or not number else f"+{number}"


def _read_tap(id: int, query: CallbackQuery) -> Arrival:
    """A tap is its user's own: a callback's message may be too old to be shown."""
    chat = query.message.chat if query.message is not None else None
    if chat is not None and chat.type != ChatType.PRIVATE:
        place = Elsewhere(chat.id, _language(query.from_user))
        return Arrival(id, str(chat.id), place, tap=query.id)
    kind = InboundKind.tap if query.data else InboundKind.other
    where = chat or Chat(id=query.from_user.id, type=ChatType.PRIVATE)
    inbound = _inbound(id, where, query.from_user, kind, token=query.data or "")
    return Arrival(id, str(where.id), inbound, tap=query.id)


def _read_member(id: int, change: ChatMemberUpdated) -> Arrival:
    """The bot was blocked, unblocked, or put into a group or out of it."""
    gone = change.new_chat_member.status in LEFT
    chat, user = change.chat, change.from_user
    if chat.type == ChatType.PRIVATE:
        kind = InboundKind.blocked if gone else InboundKind.returned
        return Arrival(id, str(chat.id), _inbound(id, chat, user, kind))
    silent = gone or chat.type == ChatType.CHANNEL
    return Arrival(id, str(chat.id), None if silent else Elsewhere(chat.id, _language(user)))


def _inbound(
    id: int,
    chat: Chat,
    user: User | None,
    kind: InboundKind,
    *,
    text: str = "",
    token: str = "",
    phone: str = "",
) -> Inbound:
    return Inbound(
        update=f"{CHANNEL}:{id}",
        urn=Urn(CHANNEL, str(chat.id)),
        kind=kind,
        text=text,
        token=token,
        phone=phone,
        language_code=_language(user),
        name=user.first_name if user else "",
    )


def _language(user: User | None) -> str:
    return (user.language_code or "") if user else ""


def _unreadable(raw: Mapping[str, object]) -> Arrival:
    """What can be told of an update of a shape that aiogram does not know yet."""
    id = raw.get("update_id")
    if not isinstance(id, int):
        raise TypeError("an update bears a number")
    body = next((raw[kind] for kind in KINDS if isinstance(raw.get(kind), Mapping)), None)
    return _nameless(id, body) if isinstance(body, Mapping) else Arrival(id, "", None)


def _nameless(id: int, body: Mapping[str, object]) -> Arrival:
    message = body.get("message")
    holder = message if isinstance(message, Mapping) else body
    chat = holder.get("chat")
    address = chat.get("id") if isinstance(chat, Mapping) else None
    if not isinstance(address, int) or address < 0:
        return Arrival(id, "", None)
    place = Chat(id=address, type=ChatType.PRIVATE)
    return Arrival(id, str(address), _inbound(id, place, None, InboundKind.other))
