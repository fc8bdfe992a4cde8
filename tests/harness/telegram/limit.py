"""Limit: the documented bounds of the Bot API that no model class checks."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from aiogram.types import InlineKeyboardButton

from tests.harness.telegram.markup import read_html, trim, utf16_length
from tests.harness.telegram.refusal import bad_request
from tests.harness.telegram.update import KINDS

Raw = dict[str, Any]

TEXT_UNITS = 4096
CAPTION_UNITS = 1024
CALLBACK_DATA_BYTES = 64
COPY_TEXT_UNITS = 256
BUTTONS = 100
BUTTONS_A_ROW = 8
TOAST_UNITS = 200
COMMANDS = 100
COMMAND_DESCRIPTION_UNITS = 256
DESCRIPTION_UNITS = 512
SHORT_DESCRIPTION_UNITS = 120
VCARD_BYTES = 2048
UPDATES_AT_ONCE = 100
CONNECTIONS = 100

BUTTON_SCHEMES = {"http", "https", "tg"}
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
COMMAND = re.compile(r"[a-z0-9_]{1,32}")
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
LANGUAGE = re.compile(r"[a-z]{2}")
NOT_ACTIONS = {"text", "icon_custom_emoji_id", "style"}
ACTIONS = frozenset(InlineKeyboardButton.model_fields) - NOT_ACTIONS
KNOWN_ACTIONS = {"callback_data", "url", "copy_text"}
CHAT_ACTIONS = frozenset(
    "typing upload_photo record_video upload_video record_voice upload_voice upload_document "
    "choose_sticker find_location record_video_note upload_video_note".split()
)


def check(method: str, fields: Raw, *, private: bool) -> None:
    """Raise Telegram's refusal for the first limit that the fields break; plain text is put in."""
    if method in ("sendMessage", "editMessageText"):
        _put_plain(fields, "text", "entities", TEXT_UNITS, "message is too long")
        if not fields["text"]:
            raise bad_request("message text is empty")
    if "caption" in fields:
        _put_plain(fields, "caption", "caption_entities", CAPTION_UNITS, "caption is too long")
    if markup := fields.get("reply_markup"):
        check_markup(markup, private=private)
    if method in CHECKS:
        CHECKS[method](fields)


def check_markup(markup: Raw, *, private: bool) -> None:
    """The bounds of a keyboard of either kind."""
    rows = markup.get("inline_keyboard") or markup.get("keyboard") or []
    if sum(len(row) for row in rows) > BUTTONS:
        raise bad_request("reply markup is too long")
    if any(len(row) > BUTTONS_A_ROW for row in rows):
        raise bad_request("too many buttons in a row of the reply markup")
    for button in (one for row in rows for one in row):
        if not button["text"].strip():
            raise bad_request("can't parse keyboard button: the text of a button must be non-empty")
        if "inline_keyboard" in markup:
            _check_inline(button)
        elif button.get("request_contact") and not private:
            raise bad_request("phone number can be requested in private chats only")


def _check_inline(button: Raw) -> None:
    actions = [name for name in button if name in ACTIONS]
    if not actions:
        raise bad_request("can't parse inline keyboard button: text buttons are unallowed in it")
    if len(actions) > 1:
        raise bad_request(f"inline keyboard button must have exactly one action, not {actions}")
    if actions[0] not in KNOWN_ACTIONS:
        raise bad_request(f"the fake does not know what a button with {actions[0]} does")
    data = button.get("callback_data")
    if data is not None and not 1 <= len(data.encode()) <= CALLBACK_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    if "url" in button:
        _check_url(button["url"])
    if "copy_text" in button and not _fits(button["copy_text"]["text"], COPY_TEXT_UNITS):
        raise bad_request("BUTTON_COPY_TEXT_INVALID")


def _check_url(url: str) -> None:
    try:
        parts = urlsplit(url)
    except ValueError:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid") from None
    if parts.scheme.lower() not in BUTTON_SCHEMES:
        raise bad_request(
            f"inline keyboard button URL '{url}' is invalid: Unsupported URL protocol"
        )
    if not parts.netloc:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def _fits(text: str, most: int) -> bool:
    return 1 <= utf16_length(text) <= most


def _put_plain(fields: Raw, name: str, spans: str, most: int, too_long: str) -> None:
    """Replace markup by plain text and entities, then count what is left."""
    text, entities = fields.get(name, ""), fields.get(spans, [])
    mode = fields.get("parse_mode")
    if mode is not None and mode.upper() != "HTML":
        raise bad_request(f"unsupported parse_mode {mode}: the fake can hold only HTML to account")
    if mode is not None:
        text, entities = read_html(text)
    if any(
        not 0 <= one["offset"] < one["offset"] + one["length"] <= utf16_length(text)
        for one in entities
    ):
        raise bad_request("entity begins or ends outside of the text")
    if _surrogates(text):
        raise bad_request("strings must be encoded in UTF-8")
    fields[name], fields[spans] = trim(text, entities)
    if utf16_length(fields[name]) > most:
        raise bad_request(too_long)


def _surrogates(text: str) -> bool:
    return any("\ud800" <= letter <= "\udfff" for letter in text)


def _answer_callback_query(fields: Raw) -> None:
    if utf16_length(fields.get("text", "")) > TOAST_UNITS:
        raise bad_request("MESSAGE_TOO_LONG")


def _send_contact(fields: Raw) -> None:
    if not fields["phone_number"].strip():
        raise bad_request("phone number must be non-empty")
    if not fields["first_name"].strip():
        raise bad_request("first name must be non-empty")
    if len(fields.get("vcard", "").encode()) > VCARD_BYTES:
        raise bad_request("vCard is too long")


def _check_language(fields: Raw) -> None:
    language = fields.get("language_code", "")
    if language and not LANGUAGE.fullmatch(language):
        raise bad_request("language code is invalid: a two-letter ISO 639-1 code is needed")


def _set_my_commands(fields: Raw) -> None:
    _check_language(fields)
    if len(fields["commands"]) > COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for one in fields["commands"]:
        if not COMMAND.fullmatch(one["command"]):
            raise bad_request("BOT_COMMAND_INVALID")
        if not _fits(one["description"].strip(), COMMAND_DESCRIPTION_UNITS):
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")


def _set_my_description(fields: Raw) -> None:
    _check_language(fields)
    if utf16_length(fields.get("description", "")) > DESCRIPTION_UNITS:
        raise bad_request("BOT_DESCRIPTION_TOO_LONG")


def _set_my_short_description(fields: Raw) -> None:
    _check_language(fields)
    if utf16_length(fields.get("short_description", "")) > SHORT_DESCRIPTION_UNITS:
        raise bad_request("BOT_SHORT_DESCRIPTION_TOO_LONG")


def _send_chat_action(fields: Raw) -> None:
    if fields["action"] not in CHAT_ACTIONS:
        raise bad_request("wrong parameter action in request")


def _check_kinds(fields: Raw) -> None:
    for kind in fields.get("allowed_updates", []):
        if kind not in KINDS:
            raise bad_request(f"there is no kind of update named {kind}")


def _get_updates(fields: Raw) -> None:
    _check_kinds(fields)
    if not 1 <= fields.get("limit", UPDATES_AT_ONCE) <= UPDATES_AT_ONCE:
        raise bad_request("limit must be from 1 to 100")
    if fields.get("timeout", 0) < 0:
        raise bad_request("timeout must not be negative")


def _set_webhook(fields: Raw) -> None:
    """An address must be https; plain http is let through on the loopback, where tests listen."""
    _check_kinds(fields)
    parts = urlsplit(fields["url"])
    if fields["url"] and parts.scheme != "https" and parts.hostname not in LOOPBACK:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if not SECRET.fullmatch(fields.get("secret_token", "unset")):
        raise bad_request("secret token contains unallowed characters")
    if not 1 <= fields.get("max_connections", 1) <= CONNECTIONS:
        raise bad_request("max_connections must be from 1 to 100")


CHECKS: dict[str, Callable[[Raw], None]] = {
    "answerCallbackQuery": _answer_callback_query,
    "sendContact": _send_contact,
    "setMyCommands": _set_my_commands,
    "getMyCommands": _check_language,
    "deleteMyCommands": _check_language,
    "setMyDescription": _set_my_description,
    "setMyShortDescription": _set_my_short_description,
    "sendChatAction": _send_chat_action,
    "getUpdates": _get_updates,
    "setWebhook": _set_webhook,
}
