"""Pare: an update that cannot be read, cut down to who said something and where.

One update of a new shape must neither hold up those behind it nor stay without an answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from telegram import Update

from bot.channels.coordinator_telegram.update import read_update

Raw = dict[str, Any]


def readable(raw: Mapping[str, Any]) -> Raw:
    """The update itself if it can be read, else what is left when it is pared.

    Reading it is tried whole: the library leaves parts that are missing empty without a word.
    """
    update = dict(raw)
    try:
        read_update(Update.de_json(update), own_id=0)
    except Exception:  # noqa: BLE001 - the library raises whatever its constructors raise
        return _pared(update)
    return update


def _pared(raw: Raw) -> Raw:
    left: Raw = {"update_id": raw["update_id"]}
    for kind, pare in (
        ("message", _message),
        ("edited_message", _message),
        ("callback_query", _tap),
    ):
        body = raw.get(kind)
        if isinstance(body, Mapping) and (kept := pare(body)):
            return {**left, kind: kept}
    return left


def _message(body: Mapping[str, Any]) -> Raw:
    """The message without its content, but for a plain text."""
    chat = _chat(body.get("chat"))
    if not chat:
        return {}
    sender, text = _user(body.get("from")), body.get("text")
    number = body.get("message_id")
    return {
        "message_id": number if isinstance(number, int) else 0,
        "date": 0,
        "chat": chat,
        **({"from": sender} if sender else {}),
        **({"text": text} if isinstance(text, str) else {}),
    }


def _tap(body: Mapping[str, Any]) -> Raw:
    """The tap with its data, on a message of which only the place is left."""
    sender, id, data = _user(body.get("from")), body.get("id"), body.get("data")
    if not sender or not isinstance(id, str):
        return {}
    message = body.get("message")
    place = _message(message) if isinstance(message, Mapping) else {}
    return {
        "id": id,
        "from": sender,
        "chat_instance": "",
        **({"data": data} if isinstance(data, str) else {}),
        **({"message": place} if place else {}),
    }


def _user(body: object) -> Raw:
    """The person by id; not by name, which may be what could not be read."""
    if not isinstance(body, Mapping) or not isinstance(body.get("id"), int):
        return {}
    name, language = body.get("first_name"), body.get("language_code")
    return {
        "id": body["id"],
        "is_bot": body.get("is_bot") is True,
        "first_name": name if isinstance(name, str) else "",
        **({"language_code": language} if isinstance(language, str) else {}),
    }


def _chat(body: object) -> Raw:
    if not isinstance(body, Mapping) or not isinstance(body.get("id"), int):
        return {}
    private = "private" if body["id"] > 0 else "supergroup"
    return {"id": body["id"], "type": private}
