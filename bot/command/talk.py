"""``main.py talk``: the family's conversation in this terminal."""

from __future__ import annotations

import asyncio
import logging

from bot import demonstration
from bot.log import set_up_log
from bot.refusal import Refusal
from bot.settings import Settings
from data.load import load_content
from flows.pace import Pace


def talk(language: str) -> int:
    """Talk until the input ends."""
    settings = Settings.read()
    content = load_content(settings.content, pace=Pace(settings.time_scale))
    if language and language not in content.house.languages:
        spoken = ", ".join(content.house.languages)
        raise Refusal(f"--lang {language}: there is no such catalogue; there are {spoken}")
    set_up_log(level=logging.ERROR)
    asyncio.run(demonstration.talk(content, language))
    return 0
