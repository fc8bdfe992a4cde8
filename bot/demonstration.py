"""Demonstration: no tokens, no network: the family and a coordinator side by side on a console."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.app import App, World, opened
from bot.channels.base import Channel
from bot.channels.terminal import COORDINATOR, Console, Shown, Terminal, print_out, typed_lines
from bot.clock import SystemClock
from bot.settings import Settings
from bot.speech import Speech
from bot.voice import Voice, match
from data.load import Content
from flows.desk import parse
from flows.message import Text, text
from flows.person import ENGLISH
from flows.team import Coordinator, Team

ROLES = ("on_call", "second", "group", "supervisor")


def _alone(language: str) -> Team:
    """One coordinator on every step: whoever sits at the console."""
    coordinator = Coordinator(1, COORDINATOR, language=language or ENGLISH)
    return Team({1: coordinator}, dict.fromkeys(ROLES, (COORDINATOR,)))


async def demonstrate(settings: Settings, content: Content, language: str = "") -> None:
    """Both sides on the standard input and output, on the settings' database."""
    _say(content, language, text("demonstration.both"))
    await _play(settings.database, content, language, both=True)


async def talk(content: Content, language: str = "") -> None:
    """The family's side alone, on a database that is gone afterwards."""
    _say(content, language, text("demonstration.talk"))
    with TemporaryDirectory(prefix="vigil-") as folder:
        await _play(Path(folder) / "talk.db", content, language, both=False)


async def _play(path: Path, content: Content, language: str, *, both: bool) -> None:
    console = Console(typed_lines(), print_out)
    told: list[App] = []

    async def settled() -> None:
        await told[0].settled()

    family = Terminal(console, parse, settled, language)
    desk = Shown(COORDINATOR.channel, console if both else Console(typed_lines(), _nowhere))
    channels: Mapping[str, Channel] = {family.name: family, desk.name: desk}
    async with opened(path, content, _alone(language), channels, World()) as app:
        told.append(app)
        await app.run()


def _nowhere(text: str) -> None:
    """What the coordinator hears is not shown."""


def _say(content: Content, language: str, words: Text) -> None:
    spoken = match(content.house.languages, language)
    speech = Speech(Voice(spoken), content.catalogues, SystemClock().now())
    print_out(speech.say(words) + "\n")
