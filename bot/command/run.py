"""``main.py run``: every channel that is configured, or both sides of a demonstration here."""

from __future__ import annotations

import asyncio
import logging
import sys

from bot.app import serve
from bot.command.database import alone
from bot.demonstration import demonstrate
from bot.log import set_up_log
from bot.settings import Settings
from data.load import Content, load_content
from flows.pace import Pace

log = logging.getLogger(__name__)


def run() -> int:
    """Run until told to stop; Refusal before anything is started."""
    settings = Settings.read().whole()
    content = load_content(settings.content, pace=Pace(settings.time_scale))
    settings.permit(content.unsigned)
    with alone(settings.database):
        if settings.live:
            _serve(settings, content)
        else:
            _demonstrate(settings, content)
    return 0


def _serve(settings: Settings, content: Content) -> None:
    set_up_log()
    for note in notes(settings, content):
        log.warning("%s", note)
    asyncio.run(serve(settings, content))


def _demonstrate(settings: Settings, content: Content) -> None:
    set_up_log(level=logging.ERROR)
    for note in notes(settings, content):
        print(note, file=sys.stderr)
    asyncio.run(demonstrate(settings, content))


def notes(settings: Settings, content: Content) -> list[str]:
    """What whoever starts Vigil must know, a line each."""
    missing = len(content.unsigned)
    found = [
        (missing, f"demonstration mode: {missing} unsigned; main.py check lists them"),
        (
            missing and settings.live,
            "VIGIL_ALLOW_UNSIGNED=yes: families are reached with content that nobody signed",
        ),
        (settings.time_scale > 1, f"a rehearsal: time runs {settings.time_scale} times faster"),
        (settings.master_key, "VIGIL_MASTER_KEY is set, but nothing is sealed yet"),
        *((True, f"catalogue {broken}") for broken in content.catalogues.broken),
    ]
    return [note for holds, note in found if holds]
