"""Fit: a message brought within a channel's limits without losing anything that it says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.channels.base import Button, Limits, Rendered

LINKABLE = ("https://", "http://", "tg://")
"""Schemes that a button may open; ``tel:`` is refused by Telegram, so its number goes as text."""
BREAKS = ("\n\n", "\n", " ")
"""Where a text is cut, the best place first."""


def units(text: str) -> int:
    """UTF-16 code units, which is how the networks count length."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def pieces(text: str, limit: int) -> tuple[str, ...]:
    """The text in parts of at most ``limit`` units, cut between paragraphs, lines or words."""
    parts: list[str] = []
    rest = text
    while units(rest) > limit:
        cut = _cut(_head(rest, limit))
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return (*[part for part in parts if part], rest)


def fit(message: Rendered, limits: Limits) -> Rendered:
    """The same message with whatever the channel has no means for written out as lines of text."""
    kept = tuple(tuple(one for one in row if _shown(one, limits)) for row in message.rows)
    dropped = [one for row in message.rows for one in row if not _shown(one, limits)]
    rows = tuple(row for row in kept if row)
    lines = [f"{one.label}: {_written(one)}" for one in dropped]
    if message.card is not None and not limits.contacts:
        lines.append(f"{message.card.name}: {message.card.phone}")
    if not _fits(rows, limits):
        lines = [*_numbered(rows), *lines]
        rows = ()
    return replace(
        message,
        text="\n".join([line for line in (message.text, *lines) if line]),
        rows=rows,
        card=message.card if limits.contacts else None,
        ask_contact=message.ask_contact if limits.contacts else "",
    )


def _head(text: str, limit: int) -> str:
    """As many whole characters from the front as ``limit`` units hold."""
    raw = text.encode("utf-16-le", "surrogatepass")[: limit * 2]
    return raw.decode("utf-16-le", "ignore")


def _cut(head: str) -> int:
    places = (head.rfind(mark) for mark in BREAKS)
    return next((place for place in places if place > 0), max(1, len(head)))


def _shown(button: Button, limits: Limits) -> bool:
    """Whether the channel can show this as a button at all."""
    if button.url:
        return limits.links and button.url.startswith(LINKABLE)
    return limits.copies if button.copy else True


def _written(button: Button) -> str:
    return button.copy or button.url.removeprefix("tel:")


def _fits(rows: tuple[tuple[Button, ...], ...], limits: Limits) -> bool:
    labels = [one.label for row in rows for one in row]
    return len(labels) <= limits.buttons and all(len(one) <= limits.label for one in labels)


def _numbered(rows: Iterable[Iterable[Button]]) -> list[str]:
    """Choices as "1. label", in the order in which a typed digit is read."""
    labels = [one.label for row in rows for one in row]
    return [f"{number}. {label}" for number, label in enumerate(labels, start=1)]
