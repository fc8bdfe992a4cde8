"""Nothing about anybody's health, name or number is in the log."""

import io
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.log import set_up_log
from tests.harness.house import COORDINATOR_BOT, FAMILY_BOT, house_of
from tests.harness.telegram import fault

SAID = ["my Tali is burning hot and limp", "nosebleed", "38.4", "Tali", "052-337-3108"]
NOWHERE = (
    "Tali burning limp nosebleed 38.4 chills bruis fever_38 temperature nose_or_gum immediate "
    "emergency URGENT 3373108 972523373108 Ana Dana 7003 Room oncolog"
).split()


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """What the process would write to its log, down to the smallest line."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    written = io.StringIO()
    set_up_log(written, logging.DEBUG)
    yield written
    root.handlers, root.level = handlers, level


async def test_whole_case_leaves_no_trace_in_the_log(stream: io.StringIO, tmp_path: Path) -> None:
    """Words, numbers, findings, levels and names of a whole case, with the network failing on
    the way, a restart and an outage: none is in any line, at any level."""
    async with house_of(tmp_path, strict=False) as house:
        ana, dana = house.person("Ana"), house.coordinator("Dana")
        await ana.says("/setup")
        for step in ("I agree", "A parent"):
            await ana.taps(step)
        await ana.says("Tali")
        house.server.inject(fault.server_error(502), method="sendMessage", bot=FAMILY_BOT)
        house.server.inject(fault.blocked(), method="editMessageText", bot=COORDINATOR_BOT)
        house.server.inject(fault.query_too_old(), method="answerCallbackQuery")
        for words in SAID:
            await ana.says(words)
        await house.forward(seconds=30)
        await ana.taps("Send my number")
        await ana.does(lambda phone: phone.share_contact("+972523373108"))
        await dana.acknowledges()
        await dana.taps("Reply")
        await dana.says("Room 4, ask for oncology")
        await house.restart()
        await dana.resolves("reached")
        await ana.says("/erase")
        await ana.taps("Yes, erase everything")
    lines = stream.getvalue().splitlines()
    assert lines
    told = [(word, line) for line in lines for word in NOWHERE if word in line]
    assert not told
