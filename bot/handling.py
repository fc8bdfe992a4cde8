"""Handling: what one input does to the store, inside its transaction on the writer's thread."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.craft import Alarm, Craft, Input, Reach, reach_of
from bot.log import cause
from bot.outbox import rows_of
from bot.parcel import pack
from data.codec import Shape
from data.store import Ledger, OutboxRow
from data.store.connection import broken
from flows.message import Inbound, Outbound, Urn
from flows.record import Told
from flows.scene import Scene
from flows.team import COMMAND_LINE, Act
from flows.timer import Due, Timer
from flows.turn import Turn
from flows.urgency import Urgency

log = logging.getLogger(__name__)

AGAIN = timedelta(minutes=1)
"""When a page's timer whose turn raised is tried again: a page is never dropped."""

INBOUND: Shape[Inbound] = Shape(Inbound)
ACT: Shape[Act] = Shape(Act)


class Handling:
    """Takes inputs; whatever goes wrong with one, it ends in a text and a page, not in silence."""

    def __init__(self, craft: Craft, reach: Callable[[Urn], Reach]) -> None:
        self._craft = craft
        self._reach = reach

    def take(
        self, ledger: Ledger, input: Inbound | Act, now: datetime, *, said: bool = False
    ) -> Reach | None:
        """Store an update with its turn; None for one that was seen before.

        ``said``: the family already got the static text for it, while the store was broken.
        """
        kind = input.kind if isinstance(input, Inbound) else input.verb
        if not ledger.record_update(input.update, input.urn, kind, now):
            return None
        try:
            with ledger.attempt():
                return self._play(ledger, input, now, said=said)
        except Exception as error:
            if broken(error):
                raise
            self._give_up(ledger, input, cause(error), now, said=said)
            return None

    def fire(self, ledger: Ledger, key: str, now: datetime) -> bool:
        """Store a due timer's turn; False when it is gone or was moved."""
        timer = ledger.take_timer(key, now)
        if timer is None:
            return False
        try:
            with ledger.attempt():
                self._play(ledger, Due(timer), now)
        except Exception as error:
            if broken(error):
                raise
            self._failed_timer(ledger, timer, cause(error), now)
        return True

    def report(self, ledger: Ledger, why: str, now: datetime) -> None:
        """Page a fault, once for each cause; where that fails too, owe the bare alarm."""
        try:
            with ledger.attempt():
                scene = ledger.scene_of_fault(why)
                turn = Turn(scene, cause=f"fault:{why}:{now.isoformat()}")
                turn = self._craft.fault(turn, self._craft.house, why, now)
                rows = [row for said in turn.says for row in self._worded(turn, said, now, [])]
                ledger.save(scene, turn, now, rows, actor="house")
        except Exception as error:
            if broken(error):
                raise
            log.error("a fault could not be paged: %s", cause(error))
            ledger.owe([self._alarm(alarm, why, now) for alarm in self._craft.alarms], now)

    # --- a turn ---------------------------------------------------------------------------------

    def _play(self, ledger: Ledger, input: Input, now: datetime, *, said: bool = False) -> Reach:
        before = _scene(ledger, input, now)
        turn = self._craft.advance(self._craft.house, before, input, now)
        repeated = _repeated(before, turn) if said else frozenset()
        troubles: list[str] = []
        rows = [
            replace(row, dropped="said by the static text") if outbound.key in repeated else row
            for outbound in turn.says
            for row in self._worded(turn, outbound, now, troubles)
        ]
        ledger.save(before, turn, now, rows, actor=_actor(input, before))
        for trouble in dict.fromkeys(troubles):
            self.report(ledger, trouble, now)
        self._craft.probe.at("in_transaction", _name(input))
        after = turn.scene
        return Reach(before.person.urn) if turn.erase else reach_of(after.person, after.patient)

    def _worded(
        self, turn: Turn, outbound: Outbound, now: datetime, troubles: list[str]
    ) -> Sequence[OutboxRow]:
        """A message in words; the static text for one that cannot be made.

        The turn stands all the same: a broken text must not cost a family its page.
        """
        try:
            return self._rows(turn, outbound, now)
        except Exception as error:  # noqa: BLE001 - whatever it was, somebody is waiting
            troubles.append(cause(error))
            log.error("a message could not be made: %s", troubles[-1])
            return [self._static_row(f"static:{turn.cause}:{outbound.to}", outbound.to)]

    def _rows(self, turn: Turn, outbound: Outbound, now: datetime) -> Sequence[OutboxRow]:
        return rows_of(outbound, self._craft.renderer.pieces(turn.scene, outbound, now))

    # --- a turn that raised ---------------------------------------------------------------------

    def _give_up(
        self, ledger: Ledger, input: Inbound | Act, why: str, now: datetime, *, said: bool
    ) -> None:
        """The update must not come again for ever, whatever else is broken."""
        try:
            with ledger.attempt():
                self._failed(ledger, input, why, now, said=said)
        except Exception as error:
            if broken(error):
                raise
            log.error("a failed turn could not be told: %s", cause(error))
            ledger.mark_failed(input.update)

    def _failed(
        self, ledger: Ledger, input: Inbound | Act, why: str, now: datetime, *, said: bool
    ) -> None:
        """Mark the update, owe the static text, page the fault; it is not tried again."""
        log.error("a turn failed: %s", why)
        ledger.mark_failed(input.update, _kept(input))
        to = input.urn if isinstance(input, Inbound) else input.chat
        if not said:
            ledger.owe([self._static_row(f"static:{input.update}", to)], now)
        self.report(ledger, why, now)

    def _failed_timer(self, ledger: Ledger, timer: Timer, why: str, now: datetime) -> None:
        """The same for a timer; a page's is set again, so that its alerts go on."""
        log.error("a timer failed: %s", why)
        if timer.page_id is not None:
            again = self._craft.house.pace.after(now, AGAIN)
            ledger.set_timer(replace(timer, due_at=again))
        person = ledger.families.person(timer.person_id) if timer.person_id is not None else None
        if person is not None:
            key = f"static:{timer.key}:{timer.due_at.isoformat()}"
            ledger.owe([self._static_row(key, person.urn)], now)
        self.report(ledger, why, now)

    def _static_row(self, key: str, to: Urn) -> OutboxRow:
        reach = self._reach(to)
        message = self._craft.static(to, reach.language, reach.ward_phone)
        return OutboxRow(key, to, pack(message))

    def _alarm(self, alarm: Alarm, why: str, now: datetime) -> OutboxRow:
        """One an hour for each cause."""
        key = f"alarm:{why}:{now:%Y-%m-%dT%H}:{alarm.urn}"
        return OutboxRow(key, alarm.urn, pack(alarm.message))


def _scene(ledger: Ledger, input: Input, now: datetime) -> Scene:
    if isinstance(input, Inbound):
        code = input.language_code
        return ledger.scene_of(input.urn, now, language_code=code, name=input.name)
    if isinstance(input, Act):
        return ledger.scene_of_act(input, now)
    timer = input.timer
    if timer.person_id is not None:
        return ledger.scene_of_person(timer.person_id, now)
    assert timer.page_id is not None, "a timer belongs to a person or to a page"
    return ledger.scene_of_page(timer.page_id, now)


def _actor(input: Input, scene: Scene) -> str:
    if isinstance(input, Due):
        return f"timer:{input.timer.key}"
    if isinstance(input, Inbound):
        return f"person:{scene.person.id}"
    if input.urn == COMMAND_LINE:
        return str(COMMAND_LINE)
    return f"coordinator:{scene.actor.id}" if scene.actor is not None else "stranger"


def _name(input: Input) -> str:
    return input.timer.key if isinstance(input, Due) else input.update


def _kept(input: Inbound | Act) -> bytes:
    """What stays of an update whose turn raised: a family's words, not a coordinator's, which
    may be about another family than the one that will ask to be forgotten."""
    if isinstance(input, Inbound):
        return INBOUND.dump(input)
    return ACT.dump(replace(input, detail="", values={}))


def _repeated(before: Scene, turn: Turn) -> frozenset[str]:
    """The keys of messages that say again what the static text said: call now, and whom.

    That is the first bubble at "immediate". An emergency says more than the static text does, a
    calmer level something else; both are told.
    """
    run = turn.scene.assessment
    if run is None:
        return frozenset()
    earlier = before.assessment
    known = len(earlier.records) if earlier is not None and earlier.id == run.id else 0
    texts = {
        record.texts[0]
        for record in run.records[known:]
        if isinstance(record, Told) and record.level is Urgency.immediate and record.texts
    }
    own = (said for said in turn.says if said.to == turn.scene.person.urn)
    return frozenset(said.key for said in own if said.body and said.body[0].id in texts)
