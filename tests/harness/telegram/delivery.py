"""Delivery: the methods that put messages into a chat, change them and take them away."""

import hashlib
from typing import Any

from tests.harness.telegram.chat import Chat, Message
from tests.harness.telegram.refusal import bad_request
from tests.harness.telegram.world import Act

Raw = dict[str, Any]

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
EDITABLE = ("text", "entities", "reply_markup")
PHOTO_SIDE = 90  # pixels of the one size that a made-up photo has


def send_message(act: Act) -> object:
    """A new text."""
    return _send(act, _text(act.fields))


def send_contact(act: Act) -> object:
    """A contact card."""
    names = ("phone_number", "first_name", "last_name", "vcard")
    return _send(act, {"contact": {name: act.fields[name] for name in names if name in act.fields}})


def send_photo(act: Act) -> object:
    """A picture with its caption, in a single size."""
    size = {**_file(act, "photo"), "width": PHOTO_SIDE, "height": PHOTO_SIDE}
    return _send(act, {"photo": [size], **_caption(act.fields)})


def send_document(act: Act) -> object:
    """A file with its caption."""
    return _send(act, {"document": _file(act, "document"), **_caption(act.fields)})


def send_chat_action(act: Act) -> object:
    """Nothing to see, but refused where a message would be."""
    act.world.find_open_chat(act.account, act.fields["chat_id"])
    return True


def edit_message_text(act: Act) -> object:
    """A new text, and exactly the buttons that come with it: none given, none left."""
    chat, message = _own_message(act, "edit")
    if "text" not in message.raw:
        raise bad_request("there is no text in the message to edit")
    return _edit(act, chat, message, {**_text(act.fields), **_inline(act.fields)})


def edit_message_reply_markup(act: Act) -> object:
    """New buttons, or none, under the same text."""
    chat, message = _own_message(act, "edit")
    kept = {name: message.raw[name] for name in EDITABLE[:2] if name in message.raw}
    return _edit(act, chat, message, {**kept, **_inline(act.fields)})


def delete_message(act: Act) -> object:
    """Take a message away for everyone."""
    chat = act.world.find_open_chat(act.account, act.fields["chat_id"])
    message = _find(chat, act.fields["message_id"], "delete")
    if message.too_old or not (chat.private or _is_own(act, message)):
        raise bad_request("message can't be deleted for everyone")
    chat.remove(act.world.now(), message)
    return True


def _send(act: Act, content: Raw) -> Raw:
    chat = act.world.find_open_chat(act.account, act.fields["chat_id"])
    markup = act.fields.get("reply_markup", {})
    message = chat.add(
        act.world.now(),
        {"from": act.account.user, **content, **_reply(act, chat), **_inline(act.fields)},
        keyboard=None if "inline_keyboard" in markup else markup or None,
        silent=act.fields.get("disable_notification", False),
    )
    act.world.sent.append((act.account.token, message))
    return message.raw


def _edit(act: Act, chat: Chat, message: Message, content: Raw) -> Raw:
    kept = {name: value for name, value in message.raw.items() if name not in EDITABLE}
    raw = {**kept, **content}
    if raw == message.raw:
        raise bad_request(NOT_MODIFIED)
    same_text = raw.get("text") == message.raw.get("text")
    now = act.world.now()
    chat.change(now, message, {**raw, "edit_date": int(now)}, "marked" if same_text else "edited")
    return message.raw


def _own_message(act: Act, verb: str) -> tuple[Chat, Message]:
    if "chat_id" not in act.fields or "message_id" not in act.fields:
        raise bad_request("message identifier is not specified")
    chat = act.world.find_open_chat(act.account, act.fields["chat_id"])
    message = _find(chat, act.fields["message_id"], verb)
    if not _is_own(act, message):
        raise bad_request("message can't be edited")
    return chat, message


def _find(chat: Chat, number: int, verb: str) -> Message:
    message = chat.messages.get(number)
    if message is None or not message.visible:
        raise bad_request(f"message to {verb} not found")
    return message


def _is_own(act: Act, message: Message) -> bool:
    return bool(message.raw.get("from", {}).get("id") == act.account.id)


def _text(fields: Raw) -> Raw:
    entities = fields.get("entities")
    return {"text": fields["text"], **({"entities": entities} if entities else {})}


def _caption(fields: Raw) -> Raw:
    return {name: fields[name] for name in ("caption", "caption_entities") if fields.get(name)}


def _inline(fields: Raw) -> Raw:
    """The inline keyboard, as a message carries it; an empty one is none."""
    markup = fields.get("reply_markup", {})
    return {"reply_markup": markup} if any(markup.get("inline_keyboard", [])) else {}


def _reply(act: Act, chat: Chat) -> Raw:
    wanted = act.fields.get("reply_parameters", {})
    number = wanted.get("message_id", act.fields.get("reply_to_message_id"))
    if number is None:
        return {}
    message = chat.messages.get(number)
    if message is not None and message.visible:
        nested = {n: value for n, value in message.raw.items() if n != "reply_to_message"}
        return {"reply_to_message": nested}
    if wanted.get("allow_sending_without_reply") or act.fields.get("allow_sending_without_reply"):
        return {}
    raise bad_request("message to be replied not found")


def _file(act: Act, name: str) -> Raw:
    """What Telegram says of an upload; a file_id or an address given instead of one stays it."""
    given = act.fields.get(name)
    key = given.removeprefix("attach://") if isinstance(given, str) else name
    content = act.files.get(key)
    if content is None and isinstance(given, str) and given.startswith("attach://"):
        raise bad_request(f"there is no file named {key} in the request")
    if content is None:
        return {"file_id": key, "file_unique_id": key[:16]}
    if not content:
        raise bad_request("file must be non-empty")
    digest = hashlib.sha256(content).hexdigest()
    return {"file_id": digest, "file_unique_id": digest[:16], "file_size": len(content)}
