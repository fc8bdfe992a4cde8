"""The journal: every event in order, each row chained to the one before by its hash.

The chain runs over a digest of each event, not over the event itself. So the event can be erased
and the chain still proves that no row was changed, added or cut out. A few bytes of chance are
sealed with each event: without them its digest could be guessed back into words.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from data.store.instant import written
from data.store.shape import EVENT
from data.store.table import Table
from flows.event import Event

SALT = 16
"""Bytes of chance before each event."""
START = ""
"""What the first row is chained to."""

Salt = Callable[[int], bytes]
"""A port: so many bytes of chance."""


@dataclass(frozen=True)
class About:
    """Whose doing an event was, and whom it is about."""

    actor: str
    """``person:3``, ``coordinator:77``, ``timer:...`` - an id, never a name or an address."""
    person_id: int | None = None
    patient_id: int | None = None


class Journal(Table):
    """What happened."""

    def append(self, events: Iterable[Event], about: About, now: datetime, salt: Salt) -> None:
        """Add events at the end of the chain."""
        previous = self._head()
        for event in events:
            content = salt(SALT) + EVENT.dump(event)
            digest = sha256(content).hexdigest()
            page_id: int | None = getattr(event, "page_id", None)
            clear = (
                *(written(now), about.actor, type(event).__name__),
                *(about.person_id, about.patient_id, page_id, digest),
            )
            hash = _hash(previous, clear)
            self._insert((*clear, previous, hash, self.codec.seal(content)))
            previous = hash

    def faults(self) -> tuple[str, ...]:
        """One line for each row that breaks the chain or whose event is not what it was."""
        rows = self.conn.execute(
            "SELECT position, at, actor, kind, person_id, patient_id, page_id, digest,"
            " previous_hash, hash, sealed FROM journal ORDER BY position"
        )
        faults, previous = [], START
        for position, *clear, previous_hash, hash, sealed in rows:
            if previous_hash != previous or _hash(previous_hash, tuple(clear)) != hash:
                faults.append(f"journal {position}: the chain is broken")
            if sealed and sha256(self.codec.open(sealed)).hexdigest() != clear[-1]:
                faults.append(f"journal {position}: the event is not what was written")
            previous = hash
        return tuple(faults)

    def _head(self) -> str:
        row = self.conn.execute(
            "SELECT hash FROM journal ORDER BY position DESC LIMIT 1"
        ).fetchone()
        return START if row is None else str(row[0])

    def _insert(self, row: tuple[object, ...]) -> None:
        self.conn.execute(
            "INSERT INTO journal (at, actor, kind, person_id, patient_id, page_id, digest,"
            " previous_hash, hash, sealed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            row,
        )


def event_json(content: bytes) -> object:
    """An opened event without its chance; None when it was erased."""
    return json.loads(content[SALT:]) if content else None


def _hash(previous: str, clear: tuple[object, ...]) -> str:
    return sha256(json.dumps([previous, *clear]).encode()).hexdigest()
