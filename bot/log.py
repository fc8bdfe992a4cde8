"""The log: one line of JSON for each thing that happened, and nothing about anybody's health.

The house's own words are fixed in its code and pass. What libraries say may quote a message, a
token or an address, so of theirs only the logger and the place pass. An exception is logged as
its type and where it was raised, never with its message.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any, TextIO

import structlog

ROOMS = ("bot", "data", "flows", "main")
"""Whose words pass as they are."""
FIELDS = frozenset(
    {"event", "level", "logger", "timestamp", "cause", "count", "seconds", "channel", "kind"}
)
"""The only fields that a line may have; a field of any other name is left out."""

Fields = MutableMapping[str, Any]


def set_up_log(stream: TextIO = sys.stderr, level: int = logging.INFO) -> None:
    """Send everything that is logged in this process through the rules above."""
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.stdlib.add_logger_name,
            structlog.stdlib.add_log_level,
            _quiet,
        ],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _only_known,
            structlog.processors.JSONRenderer(sort_keys=True),
        ],
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers = [handler]
    # Libraries tell of each step they take; theirs is worth a line only when something is wrong.
    root.setLevel(max(level, logging.WARNING))
    for room in ROOMS:
        logging.getLogger(room).setLevel(level)
    structlog.configure(
        processors=[
            structlog.stdlib.add_logger_name,
            structlog.stdlib.add_log_level,
            _placed,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def cause(error: BaseException) -> str:
    """An exception as a log and a coordinator may see it: ``KeyError at flows/advice.py:88``."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if Path(frame.filename).parent.name in _FOLDERS] or frames
    if not own:
        return type(error).__name__
    place = Path(own[-1].filename)
    return f"{type(error).__name__} at {place.parent.name}/{place.name}:{own[-1].lineno}"


_FOLDERS = frozenset(
    {"bot", "data", "flows", "store", "channels", "understanding", "services"}
    | {"family_telegram", "coordinator_telegram"}
)
"""Folders of our own: where in them an exception passed says more than where it began."""


def _quiet(logger: object, method: str, fields: Fields) -> Fields:
    """What came through the standard library: ours passes, a library's words do not."""
    record: logging.LogRecord = fields["_record"]
    error = record.exc_info[1] if record.exc_info else None
    fields.pop("exc_info", None)
    if error is not None:
        fields["cause"] = cause(error)
    if record.name.partition(".")[0] not in ROOMS:
        fields["event"] = f"{record.module}:{record.lineno}"
    record.exc_info, record.exc_text, record.stack_info = None, None, None
    return fields


def _placed(logger: object, method: str, fields: Fields) -> Fields:
    """What our own loggers say of an exception: its type and place."""
    error = fields.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()[1]
    if isinstance(error, BaseException):
        fields["cause"] = cause(error)
    return fields


def _only_known(logger: object, method: str, fields: Fields) -> Fields:
    return {name: value for name, value in fields.items() if name in FIELDS}
