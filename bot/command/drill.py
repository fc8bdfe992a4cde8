"""``main.py drill``: a test page to every step of the escalation policy, and who was reached."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime

from bot.app import App, World, opened
from bot.channels.command_line import CommandLine
from bot.command.database import alone
from bot.live import live_channels
from bot.log import set_up_log
from bot.refusal import Refusal
from bot.settings import Settings
from bot.team import team_of
from data.load import Content, load_content
from data.store import Ledger, StoreFailed
from flows.pace import Pace
from flows.page import Page, Reason


@dataclass(frozen=True)
class Report:
    """Whom a drill alerted, and where it got to nobody."""

    alerted: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    """Roles of the policy without a working address."""
    lost: tuple[str, ...] = ()
    """Addresses that were alerted, and that the alert did not get to."""
    said: tuple[str, ...] = ()
    """What the house answered; it answers only when the drill could not be opened."""

    @property
    def whole(self) -> bool:
        """Whether every step was reached."""
        return bool(self.alerted) and not (self.skipped or self.lost or self.said)

    def lines(self) -> list[str]:
        """One for each address and each step that has none."""
        return [
            *(f"alerted: {urn}" for urn in self.alerted),
            *(f"skipped: {role}: no working address" for role in self.skipped),
            *(f"not delivered: {urn}" for urn in self.lost),
            *self.said,
        ]


def drill() -> int:
    """Alert every step once; 1 when a step could not be reached."""
    settings = Settings.read().whole()
    if not settings.live:
        raise Refusal("there is nobody to alert: the bot tokens are not set")
    content = load_content(settings.content, pace=Pace(settings.time_scale))
    settings.permit(content.unsigned)
    set_up_log()
    with alone(settings.database):
        try:
            report = asyncio.run(_drill(settings, content))
        except StoreFailed as failed:
            raise Refusal(str(failed)) from failed
    print("\n".join(report.lines()))
    return int(not report.whole)


async def _drill(settings: Settings, content: Content) -> Report:
    """Run the whole house until everybody was told; what comes in meanwhile is answered."""
    world, running = World(), list[App]()
    now = world.clock.now()

    async def settled() -> None:
        await running[0].settled()

    line = CommandLine("drill", now, settled)
    async with live_channels(settings, content, world) as live:
        channels = {**live, line.name: line}
        team = team_of(settings)
        async with opened(settings.database, content, team, channels, world) as app:
            running.append(app)
            await app.run()
            return await app.store.run(lambda ledger: _report(ledger, now, tuple(line.said)))


def _report(ledger: Ledger, since: datetime, said: tuple[str, ...]) -> Report:
    pages = [page for page in ledger.open_pages() if _is_ours(page, since)]
    if not pages:
        return Report(said=said)
    page = pages[-1]
    return Report(page.alerted, page.skipped, _lost(ledger, page), said)


def _is_ours(page: Page, since: datetime) -> bool:
    return page.reason is Reason.drill and page.opened_at >= since


def _lost(ledger: Ledger, page: Page) -> tuple[str, ...]:
    """Addresses that the page's messages did not get to."""
    rows = ledger.conn.execute(
        "SELECT urn FROM outbox WHERE key LIKE ? AND what = 'send' AND state <> 'sent' ORDER BY id",
        (f"page:{page.id}:%",),
    )
    return tuple(dict.fromkeys(urn for (urn,) in rows))
