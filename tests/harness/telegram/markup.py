"""Markup: Telegram's HTML read into plain text and entities, as strictly as Telegram reads it."""

import html
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from tests.harness.telegram.refusal import Refusal, bad_request

Raw = dict[str, Any]

SIMPLE = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "code": "code",
    "pre": "pre",
}
WITH_ATTRIBUTES = {"a", "span", "tg-emoji", "blockquote"}
LINK_SCHEMES = {"http", "https", "tg"}

PIECE = re.compile(
    r"(?P<end></(?P<ended>[a-z][a-z0-9-]*)\s*>)"
    r"|(?P<start><(?P<started>[a-z][a-z0-9-]*)"
    r"(?P<attributes>(?:\s+[a-z-]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'<>]+))?)*)\s*>)"
    r"|(?P<escape>&(?:lt|gt|amp|quot|#[0-9]+|#x[0-9a-f]+);)"
    r"|(?P<plain>[^<&]+|&)"
    r"|(?P<stray><)",
    re.IGNORECASE,
)
ATTRIBUTE = re.compile(r"([a-z-]+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'<>]+))?", re.IGNORECASE)


def utf16_length(text: str) -> int:
    """The length in UTF-16 code units, which is how Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@dataclass
class _Reader:
    """One reading of one text: what is plain so far, and the tags still open."""

    plain: str = ""
    entities: list[Raw] = field(default_factory=list)
    open: list[tuple[str, Raw | None]] = field(default_factory=list)

    def start(self, tag: str, attributes: dict[str, str], at: int) -> None:
        entity = _entity(tag, attributes, at)
        if entity is not None:
            entity["offset"] = utf16_length(self.plain)
            self.entities.append(entity)
        self.open.append((tag, entity))

    def end(self, tag: str, at: int) -> None:
        if not self.open:
            raise _unparsable(f"Unexpected end tag at byte offset {at}")
        opened, entity = self.open.pop()
        if opened != tag:
            raise _unparsable(
                f'Unmatched end tag at byte offset {at}, expected "</{opened}>", found "</{tag}>"'
            )
        if entity is not None:
            entity["length"] = utf16_length(self.plain) - entity["offset"]


def read_html(source: str) -> tuple[str, list[Raw]]:
    """The plain text and its entities; raises Telegram's 400 for anything it would not parse."""
    reader = _Reader()
    for piece in PIECE.finditer(source):
        at = len(source[: piece.start()].encode())
        if piece["end"]:
            reader.end(piece["ended"].lower(), at)
        elif piece["start"]:
            reader.start(piece["started"].lower(), _attributes(piece["attributes"]), at)
        elif piece["stray"]:
            raise _unparsable(f'Unsupported start tag "" at byte offset {at}')
        else:
            reader.plain += html.unescape(piece["escape"] or "") + (piece["plain"] or "")
    if reader.open:
        tag = reader.open[-1][0]
        raise _unparsable(f'Can\'t find end tag corresponding to start tag "{tag}"')
    return reader.plain, [one for one in reader.entities if one["length"] > 0]


def trim(text: str, entities: list[Raw]) -> tuple[str, list[Raw]]:
    """The text without blanks around it, as Telegram stores it, its entities moved along."""
    left = utf16_length(text) - utf16_length(text.lstrip())
    kept = text.strip()
    end = utf16_length(kept)
    moved = []
    for one in entities:
        start = max(0, one["offset"] - left)
        length = min(end, one["offset"] + one["length"] - left) - start
        if length > 0:
            moved.append({**one, "offset": start, "length": length})
    return kept, moved


def _attributes(source: str) -> dict[str, str]:
    found = ATTRIBUTE.findall(source)
    return {name.lower(): html.unescape(value.strip("\"'")) for name, value in found}


def _entity(tag: str, attributes: dict[str, str], at: int) -> Raw | None:
    """The entity that a tag opens; None for one that Telegram reads and leaves out."""
    if tag in SIMPLE:
        return {"type": SIMPLE[tag]}
    if tag not in WITH_ATTRIBUTES:
        raise _unparsable(f'Unsupported start tag "{tag}" at byte offset {at}')
    if tag == "a":
        href = attributes.get("href", "")
        return {"type": "text_link", "url": href} if _is_link(href) else None
    if tag == "blockquote":
        return {"type": "expandable_blockquote" if "expandable" in attributes else "blockquote"}
    if tag == "tg-emoji" and attributes.get("emoji-id"):
        return {"type": "custom_emoji", "custom_emoji_id": attributes["emoji-id"]}
    if tag == "span" and attributes.get("class") == "tg-spoiler":
        return {"type": "spoiler"}
    raise _unparsable(f'Tag "{tag}" must have its attribute, at byte offset {at}')


def _is_link(href: str) -> bool:
    try:
        return urlsplit(href).scheme.lower() in LINK_SCHEMES
    except ValueError:
        return False


def _unparsable(why: str) -> Refusal:
    return bad_request(f"can't parse entities: {why}")
