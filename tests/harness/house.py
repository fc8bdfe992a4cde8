"""A whole house in one test: both bots over loopback, SQLite on disk, a clock moved by hand."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import cached_property, lru_cache
from pathlib import Path

from bot.app import App, World, opened
from bot.live import live_channels
from bot.settings import Settings
from bot.team import team_of
from data.load import Content, load_content
from flows.message import Urn
from flows.pace import Pace
from flows.scene import Scene
from tests.harness.clock import NIGHT as NIGHT
from tests.harness.clock import MovableClock
from tests.harness.telegram import Group, Message, Phone, TelegramServer, make_token
from tests.harness.telegram.screen import Screen

FAMILY_BOT = make_token(1001)
COORDINATOR_BOT = make_token(1002)
STAFF = {"Dana": 501, "Ben": 502, "Noa": 503}
"""The coordinators in the order on call, second, supervisor."""
GROUP = -1_009_000_000_001
HELD_ROUNDS = 500
"""After so many looks what is still owed waits for the network, and so for the clock to move."""
QUIET_ROUNDS = 3
"""How often in a row nothing may be owed before a house counts as quiet."""

Wanted = str | Callable[[Message], bool]


@lru_cache(maxsize=2)
def shipped(scale: int = 1) -> Content:
    """The content as it is shipped; read once for all tests."""
    return load_content(pace=Pace(scale))


class Complaints(logging.Handler):
    """Error lines: a test that leaves any fails."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the line."""
        self.lines.append(f"{record.name}: {record.getMessage()}")


def unheard_rings(screen: Screen) -> list[Message]:
    """Messages that rang and were never read; an edit of one that was read does not ring."""
    return [
        event.message
        for place, event in enumerate(screen.history)
        if event.what == "new" and event.message.ringing and not screen.noticed(place)
    ]


def rings(screen: Screen) -> list[datetime]:
    """The instants at which something rang."""
    return [
        datetime.fromtimestamp(event.at, UTC)
        for event in screen.history
        if event.what == "new" and event.message.ringing
    ]


class PersonInHouse:
    """A person with a phone, speaking as a test reads: says, taps, hears."""

    def __init__(self, house: Harness, phone: Phone) -> None:
        self._house = house
        self.phone = phone

    async def says(self, text: str) -> None:
        """Type something, and wait until the house has answered."""
        self.phone.send(text)
        await self._house.quiet()

    async def taps(self, label: str) -> None:
        """Tap the newest visible button whose label holds this, and wait for the answer."""
        self.phone.tap(lambda button: label in button.text)
        await self._house.quiet()

    async def does(self, act: Callable[[Phone], object]) -> None:
        """Do anything with the phone, and wait for the answer."""
        act(self.phone)
        await self._house.quiet()

    async def hears(self, wanted: Wanted = "") -> Message:
        """The first unread message that fits; it is read then."""
        return await self.phone.hears(wanted)

    def read(self) -> list[Message]:
        """Read all that is unread."""
        return self.phone.read()

    def unread(self) -> list[Message]:
        """What was not read yet."""
        return self.phone.unread()

    def rang(self) -> list[datetime]:
        """When the telephone rang, by the house's clock."""
        return rings(self.phone)

    def offered(self) -> list[str]:
        """The labels of every button that stands on the screen."""
        return [b for m in self.phone.chat if m.by_bot for row in m.labels for b in row]


class CoordinatorInHouse(PersonInHouse):
    """A coordinator of the clinic."""

    def unread(self) -> list[Message]:
        """What rang and was not read; copies brought up to date in silence ask for nothing."""
        return unheard_rings(self.phone)

    async def gets_page(self, wanted: Wanted = "V-") -> Message:
        """A card that rings; it is read then."""
        return await self.phone.hears(wanted)

    async def acknowledges(self, page: Message | None = None) -> None:
        """Tap Acknowledge on the newest card."""
        self.phone.tap(lambda button: (button.data or "").startswith("acknowledge:"), message=page)
        await self._house.quiet()

    async def resolves(self, outcome: str) -> None:
        """Resolve the page with this outcome."""
        self.phone.tap(lambda button: (button.data or "").startswith("resolve:"))
        await self._house.quiet()
        self.phone.tap(lambda button: (button.data or "").endswith(f":{outcome}"))
        await self._house.quiet()


class Harness:
    """The house, the network it lives on, and everybody in it."""

    def __init__(
        self,
        server: TelegramServer,
        database: Path,
        content: Content,
        clock: MovableClock,
        **settings: object,
    ) -> None:
        self.server = server
        self.content = content
        self.clock = clock
        self.database = database
        self.complaints = Complaints()
        self._settings = settings
        self._people: dict[str, PersonInHouse] = {}
        self._stack = AsyncExitStack()
        self._running: asyncio.Task[None] | None = None
        self._app: App | None = None
        self.group: Group | None = None

    # --- life -----------------------------------------------------------------------------------

    @property
    def app(self) -> App:
        """The running house."""
        assert self._app is not None
        return self._app

    @cached_property
    def settings(self) -> Settings:
        """The settings as the environment would give them."""
        known: dict[str, object] = {
            "family_bot_token": FAMILY_BOT,
            "coordinator_bot_token": COORDINATOR_BOT,
            "telegram_api": self.server.base_url,
            "coordinators": tuple(STAFF.values()),
            "coordinator_group": GROUP,
            "database": self.database,
            "allow_unsigned": True,
        }
        return Settings.model_validate({**known, **self._settings})

    async def start(self) -> None:
        """Open the house."""
        world = World(clock=self.clock, chance=lambda: 0.5)
        settings = self.settings
        channels = await self._stack.enter_async_context(
            live_channels(settings, self.content, world)
        )
        self._app = await self._stack.enter_async_context(
            opened(self.database, self.content, team_of(settings), channels, world)
        )
        self._running = asyncio.ensure_future(self._app.run())
        await self.quiet()

    async def stop(self) -> None:
        """Shut the house in order."""
        if self._running is not None:
            self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)
            self._running = None
        await self._stack.aclose()
        self._stack = AsyncExitStack()

    async def restart(self) -> None:
        """Shut it and open it again: nothing that matters lives in memory."""
        await self.stop()
        await self.start()

    # --- people ---------------------------------------------------------------------------------

    def person(self, name: str, language: str = "en") -> PersonInHouse:
        """A family's person; met once, the same person afterwards."""
        if name not in self._people:
            phone = self.server.phone(
                7000 + len(self._people), bot=FAMILY_BOT, first_name=name, language_code=language
            )
            self._people[name] = PersonInHouse(self, phone)
        return self._people[name]

    def coordinator(self, name: str) -> CoordinatorInHouse:
        """One of the staff; each has started the coordinators' bot."""
        person = self._people[name]
        assert isinstance(person, CoordinatorInHouse)
        return person

    async def hire(self, language: str = "en") -> None:
        """Give each of the staff a phone, and let them say /start; their greetings are read."""
        for name, id in STAFF.items():
            phone = self.server.phone(
                id, bot=COORDINATOR_BOT, first_name=name, language_code=language
            )
            self._people[name] = CoordinatorInHouse(self, phone)
        members = [person.phone for person in self._people.values()]
        self.group = self.server.group(GROUP, members, bots=[COORDINATOR_BOT])
        for phone in members:
            phone.start()
        await self.quiet()
        for phone in members:
            phone.read()

    # --- time -----------------------------------------------------------------------------------

    async def quiet(self) -> None:
        """Until every update is committed and all that is owed has been sent."""
        calm = held = 0
        while calm < QUIET_ROUNDS and held < HELD_ROUNDS:
            if self._running is not None and self._running.done():
                self._running.result()
            await self._confirmed()
            owed = [r for r in await self.app.ledger.owed(64) if r.not_before is None]
            calm, held = (0, held + 1) if owed else (calm + 1, 0)
            await asyncio.sleep(0.002)

    async def _confirmed(self) -> None:
        """Until every update was taken, and the next would be."""
        if not self.settings.webhook_url:
            await self.server.polled(FAMILY_BOT)
            await self.server.polled(COORDINATOR_BOT)
            return
        for bot in (FAMILY_BOT, COORDINATOR_BOT):
            updates = self.server.account(bot).updates
            assert await self.server.world.bell.until(lambda: not updates.pending or None, 10.0)  # noqa: B023

    async def forward(self, **span: float) -> None:
        """Let time pass from timer to timer, each answered before the next falls due."""
        end = self.clock.now() + timedelta(**span)
        while (due := await self._next_due()) is not None and due <= end:
            await self._move(max(due, self.clock.now()))
            await self._fired(due)
            await self.quiet()
        await self._move(end)
        await self.quiet()

    async def jump(self, **span: float) -> None:
        """Let time pass all at once, as after an outage."""
        await self._move(self.clock.now() + timedelta(**span))
        while (due := await self._next_due()) is not None and due <= self.clock.now():
            await self._fired(due)
        await self.quiet()

    async def _move(self, to: datetime) -> None:
        await self.clock.jump(seconds=(to - self.clock.now()).total_seconds())

    async def _next_due(self) -> datetime | None:
        return await self.app.store.run(lambda ledger: ledger.next_due_at())

    async def _fired(self, due: datetime) -> None:
        """Until the timer of this instant is no longer the next."""
        for _ in range(2500):
            next_due = await self._next_due()
            if next_due is None or next_due > due:
                return
            await asyncio.sleep(0.002)
        raise AssertionError(f"the timer of {due} did not fire")

    # --- looking --------------------------------------------------------------------------------

    async def scene(self, name: str) -> Scene:
        """What the store holds for a family's person."""
        phone = self._people[name].phone
        urn, now = Urn("telegram", str(phone.id)), self.clock.now()
        return await self.app.store.run(lambda ledger: ledger.scene_of(urn, now))

    def read_all(self) -> None:
        """Read everything that everybody was sent, the group's chat included."""
        for person in self._people.values():
            person.phone.read()
        if self.group is not None:
            self.group.read()

    def rung(self) -> list[str]:
        """What rang at a coordinator's and is not read."""
        return [
            f"{name}: {message}"
            for name, person in self._people.items()
            if isinstance(person, CoordinatorInHouse)
            for message in person.phone.unread()
            if not message.silent
        ]

    async def patience(self, seen: Callable[[], bool], seconds: float = 30) -> None:
        """Let time pass second by second until something is seen."""
        for _ in range(int(seconds)):
            await self.quiet()
            if seen():
                return
            await self._move(self.clock.now() + timedelta(seconds=1))
        raise AssertionError("it was not seen")

    def unread(self) -> list[str]:
        """What nobody has read: all that a family was told, all that rang for the staff."""
        return [
            f"{name}: {message}"
            for name, person in self._people.items()
            for message in person.unread()
        ]


@asynccontextmanager
async def house_of(
    tmp_path: Path,
    *,
    content: Content | None = None,
    strict: bool = True,
    at: datetime = NIGHT,
    staff_language: str = "en",
    **settings: object,
) -> AsyncIterator[Harness]:
    """A staffed house; leaving it fails on an unread message or an error line in the log."""
    clock = MovableClock(at)
    async with TelegramServer(
        tokens=[FAMILY_BOT, COORDINATOR_BOT], now=lambda: clock.now().timestamp()
    ) as server:
        house = Harness(server, tmp_path / "vigil.db", content or shipped(), clock, **settings)
        logging.getLogger().addHandler(house.complaints)
        try:
            await house.start()
            await house.hire(staff_language)
            yield house
        finally:
            logging.getLogger().removeHandler(house.complaints)
            await house.stop()
        if strict:
            assert not house.unread(), house.unread()
            assert not house.complaints.lines, house.complaints.lines
