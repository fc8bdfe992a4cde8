"""The process, really killed with work in flight: the same ending, and nothing lost."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest

from tests.harness.house import COORDINATOR_BOT, FAMILY_BOT
from tests.harness.telegram import Message, Phone, TelegramServer
from tests.harness.telegram.request import Call

ROOT = Path(__file__).parents[2]
START_S = 60.0
"""How long a process may take until it answers; the machine may be busy."""
DANA = 501
ADVICE = "Call now, at any hour."


class HouseProcess:
    """`main.py run`, or the house that stands still at a point, on one database."""

    def __init__(self, server: TelegramServer, folder: Path) -> None:
        self._env = {
            **{k: v for k, v in os.environ.items() if not k.startswith("VIGIL_")},
            "VIGIL_FAMILY_BOT_TOKEN": FAMILY_BOT,
            "VIGIL_COORDINATOR_BOT_TOKEN": COORDINATOR_BOT,
            "VIGIL_TELEGRAM_API": server.base_url,
            "VIGIL_COORDINATORS": str(DANA),
            "VIGIL_DATABASE": str(folder / "vigil.db"),
            "VIGIL_ALLOW_UNSIGNED": "yes",
        }
        self.reached = folder / "reached"
        self.database = folder / "vigil.db"
        self._process: Process | None = None
        self.log = folder / "log"

    async def run(self, *arguments: str) -> None:
        """Start it; `main.py run` unless told otherwise."""
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                *(arguments or ("main.py", "run")),
                cwd=ROOT,
                env=self._env,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    async def run_until(self, point: str) -> None:
        """Start the house that stands still at this point."""
        await self.run("-m", "tests.harness.house_process", point, str(self.reached))

    async def stands(self) -> None:
        """Wait until it stands still."""
        for _ in range(int(START_S / 0.05)):
            if self.reached.exists():
                return
            await asyncio.sleep(0.05)
        raise AssertionError(f"the point was not reached: {self.log.read_text()}")

    async def kill(self) -> None:
        """SIGKILL, and wait until it is gone."""
        assert self._process is not None
        if self._process.returncode is None:
            self._process.kill()
        await self._process.wait()


@asynccontextmanager
async def _process(server: TelegramServer, folder: Path) -> AsyncIterator[HouseProcess]:
    process = HouseProcess(server, folder)
    try:
        yield process
    finally:
        await process.kill()


Break = Callable[[TelegramServer, HouseProcess, Phone], Awaitable[None]]


async def _at_probe(server: TelegramServer, process: HouseProcess, ana: Phone, point: str) -> None:
    await process.run_until(point)
    await _met(ana)
    ana.send("38.4")
    await process.stands()
    await process.kill()


async def received(server: TelegramServer, process: HouseProcess, ana: Phone) -> None:
    """The update was received, and its transaction not begun."""
    await _at_probe(server, process, ana, "received")


async def in_transaction(server: TelegramServer, process: HouseProcess, ana: Phone) -> None:
    """Everything is written, and nothing committed."""
    await _at_probe(server, process, ana, "in_transaction")


async def committed(server: TelegramServer, process: HouseProcess, ana: Phone) -> None:
    """The turn is on disk, and nothing sent."""
    await _at_probe(server, process, ana, "committed")


async def sent(server: TelegramServer, process: HouseProcess, ana: Phone) -> None:
    """The advice has arrived, and the process does not know it."""
    gate = server.hold("sendMessage", bot=FAMILY_BOT, when="after", match=_is_advice)
    await process.run()
    await _met(ana)
    ana.send("38.4")
    await server.reached(gate, timeout=START_S)
    await process.kill()
    server.release(gate)


async def receipt(server: TelegramServer, process: HouseProcess, ana: Phone) -> None:
    """The receipt is written, and the confirmation of the update is on its way."""
    await process.run()
    await _met(ana)
    await server.polled(FAMILY_BOT, timeout=START_S)
    pending = server.account(FAMILY_BOT).updates.pending
    gate = server.hold(
        "getUpdates", bot=FAMILY_BOT, match=lambda call: bool(pending) and _confirms(call)
    )
    ana.send("38.4")
    await server.reached(gate, timeout=START_S)
    await ana.hears(ADVICE, timeout=START_S)
    await _nothing_owed(process.database)
    await process.kill()
    server.release(gate, apply=False)


async def _nothing_owed(path: Path) -> None:
    """Until every message has its receipt on disk."""
    for _ in range(int(START_S / 0.05)):
        with closing(sqlite3.connect(path)) as conn:
            owed = conn.execute("SELECT COUNT(*) FROM outbox WHERE state = 'owed'").fetchone()
        if owed[0] == 0:
            return
        await asyncio.sleep(0.05)
    raise AssertionError("something is still owed")


def _confirms(call: Call) -> bool:
    return bool(call.params.get("offset"))


def _is_advice(call: Call) -> bool:
    return str(call.params.get("text", "")).startswith(ADVICE)


async def _met(ana: Phone) -> None:
    """The chat is opened and greeted."""
    ana.start()
    await ana.hears("Vigil helps families", timeout=START_S)


@pytest.mark.parametrize("broken", [received, in_transaction, committed, sent, receipt])
async def test_killed_and_started_again(broken: Break, tmp_path: Path) -> None:
    """A parent reports 38.4 and chills, a coordinator acknowledges, the parent is told by whom:
    the same wherever the process is killed on the way, and no advice more than once unless a
    send was in flight."""
    async with (
        TelegramServer(tokens=[FAMILY_BOT, COORDINATOR_BOT]) as server,
        _process(server, tmp_path) as process,
    ):
        server.expects_violation("not modified", times=None)
        ana = server.phone(7000, bot=FAMILY_BOT, first_name="Ana")
        dana = server.phone(DANA, bot=COORDINATOR_BOT, first_name="Dana")
        dana.start()
        await broken(server, process, ana)
        await process.run()
        await ana.sees(lambda m: m.by_bot and m.text.startswith(ADVICE), timeout=START_S)
        await _ending(ana, dana, server)
        assert len(_advices(ana)) <= (2 if broken is sent else 1)
        assert _stored(process.database) == ["38.4 once", "chills once", "one page"]


async def _ending(ana: Phone, dana: Phone, server: TelegramServer) -> None:
    card = await dana.hears("38.4", timeout=START_S)
    await ana.sees(lambda m: any("hills" in b for row in m.labels for b in row), timeout=START_S)
    ana.tap(lambda button: "hills" in button.text)
    await dana.sees(lambda m: "chills" in m.text.lower(), timeout=START_S)
    dana.tap(lambda b: (b.data or "").startswith("acknowledge:"))
    await ana.hears("Dana", timeout=START_S)
    assert card.by_bot
    await server.polled(FAMILY_BOT, timeout=START_S)


def _advices(ana: Phone) -> list[Message]:
    return [message for message in ana.chat if message.text.startswith(ADVICE)]


def _stored(path: Path) -> list[str]:
    """What is in the database, told in words."""
    with closing(sqlite3.connect(path)) as conn:
        records = [str(row[0]) for row in conn.execute("SELECT sealed FROM records")]
        pages = conn.execute("SELECT COUNT(*) FROM pages WHERE patient_id IS NOT NULL").fetchone()
    return [
        f"38.4 {_times(records, '38.4')}",
        f"chills {_times(records, 'chills')}",
        "one page" if pages[0] == 1 else f"{pages[0]} pages",
    ]


def _times(records: list[str], what: str) -> str:
    answered = [r for r in records if what in r and "answered" in r]
    return "once" if len(answered) == 1 else f"{len(answered)} times"
