"""The static urgent text: made at start, so that it needs neither database nor catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.channels.base import Rendered
from bot.speech import Speech
from bot.voice import Voice, match
from data.catalogue import Catalogues
from data.phone import grouped
from flows.clinic import Clinic
from flows.message import Text, Value, text

SLOT = "\ue000"
"""Where the ward's number will stand: a private letter that no text holds."""
INSTANT = datetime(2000, 1, 1, tzinfo=UTC)
"""Any instant: the static texts name none."""


@dataclass(frozen=True)
class StaticTexts:
    """The urgent text of every language, whole, and with a slot for the ward's number."""

    urgent: Mapping[str, str]
    urgent_ward: Mapping[str, str]

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages it is ready in, the source language first."""
        return tuple(self.urgent)

    def words(self, language: str = "", ward_phone: str = "") -> str:
        """The text in the closest language, with the ward's number where it is known."""
        spoken = match(self.languages, language)
        if not ward_phone:
            return self.urgent[spoken]
        return self.urgent_ward[spoken].replace(SLOT, grouped(ward_phone))

    def rendered(self, language: str = "", ward_phone: str = "") -> Rendered:
        """The same, ready for any channel."""
        return Rendered(text=self.words(language, ward_phone))


def static_texts(clinic: Clinic, catalogues: Catalogues) -> StaticTexts:
    """Make the texts of all languages; KeyError when the source language lacks one."""

    def made(named: Text) -> dict[str, str]:
        numbered = named.given(**_numbers(clinic))
        return {
            language: Speech(Voice(language), catalogues, INSTANT).say(numbered)
            for language in catalogues.languages
        }

    return StaticTexts(made(text("static.urgent")), made(text("static.urgent_ward", ward=SLOT)))


def _numbers(clinic: Clinic) -> dict[str, Value]:
    home = clinic.countries[clinic.country]
    return {
        "ambulance": home.ambulance,
        "country": Text(f"country.{home.code}"),
        "elsewhere": " / ".join(clinic.elsewhere[1:]),
        "clinic": clinic.phone,
    }
