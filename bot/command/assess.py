"""``main.py assess``: cases as JSON lines, judged by the protocol that families are judged by."""

from __future__ import annotations

import sys

from bot.assess import assess as judge_all
from bot.json_lines import run
from bot.settings import Settings
from data.folder import PROTOCOL
from data.protocol import read_protocol


def assess() -> int:
    """Judge stdin onto stdout; the exit status."""
    protocol = read_protocol(Settings.read().content / PROTOCOL)
    streams = (sys.stdin.buffer, sys.stdout.buffer, sys.stderr.buffer)
    return run("assess", *streams, lambda lines: judge_all(lines, protocol))
