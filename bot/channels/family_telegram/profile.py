"""Profile: how the bot introduces itself, in each language."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from aiogram.methods import (
    SetMyCommands,
    SetMyDescription,
    SetMyShortDescription,
    TelegramMethod,
)
from aiogram.types import BotCommand

DEFAULT = ""
"""The language of those whose own has no profile."""


@dataclass(frozen=True)
class Profile:
    """The bot's commands and descriptions in one language."""

    commands: tuple[tuple[str, str], ...]
    """Command without its slash, and what it does."""
    description: str
    """Shown in the empty chat, before the first message."""
    about: str
    """Shown on the bot's page."""
    private_only: str
    """Said in a group: that it answers in private chats only, and whom to call meanwhile."""


Profiles = Mapping[str, Profile]
"""By two-letter language code; ``DEFAULT`` is always there."""

Call = Callable[[TelegramMethod[bool]], Awaitable[object]]


async def introduce(profiles: Profiles, call: Call) -> None:
    """Tell Telegram every profile, one call after another."""
    for language, profile in profiles.items():
        for method in _methods(profile, language or None):
            await call(method)


def chosen(profiles: Profiles, language_code: str) -> Profile:
    """The profile for a person's language, ``he-IL`` and ``he`` alike."""
    return profiles.get(language_code.partition("-")[0].lower()) or profiles[DEFAULT]


def _methods(profile: Profile, language: str | None) -> tuple[TelegramMethod[bool], ...]:
    commands = [BotCommand(command=name, description=does) for name, does in profile.commands]
    return (
        SetMyCommands(commands=commands, language_code=language),
        SetMyDescription(description=profile.description, language_code=language),
        SetMyShortDescription(short_description=profile.about, language_code=language),
    )
