"""``main.py understand``: messages as JSON lines, read as families' messages are read."""

from __future__ import annotations

import sys

from bot.json_lines import run
from bot.settings import Settings
from bot.understand import understand as read_all
from data.load import load


def understand() -> int:
    """Read stdin onto stdout; the exit status."""
    house = load(Settings.read().content)
    streams = (sys.stdin.buffer, sys.stdout.buffer, sys.stderr.buffer)
    return run("understand", *streams, lambda lines: read_all(lines, house.lexicon, house.protocol))
