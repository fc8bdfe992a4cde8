"""Introduction: how both bots present themselves, in each language."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.speech import Speech
from bot.voice import Voice
from data.catalogue import Catalogues
from flows.clinic import Clinic
from flows.message import Text, text
from flows.person import ENGLISH

DEFAULT = ""
"""The language of those whose own is not among ours."""
_INSTANT = datetime(2000, 1, 1, tzinfo=UTC)
"""Any instant: these texts name none."""

FAMILY: dict[str, Text] = {
    "now": text("command.now.does"),
    "home": text("command.home.does"),
    "help": text("command.help.does"),
    "back": text("command.back.does"),
    "again": text("command.again.does"),
    "language": text("command.language.does"),
    "setup": text("command.setup.does"),
    "about": text("command.about.does"),
    "stop": text("command.stop.does"),
    "erase": text("command.erase.does"),
}
COORDINATOR: dict[str, Text] = {
    "open": text("desk.does.open"),
    "drill": text("desk.does.drill"),
    "help": text("desk.does.help"),
    "start": text("desk.does.start"),
}
DESCRIPTION = text("profile.description")
ABOUT = text("profile.about")
PRIVATE_ONLY = text("profile.private_only")

Commands = tuple[tuple[str, str], ...]


def speeches(catalogues: Catalogues) -> dict[str, Speech]:
    """A neutral voice for each language, and English for all others."""
    codes = {DEFAULT: ENGLISH, **{code: code for code in catalogues.languages}}
    return {key: Speech(Voice(code), catalogues, _INSTANT) for key, code in codes.items()}


def commands(speech: Speech, table: dict[str, Text]) -> Commands:
    """Each command without its slash, and what it does."""
    return tuple((name, speech.say(does)) for name, does in table.items())


def private_only(speech: Speech, clinic: Clinic) -> str:
    """What is said in a group: only private chats are read, and whom to call meanwhile."""
    ambulance = clinic.countries[clinic.country].ambulance
    return speech.say(PRIVATE_ONLY.given(ambulance=ambulance, clinic=clinic.phone))
