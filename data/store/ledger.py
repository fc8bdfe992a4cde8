"""The ledger: all that a job may do with the store, inside its transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from secrets import token_bytes

from data.codec import UNSEALED, Codec
from data.store.connection import broken
from data.store.erasure import erase
from data.store.inbox import Inbox
from data.store.journal import About, Journal, Salt
from data.store.outbox import Outbox, OutboxRow, OwedRow
from data.store.stage import Stage
from data.store.timer import Timers
from flows.message import Urn
from flows.page import Page
from flows.scene import Scene
from flows.team import EMPTY_TEAM, Act, Team
from flows.timer import Timer
from flows.turn import Turn


@dataclass(frozen=True)
class Trade:
    """What the store is handed besides its file: the seal, the team, chance for the journal."""

    codec: Codec = UNSEALED
    team: Team = EMPTY_TEAM
    salt: Salt = token_bytes


class Ledger:
    """Synchronous, on the writer's connection; every change is undone when the job raises."""

    def __init__(self, conn: sqlite3.Connection, trade: Trade) -> None:
        self.conn = conn
        self._salt = trade.salt
        self._stage = Stage(conn, trade.codec, trade.team)
        self.inbox = Inbox(conn, trade.codec)
        self.outbox = Outbox(conn, trade.codec)
        self.timers = Timers(conn, trade.codec)
        self.journal = Journal(conn, trade.codec)
        self.families = self._stage.families

    # --- inputs ---------------------------------------------------------------------------------

    def record_update(self, update_id: str, urn: Urn, kind: str, now: datetime) -> bool:
        """Note an update; False when it was seen before, and then it must have no effect."""
        return self.inbox.record(update_id, str(urn), kind, now)

    def mark_failed(self, update_id: str, content: bytes = b"") -> None:
        """The update's turn raised; what it said is kept sealed, for a person to read."""
        self.inbox.fail(update_id, content)

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """A savepoint: what is done within is undone when it raises, and the rest stays."""
        self.conn.execute("SAVEPOINT attempt")
        try:
            yield
        except Exception as error:
            if not broken(error) and self.conn.in_transaction:
                self.conn.execute("ROLLBACK TO attempt")
                self.conn.execute("RELEASE attempt")
            raise
        self.conn.execute("RELEASE attempt")

    # --- scenes ---------------------------------------------------------------------------------

    def scene_of(
        self, urn: Urn, now: datetime, *, language_code: str = "", name: str = ""
    ) -> Scene:
        """The scene of an address; whoever writes for the first time is made known."""
        return self._stage.of_urn(urn, now, language_code, name)

    def scene_of_person(self, person_id: int, now: datetime) -> Scene:
        """The scene of a person; LookupError when there is none."""
        return self._stage.of_person(person_id, now)

    def scene_of_page(self, page_id: int, now: datetime) -> Scene:
        """The scene of a page: its patient's first carer's, or nobody's (ids 0, never saved)."""
        return self._stage.of_page(page_id, now)

    def scene_of_act(self, act: Act, now: datetime) -> Scene:
        """The scene of a coordinator's act: actor, open pages, and the act's page if any."""
        return self._stage.of_act(act, now)

    def scene_of_fault(self, cause: str) -> Scene:
        """Nobody's scene, with the open page of the cause if there is one."""
        return self._stage.of_fault(cause)

    # --- turns ----------------------------------------------------------------------------------

    def save(
        self,
        before: Scene,
        turn: Turn,
        now: datetime,
        outbox: Sequence[OutboxRow] = (),
        *,
        actor: str = "",
    ) -> None:
        """Write a turn whole: nouns, journal, timers, messages owed.

        RecordsChanged when it would change a record; sqlite3.IntegrityError when it would open
        a second page for a patient or a cause.
        """
        after = turn.scene
        self._stage.save(before, after)
        about = About(actor or _actor(before), after.person.id or None, after.patient.id or None)
        self.journal.append(turn.events, about, now, self._salt)
        set_now = {timer.key for timer in turn.timers}
        self.timers.drop(key for key in turn.dropped if key not in set_now)
        self.timers.set(turn.timers)
        if turn.erase:
            self.erase(before.person.id, now, force=True)
        self.outbox.owe(outbox, None if turn.erase else about.patient_id, now)

    def erase(self, person_id: int, now: datetime, *, force: bool = False) -> None:
        """Forget a person; see ``data.store.erasure``."""
        erase(self.conn, self._stage, person_id, now, force=force)

    # --- timers ---------------------------------------------------------------------------------

    def due_timers(self, now: datetime, limit: int = 100) -> tuple[Timer, ...]:
        """Timers whose instant has come, the longest due first."""
        return self.timers.due(now, limit)

    def take_timer(self, key: str, now: datetime) -> Timer | None:
        """Remove a due timer; None when it is gone or was moved: then it must have no effect."""
        return self.timers.take(key, now)

    def set_timer(self, timer: Timer) -> None:
        """Set or move one timer."""
        self.timers.set([timer])

    def next_due_at(self) -> datetime | None:
        """When the next timer is due."""
        return self.timers.next_due_at()

    # --- the sender's ---------------------------------------------------------------------------

    def owe(self, rows: Sequence[OutboxRow], now: datetime) -> None:
        """Owe messages outside of any turn."""
        self.outbox.owe(rows, None, now)

    def owed(self, limit: int) -> tuple[OwedRow, ...]:
        """Rows not settled, in order of id; every urn's oldest go before others' newer ones."""
        return self.outbox.owed(limit)

    def receipt(self, outbox_id: int, message: str, now: datetime) -> None:
        """Settle a row as delivered; ``message`` is "" when it left none of its own."""
        self.outbox.receipt(outbox_id, message, now)

    def postpone(self, outbox_id: int, until: datetime, attempts: int) -> None:
        """Note when a row is tried again."""
        self.outbox.postpone(outbox_id, until, attempts)

    def drop(self, outbox_id: int, why: str) -> None:
        """Settle a row as never to be delivered."""
        self.outbox.drop(outbox_id, why)

    def latest_receipt(self, urn: Urn, slot: str, before: int) -> str:
        """What the channel called the slot's message among rows older than ``before``."""
        return self.outbox.latest_receipt(urn, slot, before)

    def open_pages(self) -> tuple[Page, ...]:
        """Every page that is not resolved."""
        return self._stage.pages.open()

    def move(self, old: Urn, new: Urn, now: datetime) -> None:
        """An address became another one."""
        self.outbox.move(old, new, now)


def _actor(scene: Scene) -> str:
    if scene.actor is not None:
        return f"coordinator:{scene.actor.id}"
    return f"person:{scene.person.id}"
