"""A drill reaches every step of the policy, and concerns no family."""

import asyncio
import os
import sys
from pathlib import Path

from tests.harness.house import COORDINATOR_BOT, FAMILY_BOT, GROUP, STAFF, Harness
from tests.harness.telegram import TelegramServer

ROOT = Path(__file__).parents[2]
DRILL = "This is a drill. It concerns no patient."


async def test_drill_from_the_command_line_reaches_every_step(tmp_path: Path) -> None:
    """`main.py drill` rings each coordinator and the group once, names them, and ends with 0."""
    async with TelegramServer(tokens=[FAMILY_BOT, COORDINATOR_BOT]) as server:
        phones = [
            server.phone(id, bot=COORDINATOR_BOT, first_name=name) for name, id in STAFF.items()
        ]
        group = server.group(GROUP, phones, bots=[COORDINATOR_BOT])
        for phone in phones:
            phone.start()
        status, said = await _drill(server, tmp_path)
        assert status == 0, said
        assert said.count("alerted: ") == len(STAFF) + 1
        for screen in (*phones, group):
            await screen.sees(lambda m: "V-0001" in m.text)


async def test_drill_says_who_was_not_reached(tmp_path: Path) -> None:
    """A coordinator who never opened the bot cannot be written to: the drill says so, and ends
    with 1."""
    async with TelegramServer(tokens=[FAMILY_BOT, COORDINATOR_BOT]) as server:
        phones = {
            name: server.phone(id, bot=COORDINATOR_BOT, first_name=name)
            for name, id in STAFF.items()
        }
        server.group(GROUP, list(phones.values()), bots=[COORDINATOR_BOT])
        for name in ("Dana", "Ben"):
            phones[name].start()
        status, said = await _drill(server, tmp_path)
        assert status == 1, said
        assert f"not delivered: coordinator:{STAFF['Noa']}" in said


async def _drill(server: TelegramServer, folder: Path) -> tuple[int | None, str]:
    bare = {name: value for name, value in os.environ.items() if not name.startswith("VIGIL_")}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(ROOT / "main.py"),
        "drill",
        cwd=folder,
        env={
            **bare,
            "VIGIL_FAMILY_BOT_TOKEN": FAMILY_BOT,
            "VIGIL_COORDINATOR_BOT_TOKEN": COORDINATOR_BOT,
            "VIGIL_TELEGRAM_API": server.base_url,
            "VIGIL_COORDINATORS": ",".join(map(str, STAFF.values())),
            "VIGIL_COORDINATOR_GROUP": str(GROUP),
            "VIGIL_DATABASE": str(folder / "vigil.db"),
            "VIGIL_ALLOW_UNSIGNED": "yes",
        },
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, _ = await process.communicate()
    return process.returncode, out.decode()


async def test_drill_from_the_chat_while_a_case_is_open(house: Harness) -> None:
    """A coordinator drills from the chat: every step rings, the open case and its family are
    left alone, and who answers the drill is named."""
    ana, dana, noa = house.person("Ana"), house.coordinator("Dana"), house.coordinator("Noa")
    await ana.says("38.4")
    house.read_all()
    await dana.says("/drill")
    card = await noa.gets_page("DRILL")
    assert DRILL in card.text
    await noa.acknowledges(card)
    assert not ana.unread()
    page = (await house.scene("Ana")).page
    assert page is not None
    assert page.holder is None
    house.read_all()
