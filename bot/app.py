"""The app: the real things chosen, handed to each other, started and stopped."""

from __future__ import annotations

import asyncio
import logging
import random
import signal
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bot.attempt import Ports as SenderPorts
from bot.backoff import Chance
from bot.channels.base import Channel, Rendered
from bot.clock import Clock, SystemClock
from bot.composer import Composer
from bot.danger import danger_reader
from bot.handling import Alarm, Craft, NoProbe, Probe
from bot.intake import Intake
from bot.intake import Ports as IntakePorts
from bot.ledger import StoreLedger
from bot.owed import Owed, What
from bot.sender import Sender
from bot.settings import Settings
from bot.speech import Speech
from bot.static import StaticTexts, static_texts
from bot.team import team_of
from bot.voice import Voice
from data.load import Content
from data.store import Store, Trade, open_store
from flows.conversation import advance
from flows.escalation import open_fault
from flows.message import Urn, text
from flows.team import Team

log = logging.getLogger(__name__)

MADE_AT_START = datetime(2000, 1, 1, tzinfo=UTC)
"""Any instant: the alarm names none."""
IDLE_LOOK_S = 0.02
"""How often a console looks whether all that is owed has been shown."""


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
        while any(  # noqa: ASYNC110 - the outbox is a table and rings no event
            row.not_before is None for row in await self.ledger.owed(1)
        ):
            await asyncio.sleep(IDLE_LOOK_S)


def build(
    content: Content, store: Store, channels: Mapping[str, Channel], team: Team, world: World
) -> App:
    """Hand the parts to each other."""
    house = content.house
    static = static_texts(house.clinic, content.catalogues)
    ledger = StoreLedger(store)
    wires = _Wires(static)
    sender = Sender(ledger, channels, world.clock, world.chance, wires.ports())
    limits = {name: channel.limits for name, channel in channels.items()}
    craft = Craft(
        house=house,
        advance=advance,
        fault=open_fault,
        renderer=Composer(house, content.catalogues, limits),
        static=lambda urn, language, ward: static.rendered(language, ward),
        alarms=_alarms(team, content),
        probe=world.probe,
    )
    ports = IntakePorts(wake=sender.wake, say=sender.say, danger=danger_reader(house))
    intake = Intake(store, craft, world.clock, ports)
    wires.intake = intake
    return App(content, store, intake, sender, ledger, channels)


@dataclass
class _Wires:
    """What the sender tells the intake; tied once both are there."""

    static: StaticTexts
    intake: Intake | None = None
    count: int = 0

    def ports(self) -> SenderPorts:
        return SenderPorts(
            unreachable=self.unreachable,
            moved=self.moved,
            fault=self.fault,
            instead=self.instead,
        )

    async def unreachable(self, urn: Urn) -> None:
        assert self.intake is not None
        await self.intake.unreachable(urn)

    async def moved(self, old: Urn, new: Urn) -> None:
        assert self.intake is not None
        await self.intake.moved(old, new)

    async def fault(self, why: str) -> None:
        assert self.intake is not None
        await self.intake.report(why)

    def instead(self, row: Owed) -> Rendered | None:
        """The static text for a new message that the channel will never take."""
        return self.static.rendered() if row.what is What.send else None


def _alarms(team: Team, content: Content) -> Sequence[Alarm]:
    """Whom to tell when the house itself is broken: the group, else who is on call."""
    first = (team.group,) if team.group else team.steps.get("on_call", ())
    clinic = content.house.clinic
    speech = Speech(Voice(clinic.language), content.catalogues, MADE_AT_START)
    words = Rendered(text=speech.say(text("static.alarm")))
    return tuple(Alarm(urn, words) for urn in first)


@asynccontextmanager
async def opened(
    path: Path, content: Content, team: Team, channels: Mapping[str, Channel], world: World
) -> AsyncIterator[App]:
    """A house on this database, alone on it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open_store(path, Trade(team=team)) as store:
        yield build(content, store, channels, team, world)


async def serve(settings: Settings, content: Content, world: World | None = None) -> None:
    """Run every channel that is configured, until the process is told to stop."""
    from bot.live import live_channels

    world = world or World()
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
