"""One input's worth: the scene as it became, and all that is owed because of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from flows.event import Event
from flows.message import Outbound
from flows.scene import Scene
from flows.timer import Timer


@dataclass(frozen=True)
class Turn:
    """Grows as the flows add to it; the store writes it whole or not at all."""

    scene: Scene
    events: tuple[Event, ...] = ()
    says: tuple[Outbound, ...] = ()
    timers: tuple[Timer, ...] = ()
    """Timers to set, or to move, by key."""
    dropped: tuple[str, ...] = ()
    """Keys of timers to forget; a key both dropped and set is set."""
    cause: str = ""
    """Names the input, so that each message owed because of it has a key of its own."""
    erase: bool = False
    """The person asked to be forgotten, and confirmed it: the store erases with this turn."""

    def happened(self, *events: Event) -> Turn:
        """Add events."""
        return replace(self, events=self.events + events)

    def say(self, *outbounds: Outbound) -> Turn:
        """Add messages, after those already owed."""
        return replace(self, says=self.says + outbounds)

    def set(self, *timers: Timer) -> Turn:
        """Set timers."""
        keys = {timer.key for timer in timers}
        kept = tuple(timer for timer in self.timers if timer.key not in keys)
        return replace(self, timers=kept + timers)

    def drop(self, keys: Iterable[str]) -> Turn:
        """Forget timers by key."""
        gone = tuple(keys)
        kept = tuple(timer for timer in self.timers if timer.key not in gone)
        return replace(self, timers=kept, dropped=self.dropped + gone)

    def become(self, **parts: Any) -> Turn:  # noqa: ANN401 - a Scene's parts share no type
        """Replace parts of the scene by name."""
        return replace(self, scene=replace(self.scene, **parts))
