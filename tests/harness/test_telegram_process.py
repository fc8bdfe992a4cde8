"""Another process on the fake: a bot program is killed with work in flight, and started again."""

import asyncio
import os
import sys
from asyncio.subprocess import Process

from tests.harness.conftest import FAMILY
from tests.harness.telegram import Phone, TelegramServer

# A bot that answers each message, and confirms it only after the answer was received. It speaks
# HTTP by itself: what counts here is the process, and the libraries take seconds to import.
PROGRAM = """
import json, os, urllib.request

def call(method, **fields):
    url = os.environ["API"] + "/bot" + os.environ["TOKEN"] + "/" + method
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(url, json.dumps(fields).encode(), headers)
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)["result"]

offset = 0
while True:
    for update in call("getUpdates", offset=offset, timeout=20):
        message = update["message"]
        call("sendMessage", chat_id=message["chat"]["id"], text="got " + message["text"])
        offset = update["update_id"] + 1
"""


async def launch(server: TelegramServer) -> Process:
    """The bot program, started anew."""
    env = {**os.environ, "API": server.base_url, "TOKEN": FAMILY}
    return await asyncio.create_subprocess_exec(sys.executable, "-c", PROGRAM, env=env)


async def kill(process: Process) -> None:
    """SIGKILL, and wait until it is gone."""
    process.kill()
    await process.wait()


async def test_killed_between_send_and_receipt(server: TelegramServer, ana: Phone) -> None:
    """Killed after its message arrived and before it knew, a program gets the update again."""
    gate = server.hold("sendMessage", when="after")
    first = await launch(server)
    ana.send("38.4")
    await server.reached(gate, timeout=30)
    await ana.hears("got 38.4")
    await kill(first)
    server.release(gate)
    second = await launch(server)
    await ana.hears("got 38.4", timeout=30)
    await server.polled(FAMILY, timeout=30)
    await kill(second)


async def test_killed_before_the_offset_moves(server: TelegramServer, ana: Phone) -> None:
    """Killed with the confirming getUpdates on its way, a program gets the update again."""
    gate = server.hold("getUpdates", match=lambda call: call.fields.get("offset", 0) > 0)
    first = await launch(server)
    ana.send("38.4")
    call = await server.reached(gate, timeout=30)
    await kill(first)
    server.release(gate, apply=False)
    assert await server.finished(call) == "gone"
    second = await launch(server)
    await ana.hears("got 38.4", timeout=30)
    await ana.hears("got 38.4", timeout=30)
    await kill(second)


async def test_what_is_said_while_nobody_runs_waits(server: TelegramServer, ana: Phone) -> None:
    """What a person writes after the kill, while the dead poll hangs, is there after the start."""
    first = await launch(server)
    await server.polled(FAMILY, timeout=30)
    await kill(first)
    ana.send("38.4")
    second = await launch(server)
    await ana.hears("got 38.4", timeout=30)
    await ana.quiet(0.1)
    await kill(second)
