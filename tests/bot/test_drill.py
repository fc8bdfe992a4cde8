"""A drill through both doors: the command line while the house is shut, /drill while it runs."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from data.store import open_store
from tests.harness.house import COORDINATOR_BOT, FAMILY_BOT, GROUP, STAFF, Harness, house_of
from tests.harness.telegram import Phone, TelegramServer

ROOT = Path(__file__).parents[2]
DANA, BEN, NOA = STAFF.values()
FAILING = (
    "import sys, main, flows.desk\n"
    "def raises(*_): raise KeyError('words')\n"
    "flows.desk.open_drill = raises\n"
    "sys.exit(main.main(['drill']))"
)
"""The command line in a house whose drills raise."""


@dataclass(frozen=True)
class Ended:
    """How a process ended, and what it said."""

    status: int | None
    out: list[str]
    err: str


async def drill(
    server: TelegramServer, database: Path, *coordinators: int, group: bool, call: str = ""
) -> Ended:
    """Run ``main.py drill``, or another call in its place."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith("VIGIL_")}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, *(("-c", call) if call else ("main.py", "drill"))),
        cwd=ROOT,
        env={
            **bare,
            "VIGIL_FAMILY_BOT_TOKEN": FAMILY_BOT,
            "VIGIL_COORDINATOR_BOT_TOKEN": COORDINATOR_BOT,
            "VIGIL_TELEGRAM_API": server.base_url,
            "VIGIL_COORDINATORS": ",".join(map(str, coordinators)),
            "VIGIL_COORDINATOR_GROUP": str(GROUP) if group else "",
            "VIGIL_DATABASE": str(database),
            "VIGIL_ALLOW_UNSIGNED": "yes",
        },
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    return Ended(process.returncode, out.decode().splitlines(), err.decode())


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    """Telegram, with both bots."""
    async with TelegramServer(tokens=[FAMILY_BOT, COORDINATOR_BOT]) as server:
        yield server


def staff(server: TelegramServer, *ids: int) -> list[Phone]:
    """Coordinators who opened their bot; what they said to it was answered long ago."""
    phones = [server.phone(id, bot=COORDINATOR_BOT, first_name=str(id)) for id in ids]
    for phone in phones:
        phone.start()
    server.account(COORDINATOR_BOT).updates.pending.clear()
    return phones


async def test_every_step_that_is_reached_is_named(server: TelegramServer, tmp_path: Path) -> None:
    """With everybody there each telephone rings once, each is named, and the status is 0."""
    phones = staff(server, *STAFF.values())
    group = server.group(GROUP, phones, bots=[COORDINATOR_BOT])
    ended = await drill(server, tmp_path / "vigil.db", *STAFF.values(), group=True)
    assert sorted(ended.out) == sorted(
        f"alerted: coordinator:{id}" for id in (*STAFF.values(), GROUP)
    )
    assert ended.status == 0
    for screen in (*phones, group):
        (card,) = [message for message in screen.read() if message.by_bot]
        assert "V-0001" in card.text


async def test_who_is_not_reached_is_named_too(server: TelegramServer, tmp_path: Path) -> None:
    """A step without an address, and one who never pressed Start: both stand there; status 1."""
    staff(server, DANA)
    server.phone(BEN, bot=COORDINATOR_BOT)
    ended = await drill(server, tmp_path / "vigil.db", DANA, BEN, group=False)
    assert ended.status == 1
    assert ended.out == [
        f"alerted: coordinator:{DANA}",
        f"alerted: coordinator:{BEN}",
        "skipped: group: no working address",
        "skipped: supervisor: no working address",
        f"not delivered: coordinator:{BEN}",
    ]


async def test_command_line_comes_in_by_the_one_door(
    server: TelegramServer, tmp_path: Path
) -> None:
    """The drill stands in the inbox like everything else, and in the journal as the house's."""
    staff(server, DANA)
    await drill(server, tmp_path / "vigil.db", DANA, group=False)
    with closing(sqlite3.connect(tmp_path / "vigil.db")) as conn:
        inbox = conn.execute("SELECT urn, kind FROM inbox WHERE kind = 'drill'").fetchall()
        actors = conn.execute("SELECT DISTINCT actor FROM journal WHERE kind = 'PageTriggered'")
        assert inbox == [("house:command-line", "drill")]
        assert actors.fetchall() == [("house:command-line",)]


async def test_a_drill_that_fails_says_so(server: TelegramServer, tmp_path: Path) -> None:
    """Where its turn raises, whoever ran it reads that, the fault is paged, and the status is 1."""
    (dana,) = staff(server, DANA)
    database = tmp_path / "vigil.db"
    ended = await drill(server, database, DANA, group=False, call=FAILING)
    assert ended.status == 1
    assert ended.out
    assert not any(line.startswith("alerted") for line in ended.out)
    assert "words" not in ended.err
    assert any("V-0001" in message.text for message in dana.read())


async def test_house_that_runs_keeps_the_command_line_out(
    server: TelegramServer, tmp_path: Path
) -> None:
    """The database is taken: one line says so, and nobody is alerted."""
    with open_store(tmp_path / "vigil.db"):
        ended = await drill(server, tmp_path / "vigil.db", DANA, group=False)
    assert (ended.status, ended.out) == (2, [])
    assert "another process already uses the database" in ended.err
    assert not server.sent(COORDINATOR_BOT)


# --- while the house runs -------------------------------------------------------------------------


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Harness]:
    """A staffed house at two in the morning."""
    async with house_of(tmp_path) as house:
        yield house


async def test_coordinator_drills_while_the_house_runs(house: Harness) -> None:
    """/drill rings everybody once; a second one only says that the first is under way; half an
    hour later it is over by itself."""
    ben = house.coordinator("Ben")
    await ben.says("/drill")
    assert house.group is not None
    for screen in (*(house.coordinator(name).phone for name in STAFF), house.group):
        await screen.hears(lambda message: "DRILL" in message.text or "תרגיל" in message.text)
    await ben.hears("has begun")
    await ben.says("/drill")
    await ben.hears("under way already: V-0001")
    assert [len(house.coordinator(name).rang()) for name in STAFF] == [1, 1, 1]
    await house.forward(minutes=31)
    await ben.hears("over: nobody answered")
    await ben.says("/open")
    await ben.hears("Nothing is open")


async def test_drill_asked_for_beside_a_reply_concerns_no_family(house: Harness) -> None:
    """A coordinator in the middle of a reply drills: the family's page and card stay as they
    are, and the family hears nothing of it."""
    ana, dana = house.person("Ana"), house.coordinator("Dana")
    await ana.says("38.4")
    await dana.acknowledges(await dana.gets_page("38.4"))
    await dana.taps("Reply")
    ana.read()
    await dana.says("/drill")
    card = await dana.hears("V-0002")
    assert "38.4" not in card.text
    assert not ana.unread()
    scene = await house.scene("Ana")
    assert scene.page is not None
    assert scene.page.code == "V-0001"
    dana.read()
    for name in ("Ben", "Noa"):
        house.coordinator(name).read()


async def test_stranger_cannot_drill(house: Harness) -> None:
    """Rights go by user id here as everywhere: nobody is alerted."""
    stranger = house.server.phone(999, bot=COORDINATOR_BOT, first_name="Mallory")
    stranger.start()
    stranger.send("/drill")
    await house.quiet()
    assert not any("V-" in message.text for message in stranger.read())
    assert [house.coordinator(name).unread() for name in STAFF] == [[], [], []]


async def test_drill_is_described_in_each_language(house: Harness) -> None:
    """Telegram's menu shows the command with what it does, in the coordinator's language."""
    shown = house.server.account(COORDINATOR_BOT).commands
    described = {
        language: one["description"]
        for (_, language), commands in shown.items()
        for one in commands
        if one["command"] == "drill"
    }
    assert set(described) == {"", "en", "he"}
    assert described["en"] == described[""] != described["he"]
