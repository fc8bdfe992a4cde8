"""Validation by the fake: every rule that a client can break is noted, and most are refused."""

import json
from typing import Any

import aiogram
import aiohttp
import pytest
import telegram
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup

from tests.harness.conftest import FAMILY
from tests.harness.telegram import Phone, TelegramServer

Raw = dict[str, Any]


def keyboard(**button: object) -> Raw:
    """A message with one inline button."""
    return {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "A", **button}]]}}


def rows(*lengths: int) -> Raw:
    """A message with so many buttons in each row."""
    row = {"text": "A", "callback_data": "a"}
    return {"text": "x", "reply_markup": {"inline_keyboard": [[row] * one for one in lengths]}}


def commands(command: str = "help", description: str = "Help", count: int = 1) -> Raw:
    """So many equal commands."""
    return {"commands": [{"command": command, "description": description}] * count}


def contact(**changed: str) -> Raw:
    """A contact card with something changed."""
    return {"phone_number": "+100", "first_name": "Clinic", **changed}


def html(text: str) -> Raw:
    """A text with markup."""
    return {"text": text, "parse_mode": "HTML"}


async def post(server: TelegramServer, method: str, body: Raw) -> Raw:
    """What the server answers to a JSON body; chat 77 unless it says otherwise."""
    url = f"{server.base_url}/bot{FAMILY}/{method}"
    if method.startswith("send"):
        body = {"chat_id": 77, **body}
    async with aiohttp.ClientSession() as session, session.post(url, json=body) as answer:
        found: Raw = await answer.json()
        return found


REFUSED: list[tuple[str, Raw, str]] = [
    ("sendMessage", {"text": ""}, "message text is empty"),
    ("sendMessage", {}, "message text is empty"),
    ("sendMessage", {"text": " \n "}, "message text is empty"),
    ("sendMessage", html("<b></b>"), "message text is empty"),
    ("sendMessage", {"text": "a" * 4097}, "message is too long"),
    ("sendMessage", {"text": "😀" * 2049}, "message is too long"),
    ("sendMessage", {"text": "x", "chat_id": None}, "chat_id"),
    ("sendMessage", {"text": "x", "chat_id": "@nobody"}, "chat not found"),
    ("sendMessage", {"text": "x", "parse_mode": "MarkdownV2"}, "unsupported parse_mode"),
    ("sendMessage", {"text": "x", "disable_notification": "perhaps"}, "disable_notification"),
    ("sendMessage", html("<b>open"), "can't parse entities: Can't find end tag"),
    ("sendMessage", html("<b><i>x</b></i>"), "can't parse entities: Unmatched end tag"),
    ("sendMessage", html("x</b>"), "can't parse entities: Unexpected end tag"),
    ("sendMessage", html("<div>x</div>"), 'can\'t parse entities: Unsupported start tag "div"'),
    ("sendMessage", html("38 < 39"), 'can\'t parse entities: Unsupported start tag ""'),
    ("sendMessage", html("<span>x</span>"), "can't parse entities"),
    (
        "sendMessage",
        {"text": "abc", "entities": [{"type": "bold", "offset": 2, "length": 2}]},
        "entity begins or ends outside",
    ),
    ("sendMessage", keyboard(), "text buttons are unallowed"),
    ("sendMessage", keyboard(callback_data="a", url="https://a.example"), "exactly one action"),
    ("sendMessage", keyboard(web_app={"url": "https://a.example"}), "the fake does not know"),
    ("sendMessage", keyboard(callback_data=""), "BUTTON_DATA_INVALID"),
    ("sendMessage", keyboard(callback_data="a" * 65), "BUTTON_DATA_INVALID"),
    ("sendMessage", keyboard(callback_data="ש" * 33), "BUTTON_DATA_INVALID"),
    ("sendMessage", keyboard(url="tel:+97231234567"), "Unsupported URL protocol"),
    ("sendMessage", keyboard(url="javascript:alert(1)"), "Unsupported URL protocol"),
    ("sendMessage", keyboard(url="https:"), "Wrong HTTP URL"),
    ("sendMessage", keyboard(url="https://[a"), "is invalid"),
    ("sendMessage", keyboard(copy_text={"text": ""}), "BUTTON_COPY_TEXT_INVALID"),
    ("sendMessage", keyboard(copy_text={"text": "1" * 257}), "BUTTON_COPY_TEXT_INVALID"),
    ("sendMessage", keyboard(text=" ", callback_data="a"), "must be non-empty"),
    ("sendMessage", {"text": "x", "reply_markup": {"keyboard": [[{"text": ""}]]}}, "non-empty"),
    ("sendMessage", {"text": "x", "reply_markup": "rows"}, "can't parse reply_markup"),
    ("sendMessage", {"text": "x", "reply_markup": [1]}, "can't parse reply_markup"),
    ("sendMessage", {"text": "x", "reply_markup": {"rows": []}}, "can't parse reply_markup"),
    (
        "editMessageText",
        {"text": "x", "chat_id": 77, "message_id": 1, "reply_markup": {"keyboard": []}},
        "reply_markup",
    ),
    ("sendMessage", {"text": "x", "reply_markup": {"inline_keyboard": 5}}, "inline_keyboard"),
    ("sendMessage", rows(9), "too many buttons in a row"),
    ("sendMessage", rows(*[8] * 12, 5), "reply markup is too long"),
    ("sendPhoto", {"photo": "id", "caption": "a" * 1025}, "caption is too long"),
    ("sendPhoto", {"photo": "attach://none"}, "there is no file"),
    ("sendContact", contact(phone_number=" "), "phone number must be non-empty"),
    ("sendContact", contact(first_name=""), "first name must be non-empty"),
    ("sendContact", contact(vcard="a" * 2049), "vCard is too long"),
    ("sendChatAction", {"action": "sleeping"}, "wrong parameter action"),
    ("answerCallbackQuery", {"callback_query_id": "1", "text": "a" * 201}, "MESSAGE_TOO_LONG"),
    ("answerCallbackQuery", {"callback_query_id": "1"}, "query is too old"),
    ("editMessageText", {"text": "x"}, "message identifier is not specified"),
    ("setMyCommands", commands(count=101), "BOT_COMMANDS_TOO_MUCH"),
    ("setMyCommands", commands(command="Help"), "BOT_COMMAND_INVALID"),
    ("setMyCommands", commands(command="a" * 33), "BOT_COMMAND_INVALID"),
    ("setMyCommands", commands(description=""), "BOT_COMMAND_DESCRIPTION_INVALID"),
    ("setMyCommands", commands(description="a" * 257), "BOT_COMMAND_DESCRIPTION_INVALID"),
    ("setMyCommands", {**commands(), "language_code": "hebrew"}, "language code"),
    ("setMyDescription", {"description": "a" * 513}, "BOT_DESCRIPTION_TOO_LONG"),
    ("setMyShortDescription", {"short_description": "a" * 121}, "BOT_SHORT_DESCRIPTION"),
    ("getUpdates", {"limit": 101}, "limit must be"),
    ("getUpdates", {"timeout": -1}, "timeout must not"),
    ("getUpdates", {"allowed_updates": ["messages"]}, "no kind of update"),
    ("setWebhook", {"url": "http://vigil.example/"}, "HTTPS URL must be provided"),
    ("setWebhook", {"url": "https://a.example", "secret_token": "a b"}, "unallowed characters"),
    ("setWebhook", {"url": "https://a.example", "max_connections": 101}, "max_connections"),
]


@pytest.mark.parametrize(("method", "body", "why"), REFUSED)
async def test_broken_rule_is_refused(
    server: TelegramServer, ana: Phone, method: str, body: Raw, why: str
) -> None:
    """A request that breaks a documented rule gets Telegram's 400, and stands as a violation."""
    server.expects_violation("")
    answer = await post(server, method, body)
    assert (answer["ok"], answer["error_code"]) == (False, 400)
    assert why in answer["description"]
    assert [why in one.text for one in server.violations] == [True]
    assert not server.calls(method)[0].applied


ACCEPTED: list[tuple[str, Raw]] = [
    ("sendMessage", {"text": "a" * 4096}),
    ("sendMessage", {"text": "😀" * 2048}),
    ("sendMessage", html("<b>" + "a" * 4096 + "</b>")),
    ("sendMessage", html("a & b &lt; &#1488; <a href='https://a.example'>x</a>")),
    ("sendMessage", html('<pre><code class="language-x">1</code></pre><tg-spoiler>x</tg-spoiler>')),
    ("sendMessage", html("<blockquote expandable>x</blockquote><span class='tg-spoiler'>y</span>")),
    ("sendMessage", html('<tg-emoji emoji-id="5">x</tg-emoji><a href="tel:1">y</a>')),
    ("sendMessage", keyboard(callback_data="ש" * 32)),
    ("sendMessage", keyboard(url="tg://user?id=1")),
    ("sendMessage", keyboard(copy_text={"text": "1" * 256})),
    ("sendMessage", rows(*[8] * 12, 4)),
    ("sendPhoto", {"photo": "id", "caption": "a" * 1024}),
    ("setMyCommands", commands(command="a_1", description="a" * 256, count=100)),
    ("setMyDescription", {"description": "a" * 512, "language_code": "he"}),
    ("setWebhook", {"url": ""}),
    ("sendChatAction", {"action": "typing"}),
]


@pytest.mark.parametrize(("method", "body"), ACCEPTED)
async def test_what_the_rules_allow_is_accepted(
    server: TelegramServer, ana: Phone, method: str, body: Raw
) -> None:
    """A request at the very edge of a rule is served."""
    assert (await post(server, method, body))["ok"]


async def test_both_libraries_meet_the_same_refusals(
    family: aiogram.Bot,
    coordinator: telegram.Bot,
    ana: Phone,
    dana: Phone,
    server: TelegramServer,
) -> None:
    """Both libraries raise their own errors for the same broken rule."""
    server.expects_violation("message is too long", times=2)
    with pytest.raises(TelegramBadRequest, match="too long"):
        await family.send_message(77, "a" * 4097)
    with pytest.raises(telegram.error.BadRequest, match="too long"):
        await coordinator.send_message(88, "a" * 4097)


async def test_unknown_field_is_a_violation(family: aiogram.Bot, ana: Phone) -> None:
    """A name the Bot API does not have is served, as Telegram does, and fails the test."""
    async with TelegramServer(tokens=[FAMILY]) as server:
        server.phone(77, bot=FAMILY).start()
        server.expects_violation("unknown field colour")
        server.expects_violation("unknown field reply_markup.inline_keyboard.size")
        body = {**keyboard(callback_data="a", size=3), "colour": "red"}
        assert (await post(server, "sendMessage", body))["ok"]


async def test_unknown_field_from_a_library(
    coordinator: telegram.Bot, dana: Phone, server: TelegramServer
) -> None:
    """A name given through python-telegram-bot's back door is noted as well."""
    server.expects_violation("unknown field colour")
    await coordinator.send_message(88, "x", api_kwargs={"colour": "red"})


async def test_field_beyond_the_fake_is_a_violation(
    family: aiogram.Bot, ana: Phone, server: TelegramServer
) -> None:
    """A field that the Bot API has and the fake does not act on is noted: no test leans on it."""
    server.expects_violation("message_thread_id is beyond the fake")
    await family.send_message(77, "x", message_thread_id=3)


async def test_unknown_method_is_a_violation(server: TelegramServer) -> None:
    """A method that the fake does not know is answered with 404 and noted."""
    server.expects_violation("method not found", times=2)
    assert (await post(server, "sendPigeon", {}))["error_code"] == 404
    assert (await post(server, "banChatMember", {}))["error_code"] == 404


async def test_unreadable_body_is_a_violation(server: TelegramServer) -> None:
    """JSON that is none, in the body or in a form's field, is refused."""
    server.expects_violation("can't parse the request's body")
    server.expects_violation("can't parse reply_markup JSON object")
    url = f"{server.base_url}/bot{FAMILY}/sendMessage"
    headers = {"Content-Type": "application/json"}
    async with aiohttp.ClientSession() as session:
        async with session.post(url, data=b"{", headers=headers) as answer:
            assert answer.status == 400
        form = {"chat_id": "77", "text": "x", "reply_markup": "{"}
        async with session.post(url, data=form) as answer:
            assert answer.status == 400


async def test_get_form_and_json_mean_the_same(server: TelegramServer, ana: Phone) -> None:
    """A request may come in the address, as a form or as JSON."""
    url = f"{server.base_url}/bot{FAMILY}/sendMessage"
    markup = keyboard(callback_data="a")["reply_markup"]
    flat = {"chat_id": "77", "text": "x", "reply_markup": json.dumps(markup)}
    async with aiohttp.ClientSession() as session:
        async with session.get(url, params=flat) as answer:
            assert answer.status == 200
        async with session.post(url, data=flat) as answer:
            assert answer.status == 200
    assert (await post(server, "sendMessage", {"text": "x", "reply_markup": markup}))["ok"]
    assert [one.labels for one in ana.read()] == [[["A"]]] * 3


async def test_loose_file_is_a_violation(server: TelegramServer, ana: Phone) -> None:
    """An upload that no field refers to is noted."""
    server.expects_violation("unknown field extra")
    form = aiohttp.FormData({"chat_id": "77", "text": "x"})
    form.add_field("extra", b"bytes", filename="extra")
    url = f"{server.base_url}/bot{FAMILY}/sendMessage"
    async with aiohttp.ClientSession() as session, session.post(url, data=form) as answer:
        assert answer.status == 200


async def test_leaving_raises_for_violations() -> None:
    """A violation nobody expected fails on leaving, and so does an expected one that never came."""
    with pytest.raises(AssertionError, match="message text is empty"):
        async with TelegramServer(tokens=[FAMILY]) as server:
            await post(server, "sendMessage", {"text": ""})
    with pytest.raises(AssertionError, match="never came"):
        async with TelegramServer(tokens=[FAMILY]) as server:
            server.expects_violation("too long")


async def fail_after_a_violation() -> None:
    """A test that goes wrong in its own way after its client did."""
    async with TelegramServer(tokens=[FAMILY]) as server:
        await post(server, "sendMessage", {"text": ""})
        raise KeyError


async def test_own_failure_of_a_test_is_not_covered_up() -> None:
    """An error inside the test comes out as itself although there are violations."""
    with pytest.raises(KeyError):
        await fail_after_a_violation()


async def test_aiogram_buttons_are_checked(
    family: aiogram.Bot, ana: Phone, server: TelegramServer
) -> None:
    """A button built by aiogram with two actions is refused, although aiogram lets it pass."""
    server.expects_violation("exactly one action")
    both = InlineKeyboardButton(
        text="A", callback_data="a", copy_text=CopyTextButton(text="+97231234567")
    )
    markup = InlineKeyboardMarkup(inline_keyboard=[[both]])
    with pytest.raises(TelegramBadRequest):
        await family.send_message(77, "x", reply_markup=markup)
