"""``main.py talk``: the family's conversation in the terminal."""

from __future__ import annotations

import asyncio

from bot.log import set_up_log
from bot.refusal import Refusal
from bot.settings import Settings
from data.load import load_content
from flows.pace import Pace


def talk(language: str) -> int:
    """Talk until the input ends; Refusal for a language that is not spoken."""
    from bot.demonstration import talk

    settings = Settings.read()
    set_up_log()
    content = load_content(settings.content, pace=Pace(settings.time_scale))
    known = content.house.languages
    if language and language not in known:
        raise Refusal(f"--lang {language}: not spoken; choose one of {', '.join(known)}")
    asyncio.run(talk(content, language))
    return 0
