"""The app: the real things chosen, handed to each other, started and stopped."""

from __future__ import annotations

import asyncio
import logging
import random
import signal
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bot.attempt import Ports as SenderPorts
from bot.backoff import Chance
from bot.channels.base import Channel, Rendered
from bot.clock import Clock, SystemClock
from bot.composer import Composer
from bot.craft import Alarm, Craft, NoProbe, Probe
from bot.danger import danger_reader
from bot.intake import Intake
from bot.intake import Ports as IntakePorts
from bot.ledger import StoreLedger
from bot.owed import Owed, What
from bot.sender import Sender
from bot.settings import Settings
from bot.speech import Speech
from bot.static import StaticTexts, static_texts
from bot.team import APPRISE, COORDINATOR, team_of
from bot.voice import Voice
from data.load import Content
from data.private import make_folder
from data.store import Store, Trade, open_store
from flows.conversation import advance
from flows.escalation import open_fault
from flows.message import Urn, text
from flows.team import COMMAND_LINE, Team

log = logging.getLogger(__name__)

MADE_AT_START = datetime(2000, 1, 1, tzinfo=UTC)
"""Any instant: the alarm names none."""


@dataclass(frozen=True)
class World:
    """What the house cannot know by itself; a simulation brings its own."""

    clock: Clock = field(default_factory=SystemClock)
    chance: Chance = random.random
    probe: Probe = field(default_factory=NoProbe)


@dataclass(frozen=True)
class App:
    """One running house."""

    content: Content
    store: Store
    intake: Intake
    sender: Sender
    ledger: StoreLedger
    channels: Mapping[str, Channel]

    async def run(self) -> None:
        """Serve until a channel that reads to an end has read, or until cancelled."""
        await self.intake.start()
        served = (self.sender.run(), self.intake.run_timers())
        steady = [asyncio.ensure_future(task) for task in served]
        reading = [
            asyncio.ensure_future(c.run(self.intake.receive)) for c in self.channels.values()
        ]
        try:
            done, _ = await asyncio.wait((*steady, *reading), return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in (*steady, *reading):
                task.cancel()
            await asyncio.gather(*steady, *reading, return_exceptions=True)
            for channel in self.channels.values():
                await channel.close()

    async def settled(self) -> None:
        """Return once nothing is owed that can be sent now."""
        await self.sender.settled()


def build(
    content: Content, store: Store, channels: Mapping[str, Channel], team: Team, world: World
) -> App:
    """Hand the parts to each other."""
    house = content.house
    static = _static(content)
    ledger = StoreLedger(store)
    wires = _Wires(static)
    sender = Sender(ledger, channels, world.clock, world.chance, wires.ports())
    limits = {name: channel.limits for name, channel in channels.items()}
    craft = Craft(
        house=house,
        advance=advance,
        fault=open_fault,
        renderer=Composer(house, content.catalogues, limits),
        static=static,
        alarms=[Alarm(urn, static.alarm) for urn in _first_told(team)],
        probe=world.probe,
    )
    ports = IntakePorts(wake=sender.wake, say=sender.say, danger=danger_reader(house))
    intake = Intake(store, craft, world.clock, ports)
    wires.intake = intake
    return App(content, store, intake, sender, ledger, channels)


@dataclass(frozen=True)
class _Static:
    """The words of the hour when nothing else works: one text for families, one for ours."""

    urgent: StaticTexts
    alarm: Rendered

    def __call__(self, urn: Urn, language: str = "", ward_phone: str = "") -> Rendered:
        """What this address is told instead of what it was owed."""
        ours = urn.channel in (COORDINATOR, APPRISE, COMMAND_LINE.channel)
        return self.alarm if ours else self.urgent.rendered(language, ward_phone)


def _static(content: Content) -> _Static:
    clinic = content.house.clinic
    speech = Speech(Voice(clinic.language), content.catalogues, MADE_AT_START)
    alarm = Rendered(text=speech.say(text("static.alarm")))
    return _Static(static_texts(clinic, content.catalogues), alarm)


def _first_told(team: Team) -> tuple[Urn, ...]:
    """Whom to tell when the house itself is broken: the group, else who is on call."""
    return (team.group,) if team.group else team.steps.get("on_call", ())


@dataclass
class _Wires:
    """What the sender tells the intake; tied once both are there."""

    static: _Static
    intake: Intake | None = None

    def ports(self) -> SenderPorts:
        return SenderPorts(
            unreachable=self.unreachable,
            moved=self.moved,
            fault=self.fault,
            instead=self.instead,
        )

    async def unreachable(self, urn: Urn) -> None:
        await self._tied().unreachable(urn)

    async def moved(self, old: Urn, new: Urn) -> None:
        await self._tied().moved(old, new)

    async def fault(self, why: str) -> None:
        await self._tied().report(why)

    def instead(self, row: Owed) -> Rendered | None:
        """The static text for a new message that the channel will never take."""
        return self.static(row.urn) if row.what is What.send else None

    def _tied(self) -> Intake:
        assert self.intake is not None, "the sender runs only after the intake is there"
        return self.intake


@asynccontextmanager
async def opened(
    path: Path, content: Content, team: Team, channels: Mapping[str, Channel], world: World
) -> AsyncIterator[App]:
    """A house on this database, alone on it."""
    make_folder(path.parent)
    with open_store(path, Trade(team=team)) as store:
        yield build(content, store, channels, team, world)


async def serve(settings: Settings, content: Content, world: World | None = None) -> None:
    """Run every channel that is configured, until the process is told to stop."""
    from bot.live import live_channels

    world = world or World()
    content.house.lexicon.ready()
    async with (
        live_channels(settings, content, world) as channels,
        opened(settings.database, content, team_of(settings), channels, world) as app,
    ):
        await _until_told(app)


async def _until_told(app: App) -> None:
    """Run until the process is told to stop, and then stop in order."""
    running = asyncio.ensure_future(app.run())
    loop = asyncio.get_running_loop()
    for told in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(told, running.cancel)
    with suppress(asyncio.CancelledError):
        await running
