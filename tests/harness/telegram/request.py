"""Request: one call of one bot, read from HTTP and held against aiogram's method classes."""

import inspect
import json
import types
from dataclasses import dataclass, field
from typing import Any, Union, get_args, get_origin

import aiogram.methods
from aiogram.methods.base import TelegramMethod
from aiogram.types import (
    BufferedInputFile,
    ForceReply,
    InlineKeyboardMarkup,
    InputFile,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from aiohttp import web
from aiohttp.web_request import FileField
from pydantic import BaseModel, ValidationError

from tests.harness.telegram.refusal import Refusal, bad_request

Raw = dict[str, Any]
Method = type[TelegramMethod[Any]]

METHODS: dict[str, Method] = {
    one.__api_method__: one
    for one in vars(aiogram.methods).values()
    if inspect.isclass(one) and issubclass(one, TelegramMethod) and one is not TelegramMethod
}
# A markup is told by the name it must have: aiogram's own union lets a broken one pass as another.
MARKUPS: dict[str, type[BaseModel]] = {
    "inline_keyboard": InlineKeyboardMarkup,
    "keyboard": ReplyKeyboardMarkup,
    "remove_keyboard": ReplyKeyboardRemove,
    "force_reply": ForceReply,
}
# The Bot API has these, and the fake does not do what they say: a test must not lean on them.
BEYOND = frozenset(
    "business_connection_id message_thread_id direct_messages_topic_id suggested_post_parameters "
    "ephemeral_message_parameters receiver_user_id inline_message_id rich_message "
    "allow_paid_broadcast certificate".split()
)
ATTACHED = "attach://"
# What Telegram says when the one thing that a method is about is missing.
MISSING = {"text": "message text is empty", "chat_id": "chat_id is empty"}


@dataclass(eq=False)
class Call:
    """One request as it arrived, and what became of it; a line of the server's log."""

    at: float  # seconds of the monotonic clock
    bot: str
    method: str
    params: Raw
    files: dict[str, bytes] = field(default_factory=dict)
    fields: Raw = field(default_factory=dict)
    outcome: str = "arrived"
    applied: bool = False  # whether it had its effect
    finished: bool = False

    def __str__(self) -> str:
        return f"{self.method} {self.params} -> {self.outcome}"


async def read(http: web.Request) -> tuple[Raw, dict[str, bytes]]:
    """Parameters and uploaded files, from the address and from any body that Telegram reads."""
    params: Raw = dict(http.query)
    if http.content_type == "application/json":
        body = await http.read()
        return {**params, **(json.loads(body) if body else {})}, {}
    files: dict[str, bytes] = {}
    for name, value in (await http.post()).items():
        if isinstance(value, FileField):
            files[name] = value.file.read()
        else:
            params[name] = value if isinstance(value, str) else bytes(value).decode()
    return params, files


def validate(call: Call) -> tuple[Raw, list[str]]:
    """The call's fields, typed, and the names nobody knows; raises what Telegram would refuse."""
    method = METHODS[call.method]
    values = {name: _decoded(method, name, value) for name, value in call.params.items()}
    try:
        if "reply_markup" in values:
            values["reply_markup"] = _markup(values["reply_markup"])
        model = method.model_validate({**values, **_uploads(method, call)})
    except ValidationError as error:
        raise _refusal(error) from error
    fields = model.model_dump(exclude_unset=True, exclude_none=True)
    if isinstance(fields.get("chat_id"), str):
        fields["chat_id"] = _chat_id(fields["chat_id"])
    return fields, _unknown_names(model) + _loose_files(method, call)


def beyond(call: Call) -> list[str]:
    """Fields of the call that the fake cannot honour."""
    return [name for name in call.fields if name in BEYOND]


def _decoded(method: Method, name: str, value: object) -> object:
    """A form's string as JSON, unless the field itself is a string."""
    if not isinstance(value, str) or name not in method.model_fields:
        return value
    kinds = _members(method.model_fields[name].annotation)
    if str in kinds:
        return value
    if InputFile in kinds:
        return BufferedInputFile(value.encode(), filename=name)
    try:
        return json.loads(value)
    except ValueError as error:
        raise bad_request(f"can't parse {name} JSON object") from error


def _markup(value: object) -> BaseModel:
    """The markup as the one kind that it says it is."""
    kind = next((one for name, one in MARKUPS.items() if name in _names(value)), None)
    if kind is None:
        raise bad_request("can't parse reply_markup: it is of no known kind")
    return kind.model_validate(value)


def _names(value: object) -> set[str]:
    return set(value) if isinstance(value, dict) else set()


def _members(annotation: object) -> set[object]:
    """The types of a union, opened as far as unions go."""
    if get_origin(annotation) in (Union, types.UnionType):
        return set().union(*(_members(one) for one in get_args(annotation)))
    return {annotation}


def _uploads(method: Method, call: Call) -> Raw:
    """Files that came under the very name of a field."""
    return {
        name: BufferedInputFile(content, filename=name)
        for name, content in call.files.items()
        if name in method.model_fields
    }


def _loose_files(method: Method, call: Call) -> list[str]:
    """Files that belong to no field and that nothing refers to."""
    said = json.dumps(call.params, default=str)
    return [
        name
        for name in call.files
        if name not in method.model_fields and f"{ATTACHED}{name}" not in said
    ]


def _unknown_names(model: BaseModel, where: str = "") -> list[str]:
    """Names that aiogram's models accept although the Bot API has none of them, at any depth."""
    found = [f"{where}{name}" for name in (model.model_extra or {})]
    for name in type(model).model_fields:
        found += _unknown_inside(getattr(model, name), f"{where}{name}.")
    return found


def _unknown_inside(value: object, where: str) -> list[str]:
    if isinstance(value, BaseModel):
        return _unknown_names(value, where)
    if isinstance(value, list):
        return [name for one in value for name in _unknown_inside(one, where)]
    return []


def _refusal(error: ValidationError) -> Refusal:
    first = error.errors()[0]
    name = str(first["loc"][0]) if first["loc"] else ""
    if first["type"] == "missing" and len(first["loc"]) == 1:
        return bad_request(MISSING.get(name, f"parameter {name} is required"))
    return bad_request(f"can't parse {'.'.join(map(str, first['loc']))}: {first['msg']}")


def _chat_id(value: str) -> int:
    try:
        return int(value)
    except ValueError:
        raise bad_request("chat not found") from None
