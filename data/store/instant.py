"""An instant as text: UTC, always with microseconds, so that order of text is order of time."""

from __future__ import annotations

from datetime import UTC, datetime


def written(at: datetime) -> str:
    """``2026-03-01T00:14:09.000000Z``; ValueError for an instant without a zone."""
    if at.utcoffset() is None:
        raise ValueError("an instant without a time zone")
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def written_or_none(at: datetime | None) -> str | None:
    """The same, where there may be none."""
    return None if at is None else written(at)


def read(text: str) -> datetime:
    """The instant again."""
    return datetime.fromisoformat(text)
