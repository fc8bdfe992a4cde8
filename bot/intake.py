"""Intake: the one door for every message, every coordinator's act and every due timer."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot.channels.base import Rendered
from bot.clock import Clock
from bot.craft import Craft, Reach, reach_of
from bot.degraded import Degraded
from bot.handling import Handling
from bot.log import cause
from bot.timekeeper import Timekeeper, Watch
from data.codec import Shape
from data.store import Ledger, Outcome, Spare, Store, StoreFailed
from flows import page_timer
from flows.message import Inbound, InboundKind, Urn
from flows.team import Act

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Kept:
    """An input as the spool holds it; one of the two is there."""

    at: datetime
    inbound: Inbound | None = None
    act: Act | None = None

    @property
    def input(self) -> Inbound | Act:
        """Whichever it is."""
        input = self.inbound or self.act
        assert input is not None
        return input


KEPT: Shape[Kept] = Shape(Kept)


@dataclass(frozen=True)
class Replayed:
    """An input of the spool that is stored now."""

    update: str
    reach: Reach | None


@dataclass(frozen=True)
class Ports:
    """Whom the intake tells, beyond the store."""

    wake: Callable[[], None]
    """Something new is owed; the sender's."""
    say: Callable[[Urn, Rendered], None]
    """Send without the store, before all else; the sender's."""
    danger: Callable[[Inbound], frozenset[str]]
    """The findings that a message names or taps, read without the store."""


class Intake:
    """Receives inputs and fires timers; each is on disk when its call returns."""

    def __init__(self, store: Store, craft: Craft, clock: Clock, ports: Ports) -> None:
        self._store = store
        self._craft = craft
        self._clock = clock
        self._ports = ports
        house = craft.house
        self._degraded = Degraded(house.pace, house.clinic.waits.static_text)
        self._handling = Handling(craft, self._degraded.reach)
        watch = Watch(lambda: self._committed([]), self._end_outage, self._begin_outage)
        self._timers = Timekeeper(store, self._handling, clock, watch)
        self._outage = False
        self._answered: set[str] = set()
        self._replayed: set[str] = set()

    async def start(self) -> None:
        """Store what the spool holds, learn how everybody is spoken to, and look after every
        open page: whoever had it may have left while the house was shut."""
        loop = asyncio.get_running_loop()
        self._store.on_recovery(self._replay, partial(self._taken, loop))
        now = self._clock.now()
        try:
            self._committed(await self._store.run(_everybody))
            await self._store.run(lambda ledger: _look_after_pages(ledger, now))
        except StoreFailed:
            self._begin_outage()

    async def run_timers(self) -> None:
        """Fire what is due until cancelled; an overdue timer fires once."""
        await self._timers.run()

    # --- messages and acts ----------------------------------------------------------------------

    async def receive(self, input: Inbound | Act) -> None:
        """Return once the input is committed, or is in the spool; only then may it be confirmed.

        StoreFailed when it is neither: then it must not be confirmed.
        """
        self._craft.probe.at("received", input.update)
        now = self._clock.now()
        self._degraded.meet(_answer_to(input), input.language_code)
        said = input.update in self._answered
        try:
            reach = await self._store.run(
                lambda ledger: self._handling.take(ledger, input, now, said=said),
                spare=_spare(input, now),
            )
        except StoreFailed as failed:
            self._degrade(input, now)
            if failed.kept:
                return
            raise
        self._craft.probe.at("committed", input.update)
        self._answered.discard(input.update)
        self._committed([reach])

    async def report(self, why: str) -> None:
        """Page a fault found outside of any turn; ``why`` says nothing about anybody."""
        now = self._clock.now()
        await self._store.run(lambda ledger: self._handling.report(ledger, why, now))
        self._committed([])

    async def unreachable(self, urn: Urn) -> None:
        """An address can no longer be reached: whoever has the family's page must know; one of
        ours is a fault, and open pages take their next step at once."""
        update = f"blocked:{urn}:{self._clock.now().isoformat()}"
        if await self._store.run(lambda ledger: ledger.families.person_by_urn(urn)):
            await self.receive(Inbound(update, urn, InboundKind.blocked))
            return
        await self.receive(Act(update, urn, urn, "blocked"))
        await self.report(f"unreachable {urn}")

    async def moved(self, old: Urn, new: Urn) -> None:
        """An address became another one."""
        now = self._clock.now()
        await self._store.run(lambda ledger: ledger.move(old, new, now))

    def _committed(self, reaches: Iterable[Reach | None]) -> None:
        """Something is on disk: keep what was learned, and let what is owed go out."""
        self._degraded.know(reach for reach in reaches if reach is not None)
        self._end_outage()
        self._timers.look()
        self._ports.wake()

    # --- a broken store -------------------------------------------------------------------------

    def _degrade(self, input: Inbound | Act, now: datetime) -> None:
        """Say the static text at once, unless the input was stored in the meantime after all."""
        self._begin_outage()
        if input.update in self._replayed:
            self._replayed.discard(input.update)
            return
        to = _answer_to(input)
        if self._degraded.may_say(to, self._dangers(input), now):
            reach = self._degraded.reach(to)
            self._ports.say(to, self._craft.static(to, reach.language, reach.ward_phone))
        self._answered.add(input.update)

    def _dangers(self, input: Inbound | Act) -> frozenset[str]:
        if isinstance(input, Act):
            return frozenset()
        try:
            return self._ports.danger(input)
        except Exception as error:  # noqa: BLE001 - the static text goes out all the same
            log.error("a message could not be understood: %s", cause(error))
            return frozenset()

    def _begin_outage(self) -> None:
        """Tell the coordinators, once for each outage; one that flickers is one outage."""
        if self._outage:
            return
        self._outage = True
        self._timers.look()
        log.error("the store failed")
        now = self._clock.now()
        for alarm in self._craft.alarms:
            if self._degraded.may_say(alarm.urn, frozenset(), now):
                self._ports.say(alarm.urn, alarm.message)

    def _end_outage(self) -> None:
        if self._outage and not self._store.behind:
            self._outage = False
            log.warning("the store works again")

    # --- the spool: on the writer's thread ------------------------------------------------------

    def _replay(self, ledger: Ledger, content: bytes) -> Replayed:
        """Store an input of the spool.

        Its turn is played now, not back then: escalation and questions begin when somebody can
        hear them. What the static text said already is not said again.
        """
        input = KEPT.load(content).input
        said = input.update in self._answered
        reach = self._handling.take(ledger, input, self._clock.now(), said=said)
        return Replayed(input.update, reach)

    def _taken(self, loop: asyncio.AbstractEventLoop, outcomes: Sequence[Outcome]) -> None:
        """All that the spool held is on disk; an input whose static text is still to be said
        needs none any more."""
        done = [one.value for one in outcomes if isinstance(one.value, Replayed)]
        self._replayed.update(one.update for one in done)
        for outcome in outcomes:
            if outcome.error is not None:
                log.error("an input of the spool could not be read: %s", cause(outcome.error))
        with suppress(RuntimeError):  # the house is closing
            loop.call_soon_threadsafe(self._recovered, done)

    def _recovered(self, done: Sequence[Replayed]) -> None:
        for each in done:
            if each.update in self._answered:
                self._answered.discard(each.update)
                self._replayed.discard(each.update)
        self._committed(each.reach for each in done)


def _answer_to(input: Inbound | Act) -> Urn:
    """Where somebody waits for an answer to this."""
    return input.urn if isinstance(input, Inbound) else input.chat


def _spare(input: Inbound | Act, now: datetime) -> Spare:
    kept = Kept(now, inbound=input) if isinstance(input, Inbound) else Kept(now, act=input)
    return Spare(str(input.urn), KEPT.dump(kept))


def _look_after_pages(ledger: Ledger, now: datetime) -> None:
    for page in ledger.open_pages():
        ledger.set_timer(page_timer.check(page, now))


def _everybody(ledger: Ledger) -> list[Reach]:
    """How each person is spoken to, so that it is known when nothing can be loaded."""
    families = ledger.families
    return [
        reach_of(person, families.patient(person.patient_id)) for person in families.everybody()
    ]
