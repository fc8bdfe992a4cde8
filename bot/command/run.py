"""``main.py run``: every channel that is configured; without any, the demonstration."""

from __future__ import annotations

import asyncio
import logging

from bot.log import set_up_log
from bot.settings import Settings
from data.load import Content, load_content
from flows.pace import Pace

log = logging.getLogger(__name__)


def run() -> int:
    """Serve until told to stop. Refusal for half a configuration or unsigned content."""
    settings = Settings.read().whole()
    set_up_log()
    content = load_content(settings.content, pace=Pace(settings.time_scale))
    settings.permit(content.unsigned)
    return _serve(settings, content) if settings.live else _demonstrate(settings, content)


def _serve(settings: Settings, content: Content) -> int:
    from bot.app import serve

    if content.unsigned:
        log.warning("live on unsigned content: the operator overrode the refusal")
    asyncio.run(serve(settings, content))
    return 0


def _demonstrate(settings: Settings, content: Content) -> int:
    from bot.demonstration import demonstrate

    asyncio.run(demonstrate(settings, content))
    return 0
