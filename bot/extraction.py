"""Where the texts stand: Babel's extractors for the code and for the protocol's content."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Collection, Iterator, Mapping
from typing import IO, Any

Found = tuple[int, str | None, str | tuple[str, ...], list[str]]
"""Line, function, the string arguments, comments: what Babel asks of an extractor."""

PLURAL = "ngettext"
"""Tells Babel that a message has plural forms."""

CONTENT = {
    "finding": ("label", "means"),
    "sign": ("label", "means"),
    "context": ("question",),
    "sweep": ("label", "means"),
    "advice": ("means",),
}
"""Tables of a protocol -> their keys that families read."""


def extract_code(
    source: IO[bytes],
    keywords: Mapping[str, Any],
    comment_tags: Collection[str],
    options: Mapping[str, Any],
) -> Iterator[Found]:
    """The ids in ``text("...")``; a call with a value ``n`` has plural forms."""
    for node in ast.walk(ast.parse(source.read())):
        if isinstance(node, ast.Call) and _called(node) in keywords and node.args:
            id = node.args[0]
            if isinstance(id, ast.Constant) and isinstance(id.value, str):
                plural = any(keyword.arg == "n" for keyword in node.keywords)
                messages = (id.value, id.value) if plural else id.value
                yield node.lineno, PLURAL if plural else None, messages, []


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else ""


def extract_protocol(
    source: IO[bytes],
    keywords: Mapping[str, Any],
    comment_tags: Collection[str],
    options: Mapping[str, Any],
) -> Iterator[Found]:
    """The ids of a protocol's own texts, each with its English as a comment."""
    content = tomllib.loads(source.read().decode("utf-8"))
    for table, keys in CONTENT.items():
        for row in content.get(table, []):
            for key in keys:
                if row.get(key):
                    yield 0, None, f"{table}.{row['id']}.{key}", []
