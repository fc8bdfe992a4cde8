"""A house in a process of its own, which stops for ever at one point, to be killed there.

Started as ``python -m tests.harness.house_process POINT FILE``: at the first update of a family
the process writes the file and stands still. What it starts is what ``main.py run`` starts.
"""

from __future__ import annotations

import asyncio
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from bot.app import World, serve
from bot.log import set_up_log
from bot.settings import Settings
from data.load import load_content
from flows.pace import Pace

STOPS_AT = 2
"""The family's second update: the first is the one that opens the chat."""


@dataclass
class StandStill:
    """A probe that writes a file and never returns, at one point of one update."""

    point: str
    reached: Path
    seen: int = 0

    def at(self, point: str, update: str) -> None:
        """Stand still at the point; elsewhere go on."""
        if point != self.point or not update.startswith("telegram:"):
            return
        self.seen += 1
        if self.seen == STOPS_AT:
            self.reached.write_text(update)
            while True:
                time.sleep(60)


def main() -> None:
    """Serve as the environment says."""
    probe = StandStill(sys.argv[1], Path(sys.argv[2]))
    settings = Settings.read().whole()
    set_up_log()
    content = load_content(settings.content, pace=Pace(settings.time_scale))
    settings.permit(content.unsigned)
    asyncio.run(serve(settings, content, World(probe=probe)))


if __name__ == "__main__":
    main()
