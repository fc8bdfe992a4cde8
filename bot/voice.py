"""How a person is spoken to: language, form, time zone; and which language that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, tzinfo
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from flows.clinic import Clinic
from flows.house import House
from flows.person import Form, Patient, Person, Reporter
from flows.team import Coordinator

FIRST = "\u2068"
"""First strong isolate: what follows keeps its own direction ..."""
LAST = "\u2069"
"""... until here."""
BIDI_CONTROLS = frozenset(
    "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)


@dataclass(frozen=True)
class Voice:
    """What the renderer must know of the listener."""

    language: str
    form: Form = Form.neutral
    """How the patient is spoken of."""
    to_patient: bool = False
    """Whether the listener is the patient."""
    zone: tzinfo = UTC
    scale: int = 1
    """How much faster than in earnest time runs; each message says so while it is not 1."""
    name: str = ""
    """What the patient is called; empty when unknown."""

    @property
    def contexts(self) -> tuple[str, ...]:
        """The gettext contexts to try, from the closest to the neutral one."""
        about = () if self.form is Form.neutral else (self.form.value,)
        to = (*(f"you-{form}" for form in about), "you") if self.to_patient else ()
        return (*to, *about, "")


def voice_of(person: Person, patient: Patient, house: House, language: str = "") -> Voice:
    """The voice for a family's person; ``language`` overrides the person's own."""
    spoken = language or person.language
    return Voice(
        language=match(house.languages, spoken, person.language_code),
        form=patient.form,
        to_patient=person.reporter is Reporter.patient,
        zone=zone_of(house.clinic, patient.country),
        scale=house.pace.scale,
        name=patient.name,
    )


def voice_of_coordinator(
    coordinator: Coordinator | None, house: House, language: str = ""
) -> Voice:
    """The voice for a coordinator, or a group of them: the clinic's unless another is set."""
    own = coordinator.language if coordinator else ""
    return Voice(
        language=match(house.languages, language or own, house.clinic.language),
        zone=house.clinic.hours.zone,
        scale=house.pace.scale,
    )


def zone_of(clinic: Clinic, country: str) -> tzinfo:
    """The time zone of a country; the clinic's own where it is unknown."""
    known = clinic.countries.get(country)
    return known.zone if known else clinic.hours.zone


def match(languages: Sequence[str], *wanted: str) -> str:
    """The first wanted language that the house speaks, else its first one.

    Clients write ``he-IL`` or the old ``iw``; both mean ``he``.
    """
    codes = (_canonical(tag) for tag in wanted if tag)
    return next((code for code in codes if code in languages), languages[0])


@lru_cache(maxsize=256)
def _canonical(tag: str) -> str:
    """The bare code of a client's language tag; empty for what is no language."""
    try:
        return Locale.parse(tag, sep="-" if "-" in tag else "_").language
    except (ValueError, UnknownLocaleError):
        return tag.replace("_", "-").partition("-")[0].lower()


@lru_cache(maxsize=64)
def runs_right_to_left(language: str) -> bool:
    """Whether the language is written from right to left."""
    return Locale.parse(language).text_direction == "rtl"
