"""The log says what happened and where, and nothing about anybody."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from bot.log import cause, set_up_log

SECRET = "Ana has 38.4 at https://api.example/bot12345:token/getUpdates"


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """The log of this test, with the process's own put back after it."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    stream = io.StringIO()
    set_up_log(stream)
    yield stream
    root.handlers = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def _lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def _raised() -> ValueError:
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        return error


def test_our_own_words_pass(stream: io.StringIO) -> None:
    """What our code says is fixed in the code: it is logged as it is."""
    logging.getLogger("bot.intake").error("the store failed")
    (line,) = _lines(stream)
    assert (line["event"], line["level"], line["logger"]) == (
        "the store failed", "error", "bot.intake",
    )  # fmt: skip


def test_a_librarys_words_do_not_pass(stream: io.StringIO) -> None:
    """A library may quote an address, a token or a message: only its name and place are kept."""
    logging.getLogger("library.http").warning("HTTP Request: %s", SECRET)
    assert "Ana" not in stream.getvalue()
    assert "token" not in stream.getvalue()
    (line,) = _lines(stream)
    assert line["logger"] == "library.http"
    assert line["event"].startswith("test_log:")


@pytest.mark.parametrize("name", ["bot.sender", "aiogram.dispatcher"])
def test_an_exception_is_its_type_and_place(stream: io.StringIO, name: str) -> None:
    """The message of an exception, and its traceback, are never logged."""
    logging.getLogger(name).error("failed", exc_info=_raised())
    structlog.get_logger(name).error("failed", exc_info=_raised())
    assert "Ana" not in stream.getvalue()
    assert all(
        line["cause"].startswith("ValueError at bot/test_log.py:") for line in _lines(stream)
    )


def test_a_field_of_an_unknown_name_is_left_out(stream: io.StringIO) -> None:
    """A line has the fields that were thought about, and no other."""
    structlog.get_logger("bot.intake").info("fired", count=3, words=SECRET)
    (line,) = _lines(stream)
    assert line["count"] == 3
    assert "words" not in line


def test_a_cause_names_the_place_in_our_own_code() -> None:
    """The innermost frame of ours, even when the exception began in a library."""
    with pytest.raises(ValueError, match="Expecting") as raised:
        json.loads("{")
    assert cause(raised.value).startswith("JSONDecodeError at bot/test_log.py:")
    assert cause(ValueError("never raised")) == "ValueError"
