"""The settings of one house: environment variables, or .env, each of them named VIGIL_..."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Self, TypeVar

from dotenv import dotenv_values
from pydantic import BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot import variable
from bot.refusal import Refusal
from data.folder import CONTENT

PREFIX = "VIGIL_"
DOTENV = ".env"
PUBLIC_API = "https://api.telegram.org"
T = TypeVar("T")


def _read(reader: Callable[[str], T]) -> BeforeValidator:
    """Reads what the environment says; a value that is already read passes as it is."""
    return BeforeValidator(lambda value: reader(value.strip()) if isinstance(value, str) else value)


def _home() -> Path:
    """Outside the tree, where this system keeps a person's data."""
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "vigil" / "vigil.db"


Token = Annotated[SecretStr | None, _read(variable.token)]
Addresses = Annotated[tuple[SecretStr, ...], NoDecode, _read(variable.addresses)]


class Settings(BaseSettings):
    """What the operator set; an empty variable is one that was not set."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        validate_default=False,
        hide_input_in_errors=True,
    )

    family_bot_token: Token = Field(None, description="the families' bot")
    coordinator_bot_token: Token = Field(None, description="the coordinators' bot, another one")
    telegram_api: Annotated[str, _read(variable.address)] = Field(
        PUBLIC_API, description="base address of the Bot API, for both bots"
    )
    coordinators: Annotated[tuple[int, ...], NoDecode, _read(variable.ids)] = Field(
        (),
        description="Telegram user ids, with commas between; the first three are on call, second, "
        "supervisor",
    )
    coordinator_group: Annotated[int | None, _read(variable.group)] = Field(
        None, description="chat id of the coordinators' group"
    )
    apprise_on_call: Addresses = Field((), description="apprise addresses of the step on call")
    apprise_second: Addresses = Field((), description="apprise addresses of the second step")
    apprise_group: Addresses = Field((), description="apprise addresses of the step group")
    apprise_supervisor: Addresses = Field((), description="apprise addresses of the supervisor")
    database: Annotated[Path, _read(variable.file)] = Field(
        default_factory=_home, description="the database file, outside the program's own folder"
    )
    web: Annotated[tuple[str, int], NoDecode, _read(variable.place)] = Field(
        ("127.0.0.1", 8080), description="host:port where webhooks are served"
    )
    webhook_url: Annotated[str, _read(variable.address)] = Field(
        "", description="public address for webhooks; empty: long polling"
    )
    webhook_secret: Annotated[SecretStr | None, _read(variable.secret)] = Field(
        None, description="the secret of both webhooks"
    )
    master_key: SecretStr | None = Field(None, description="kept for sealing; not yet in use")
    allow_unsigned: Annotated[bool, _read(variable.yes)] = Field(
        False, description='"yes": live channels start on unsigned content; this is logged'
    )
    content: Annotated[Path, _read(variable.folder)] = Field(
        CONTENT, description="a folder that replaces data/content"
    )
    time_scale: Annotated[int, _read(variable.scale)] = Field(
        1, description="60 makes a minute last a second; for rehearsals only"
    )

    @classmethod
    def read(cls, dotenv: str | Path = DOTENV) -> Self:
        """Read the environment, and .env beside it; Refusal names the setting and the reason."""
        _refuse_unknown(dotenv)
        try:
            return cls(_env_file=dotenv, _env_file_encoding="utf-8")  # type: ignore[call-arg]
        except ValidationError as error:
            raise Refusal(_first_line(error)) from None

    @property
    def live(self) -> bool:
        """Whether people are reached over a network; else this is a demonstration."""
        return bool(self.family_bot_token and self.coordinator_bot_token)

    @property
    def apprise(self) -> dict[str, tuple[SecretStr, ...]]:
        """Role of the escalation policy -> addresses of apprise; only roles that have any."""
        roles = {
            "on_call": self.apprise_on_call,
            "second": self.apprise_second,
            "group": self.apprise_group,
            "supervisor": self.apprise_supervisor,
        }
        return {role: addresses for role, addresses in roles.items() if addresses}

    def whole(self) -> Self:
        """Refuse half a configuration, with one line; the settings themselves when it is whole."""
        for why in self._halves():
            raise Refusal(why)
        return self

    def _halves(self) -> Iterator[str]:
        yield from _pair(FAMILY, self.family_bot_token, COORDINATOR, self.coordinator_bot_token)
        yield from _pair(COORDINATOR, self.coordinator_bot_token, FAMILY, self.family_bot_token)
        if self.live and _bot(self.family_bot_token) == _bot(self.coordinator_bot_token):
            yield f"{FAMILY} and {COORDINATOR} are one bot; each needs its own"
        if self.live and not self.coordinators:
            yield f"the bot tokens are set but {PREFIX}COORDINATORS is empty: nobody would be paged"
        yield from self._without_bots()
        yield from _pair(URL, self.webhook_url, SECRET_NAME, self.webhook_secret)
        yield from _pair(SECRET_NAME, self.webhook_secret, URL, self.webhook_url)

    def _without_bots(self) -> Iterator[str]:
        """Settings of the bots mean nothing without the bots' tokens."""
        if self.live:
            return
        for name in ("coordinators", "coordinator_group", "webhook_url"):
            if getattr(self, name):
                yield f"{PREFIX}{name.upper()} is set but {FAMILY} and {COORDINATOR} are not"

    def permit(self, unsigned: tuple[str, ...]) -> None:
        """Refuse a live channel on content that nobody signed, unless that is overridden."""
        if self.live and unsigned and not self.allow_unsigned:
            raise Refusal(
                f"the content is not signed off ({len(unsigned)} unsigned; main.py check lists"
                f" them): no live channel starts unless {PREFIX}ALLOW_UNSIGNED=yes"
            )


FAMILY = f"{PREFIX}FAMILY_BOT_TOKEN"
COORDINATOR = f"{PREFIX}COORDINATOR_BOT_TOKEN"
URL = f"{PREFIX}WEBHOOK_URL"
SECRET_NAME = f"{PREFIX}WEBHOOK_SECRET"
NAMES = tuple(f"{PREFIX}{name.upper()}" for name in Settings.model_fields)
"""Every variable that Vigil reads."""


def _pair(name: str, given: object, other: str, needed: object) -> Iterator[str]:
    if given and not needed:
        yield f"{name} is set but {other} is not"


def _bot(token: SecretStr | None) -> str:
    """The bot's own id, which its token begins with."""
    return token.get_secret_value().partition(":")[0] if token else ""


def _refuse_unknown(dotenv: str | Path) -> None:
    """A misspelt name would silently be no setting at all."""
    written = (*os.environ, *dotenv_values(dotenv, verbose=False))
    for name in sorted(written):
        if name.upper().startswith(PREFIX) and name.upper() not in NAMES:
            raise Refusal(f"{name} is not a setting{_suggestion(name)}")


def _suggestion(name: str) -> str:
    """The setting that was probably meant, judged by what follows the prefix they all share."""
    known = [known.removeprefix(PREFIX) for known in NAMES]
    close = get_close_matches(name.upper().removeprefix(PREFIX), known, n=1)
    return f"; did you mean {PREFIX}{close[0]}?" if close else ""


def _first_line(error: ValidationError) -> str:
    """The first fault by setting and reason. What was written is left out: it may be secret."""
    fault: dict[str, Any] = dict(error.errors(include_input=False, include_url=False)[0])
    why = str(fault.get("ctx", {}).get("error") or fault["msg"])
    return f"{PREFIX}{str(fault['loc'][0]).upper()} {' '.join(why.split())}"
