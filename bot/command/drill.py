"""``main.py drill``: a test page to every step of the escalation policy, and who was reached."""

from __future__ import annotations

import asyncio

from bot.app import App, World, opened
from bot.command.database import alone
from bot.composer import Composer
from bot.live import live_channels
from bot.log import set_up_log
from bot.outbox import rows_of
from bot.refusal import Refusal
from bot.settings import Settings
from bot.team import team_of
from data.load import Content, load_content
from data.store import Ledger
from flows.drill import open_drill
from flows.event import Event, StepAlerted, StepSkipped
from flows.pace import Pace
from flows.turn import Turn


def drill() -> int:
    """Alert every step once; 1 when a step could not be reached."""
    settings = Settings.read().whole()
    if not settings.live:
        raise Refusal("there is nobody to alert: the bot tokens are not set")
    content = load_content(settings.content, pace=Pace(settings.time_scale))
    settings.permit(content.unsigned)
    set_up_log()
    with alone(settings.database):
        lines, whole = asyncio.run(_drill(settings, content))
    print("\n".join(lines))
    return int(not whole)


async def _drill(settings: Settings, content: Content) -> tuple[list[str], bool]:
    world = World()
    async with (
        live_channels(settings, content, world) as channels,
        opened(settings.database, content, team_of(settings), channels, world) as app,
    ):
        running = asyncio.ensure_future(app.run())
        try:
            return await _alert(app, world)
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)


async def _alert(app: App, world: World) -> tuple[list[str], bool]:
    now = world.clock.now()
    limits = {name: channel.limits for name, channel in app.channels.items()}
    composer = Composer(app.content.house, app.content.catalogues, limits)

    def begin(ledger: Ledger) -> tuple[tuple[Event, ...], tuple[str, ...]]:
        scene = ledger.scene_of_fault("")
        turn = open_drill(Turn(scene, cause=f"drill:{now.isoformat()}"), app.content.house, now)
        rows = [
            row
            for said in turn.says
            for row in rows_of(said, composer.pieces(turn.scene, said, now))
        ]
        ledger.save(scene, turn, now, rows, actor="drill")
        return turn.events, tuple(row.key for row in rows)

    events, keys = await app.store.run(begin)
    app.sender.wake()
    await app.settled()
    lost = await app.store.run(lambda ledger: _lost(ledger, keys))
    skipped = [event for event in events if isinstance(event, StepSkipped)]
    return [*_lines(events), *(f"not delivered: {urn}" for urn in lost)], not (lost or skipped)


def _lines(events: tuple[Event, ...]) -> list[str]:
    alerted = [
        f"alerted: {urn}"
        for event in events
        if isinstance(event, StepAlerted)
        for urn in event.urns
    ]
    skipped = [
        f"skipped: {event.role}: {event.why}" for event in events if isinstance(event, StepSkipped)
    ]
    return [*alerted, *skipped]


def _lost(ledger: Ledger, keys: tuple[str, ...]) -> list[str]:
    """Addresses that the drill's messages did not get to."""
    rows = ledger.conn.execute("SELECT key, urn, state FROM outbox ORDER BY id DESC LIMIT 1000")
    return [urn for key, urn, state in rows if key in keys and state not in ("sent", "delivered")]
