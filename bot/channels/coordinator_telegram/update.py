"""Update: what Telegram sends, read as what somebody at the coordinators' desk did."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from telegram import CallbackQuery, Chat, ChatMember, ChatMemberUpdated, Message, Update, User

from flows.desk import parse
from flows.message import Urn
from flows.team import Act

CHANNEL = "coordinator"
KINDS = ("message", "edited_message", "callback_query", "my_chat_member")
"""What the bot asks Telegram for; nothing else concerns the desk."""
COMMANDS = ("start", "open", "drill", "help")
COMMAND = re.compile(r"/(\w+)(?:@\w+)?(?:\s+(.*))?", re.DOTALL)
LEFT = (ChatMember.BANNED, ChatMember.LEFT)
NEVER_TAPPED = ("", "text", "other", "moved", "blocked", "returned")
"""Verbs that no button carries: a forged tap must not claim them."""
LAST_PAGE = 2**63 - 1
"""What the store's integers hold; a forged number beyond it is no page's."""


@dataclass(frozen=True)
class Arrival:
    """One update as read: what was done, and the tap that waits for an answer."""

    id: int
    act: Act | None = None
    """None: nobody spoke to the bot, so nobody waits for an answer."""
    tap: str = ""
    """The callback query to answer."""


@dataclass(frozen=True)
class Deed:
    """What was done, without who and where."""

    verb: str
    page_id: int | None = None
    detail: str = ""


def read_update(update: Update, own_id: int) -> Arrival:
    """Read an update of any kind; ``own_id`` is the bot's own user id."""
    id = update.update_id
    if update.callback_query is not None:
        return _read_tap(id, update.callback_query)
    if update.my_chat_member is not None:
        return Arrival(id, _read_member(id, update.my_chat_member))
    if update.edited_message is not None:
        return Arrival(id, _read_message(id, update.edited_message, own_id, edited=True))
    if update.message is not None:
        return Arrival(id, _read_message(id, update.message, own_id))
    return Arrival(id)


def read_token(token: str) -> Deed:
    """What a tapped button says; a forged one says nothing."""
    verb, page_id, detail = parse(token)
    if verb in NEVER_TAPPED or (page_id or 0) > LAST_PAGE:
        return Deed("other")
    return Deed(verb, page_id, detail)


def _read_tap(id: int, query: CallbackQuery) -> Arrival:
    """A tap is its user's own, also in the group; its message may be too old to be shown."""
    user = query.from_user
    where = query.message.chat.id if query.message is not None else user.id
    deed = read_token(query.data or "")
    return Arrival(id, _act(id, user, where, deed), tap=query.id)


def _read_message(id: int, message: Message, own_id: int, *, edited: bool = False) -> Act | None:
    if message.migrate_to_chat_id:
        return _moved(id, message, message.chat.id, message.migrate_to_chat_id)
    if message.migrate_from_chat_id:
        return _moved(id, message, message.migrate_from_chat_id, message.chat.id)
    if not _is_meant(message, own_id):
        return None
    deed = Deed("other", detail="edited") if edited else _read_words(message.text)
    if message.sender_chat is not None or message.from_user is None:
        # An anonymous administrator or a channel shows no person, so it can have no rights: it is
        # named by its chat, whose id is negative and never a coordinator's.
        sender = message.sender_chat or message.chat
        return _act(id, None, message.chat.id, deed, address=sender.id)
    return _act(id, message.from_user, message.chat.id, deed)


def _is_meant(message: Message, own_id: int) -> bool:
    """Whether the bot is spoken to: in a group by a command or by a reply to its message.

    Telegram's privacy mode holds the rest back; where the group made the bot an administrator it
    would hear every word said there, and must neither answer nor keep it.
    """
    if message.chat.type == Chat.PRIVATE:
        return True
    if (message.text or "").startswith("/"):
        return True
    replied = message.reply_to_message
    return bool(replied and replied.from_user and replied.from_user.id == own_id)


def _read_words(words: str | None) -> Deed:
    """A command or words; a mistyped command asks for help, so that no family is sent it."""
    if words is None:
        return Deed("other")
    command = COMMAND.fullmatch(words)
    if command is None:
        return Deed("text", detail=words)
    verb = command[1].lower()
    return Deed(verb, detail=command[2] or "") if verb in COMMANDS else Deed("help")


def _moved(id: int, message: Message, old: int, new: int) -> Act:
    """The group became a supergroup; Telegram says so once in each of the two."""
    values = {"old": str(old), "new": str(new)}
    return _act(id, message.from_user, new, Deed("moved"), address=new, values=values)


def _read_member(id: int, change: ChatMemberUpdated) -> Act | None:
    """The bot was blocked or unblocked by a person, or taken out of a group or into it."""
    before, after = (one.status in LEFT for one in (change.old_chat_member, change.new_chat_member))
    if before == after:
        return None
    return _act(id, change.from_user, change.chat.id, Deed("blocked" if after else "returned"))


def _act(
    id: int,
    user: User | None,
    chat: int,
    deed: Deed,
    *,
    address: int = 0,
    values: Mapping[str, str] | None = None,
) -> Act:
    return Act(
        update=f"{CHANNEL}:{id}",
        urn=Urn(CHANNEL, str(user.id if user else address)),
        chat=Urn(CHANNEL, str(chat)),
        verb=deed.verb,
        page_id=deed.page_id,
        detail=deed.detail,
        name=user.first_name if user else "",
        language_code=(user.language_code or "") if user else "",
        values=values or {},
    )
