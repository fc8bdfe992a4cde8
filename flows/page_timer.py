"""The timers of a page: one row of each kind, recognised when it is stale."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from flows.message import Urn
from flows.page import Page, PageState
from flows.timer import Timer

PREFIX = "page_"


def timer(page: Page, kind: str, due_at: datetime) -> Timer:
    """A timer that says what must still be true of the page when it comes."""
    return Timer(
        key(page, kind), due_at, PREFIX + kind, page_id=page.id, detail=_STAMPS[kind](page)
    )


def key(page: Page, kind: str) -> str:
    """The timer's key: one of each kind a page."""
    return f"{kind}:page:{page.id}"


def keys(page: Page) -> tuple[str, ...]:
    """The keys of all timers that the page may have."""
    return tuple(key(page, kind) for kind in _STAMPS)


def undelivered(page: Page, urn: Urn, now: datetime) -> Timer:
    """Due at once: an alert could not be delivered to this address."""
    key = f"undelivered:page:{page.id}:{urn}"
    return Timer(key, now, "page_undelivered", page_id=page.id, detail=str(urn))


def check(page: Page, now: datetime) -> Timer:
    """Due at once, at every start: whoever has the page may have left meanwhile."""
    return Timer(f"check:page:{page.id}", now, "page_check", page_id=page.id)


def current(page: Page, due: Timer) -> bool:
    """Whether the timer still concerns the page as it stands."""
    kind = due.kind.removeprefix(PREFIX)
    return kind in _STAMPS and due.detail == _STAMPS[kind](page) and _MATTERS[kind](page)


_STAMPS: Mapping[str, Callable[[Page], str]] = {
    "step": lambda page: f"{page.round}:{page.step}",
    "queue": lambda page: str(page.raises),
    "unanswered": lambda page: str(page.raises),
    "progress": lambda page: str(page.progresses),
    # Any sign of progress makes it stale.
    "everyone": lambda page: f"{page.raises}:{page.progresses}",
    # The giver may go on calling meanwhile: only another offer makes it stale.
    "hand_on": lambda page: str(page.offered_to),
    "drill": lambda page: str(page.id),
}


def _triggered(page: Page) -> bool:
    return page.state is PageState.triggered


def _acknowledged(page: Page) -> bool:
    return page.state is PageState.acknowledged


_MATTERS: Mapping[str, Callable[[Page], bool]] = {
    "step": lambda page: _triggered(page) and not page.queued,
    "queue": lambda page: _triggered(page) and page.queued,
    "unanswered": lambda page: _triggered(page) and page.told_unanswered_at is None,
    "progress": _acknowledged,
    "everyone": _acknowledged,
    "hand_on": lambda page: _acknowledged(page) and page.offered_to is not None,
    "drill": lambda page: page.open,
}
