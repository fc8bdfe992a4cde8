"""Door: an intake on a real store, with flows so small that a test can see through them."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

from bot.channels.base import Rendered
from bot.craft import Alarm, Craft, Input
from bot.intake import Intake, Ports
from bot.outbox import Piece
from bot.parcel import unpack
from data.load import load
from data.store import Ledger, OwedRow, Store, Trade, open_store
from data.store.executor import Executor, Inline
from flows.house import House
from flows.message import Inbound, InboundKind, Outbound, Text, Urn, text
from flows.page import Page, PageState, Policy, Reason
from flows.record import Opened, Told
from flows.scene import Assessment, Scene
from flows.team import Act
from flows.timer import Due, Timer
from flows.turn import Turn
from flows.urgency import Urgency
from tests.data.jobs import fragile
from tests.harness.clock import MovableClock

ANA, BEN, GROUP = Urn("telegram", "7"), Urn("telegram", "8"), Urn("coordinator", "-100")
POLICY = Policy(Urgency.emergency, (), timedelta(minutes=2), timedelta(minutes=5))


@lru_cache(maxsize=1)
def house() -> House:
    """The content as it is shipped; read once."""
    return load()


def says(update: str, words: str, urn: Urn = ANA, language: str = "he") -> Inbound:
    """A message."""
    return Inbound(update, urn, InboundKind.text, text=words, language_code=language)


def advance(house: House, scene: Scene, input: Input, now: datetime) -> Turn:
    """Echoes; some words raise, set a timer, save a phone, or are an advice."""
    if isinstance(input, Due):
        return _due(Turn(scene), input, now)
    if isinstance(input, Act):
        return Turn(scene)
    turn = _recorded(Turn(scene, cause=input.update), input, now)
    match input.text.split():
        case ["raise"]:
            raise KeyError("words of the family")
        case ["phone", phone]:
            return turn.become(patient=replace(scene.patient, ward_phone=phone))
        case ["remind", minutes]:
            due_at = now + timedelta(minutes=int(minutes))
            return turn.set(Timer(f"nudge:{input.update}", due_at, "nudge", scene.person.id))
        case ["immediate" | "emergency" as level]:
            return _told(turn, Urgency(level), now)
        case _:
            return turn.say(Outbound(input.urn, input.update, (Text("echo", {"it": input.text}),)))


def _recorded(turn: Turn, inbound: Inbound, now: datetime) -> Turn:
    scene = turn.scene
    run = scene.assessment or Assessment(
        scene.next_assessment_id, scene.patient.id, scene.person.id, now, "p"
    )
    return turn.become(assessment=replace(run, records=(*run.records, Opened(now, inbound.text))))


def _told(turn: Turn, level: Urgency, now: datetime) -> Turn:
    run = turn.scene.assessment
    assert run is not None
    told = Told(now, level, (f"advice.{level}",), "he", "p", ())
    turn = turn.become(assessment=replace(run, records=(*run.records, told)))
    bubble, screen = text("advice.x"), text("screen.next")
    to, key = turn.scene.person.urn, turn.cause
    return turn.say(
        Outbound(to, f"{key}:0", (replace(bubble, id=f"advice.{level}"),)),
        Outbound(to, f"{key}:1", (screen,)),
    )


def _due(turn: Turn, due: Due, now: datetime) -> Turn:
    if due.timer.detail == "raise":
        raise KeyError("words of the family")
    to = turn.scene.person.urn
    return turn.say(Outbound(to, f"due:{due.timer.key}:{now.isoformat()}", (text("nudge"),)))


def fault(turn: Turn, house: House, cause: str, now: datetime) -> Turn:
    """Opens a page for a cause, once, and alerts the group."""
    if turn.scene.page is not None:
        return turn
    id, level = turn.scene.next_page_id, Urgency.immediate
    state = PageState.triggered
    page = Page(id, None, Reason.fault, cause, level, state, POLICY, now, now)
    alert = Outbound(GROUP, f"page:{id}", (text("page.fault", cause=cause),))
    return turn.become(page=page).say(alert)


class Echo:
    """Renders an id and its values; raises for what a test calls unspeakable."""

    def pieces(self, scene: Scene, outbound: Outbound, now: datetime) -> Sequence[Piece]:
        """One piece."""
        (body,) = outbound.body
        if "unspeakable" in body.values.values():
            raise LookupError("no such text")
        words = " ".join((body.id, *(str(value) for value in body.values.values())))
        return [Piece(Rendered(text=words))]


def static(urn: Urn, language: str, ward_phone: str) -> Rendered:
    """The static text, which tells what it was made with."""
    return Rendered(text=f"static {language} {ward_phone}".rstrip())


@dataclass
class Door:
    """The intake, and everything that comes out of it."""

    intake: Intake
    store: Store
    clock: MovableClock
    said: list[tuple[Urn, str]] = field(default_factory=list)
    """What went out without the store."""
    wakes: int = 0

    async def owed(self, urn: Urn = ANA) -> list[str]:
        """What the outbox owes an address."""
        rows: tuple[OwedRow, ...] = await self.store.run(lambda ledger: ledger.owed(100))
        return [unpack(row.payload).text for row in rows if row.urn == urn]

    async def heard(self, urn: Urn = ANA) -> list[str]:
        """What the records of a family say."""

        def words(ledger: Ledger) -> list[str]:
            run = ledger.scene_of(urn, self.clock.now()).assessment
            return [one.sign for one in run.records if isinstance(one, Opened)] if run else []

        return await self.store.run(words)

    def said_to(self, urn: Urn) -> list[str]:
        """What an address was told without the store."""
        return [words for to, words in self.said if to == urn]


def _danger(inbound: Inbound) -> frozenset[str]:
    return frozenset(word for word in inbound.text.split() if word in ("chills", "fit"))


@asynccontextmanager
async def door(
    path: Path, executor: Executor | None = None, **parts: object
) -> AsyncIterator[Door]:
    """An intake that has begun, its timers running on a clock that stands."""
    said: list[tuple[Urn, str]] = []
    clock = MovableClock()
    alarms = (Alarm(GROUP, Rendered(text="alarm")),)
    craft = Craft(house(), advance, fault, Echo(), static, alarms)
    craft = replace(craft, **parts)  # type: ignore[arg-type]
    connection: Callable[[], sqlite3.Connection] = fragile(path)
    runs = executor or Inline()
    with open_store(path, Trade(), executor=runs, connection=connection) as store:

        def wake() -> None:
            found.wakes += 1

        ports = Ports(wake, lambda urn, message: said.append((urn, message.text)), _danger)
        found = Door(Intake(store, craft, clock, ports), store, clock, said)
        await found.intake.start()
        timers = asyncio.ensure_future(found.intake.run_timers())
        try:
            yield found
        finally:
            timers.cancel()
            await asyncio.gather(timers, return_exceptions=True)
