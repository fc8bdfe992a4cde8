"""Ways out at every hour, proved: whatever is known of a family, some number answers it now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import product

from bot.speech import Speech
from bot.voice import Voice, zone_of
from data.catalogue import Catalogues
from flows.advice import AT_NIGHT, first_bubble, ways
from flows.house import House
from flows.message import Urn
from flows.person import Form, Patient, Person
from flows.record import Answer
from flows.scene import Conversation, Scene
from flows.urgency import Urgency

FIRST_BUBBLE = 400
"""Characters of the first urgent bubble, the numbers included (conversation.md 7)."""
WARD = "+4915112345678"
"""A ward's number as long as they come."""
OPEN = datetime(2026, 11, 22, 9, tzinfo=UTC)
"""A Sunday at eleven in Israel: the middle of the clinic's week."""
SHUT = datetime(2026, 11, 22, 0, tzinfo=UTC)
"""Two at night."""
TOLD = (Urgency.emergency, Urgency.immediate, Urgency.same_day, Urgency.routine)
URGENT = TOLD[:2]


@dataclass(frozen=True)
class Case:
    """What may be known of a family."""

    ward: str
    country: str
    on_ward: Answer | None
    level: Urgency
    at: datetime

    def __str__(self) -> str:
        return (
            f"{self.level}, ward {'known' if self.ward else 'unknown'}, "
            f"country {self.country or 'unknown'}, on the ward {self.on_ward or 'not asked'}, "
            f"clinic {'open' if self.at == OPEN else 'shut'}"
        )

    def scene(self) -> Scene:
        """The scene of such a family."""
        person = Person(1, Urn("check", "1"), 1)
        patient = Patient(1, country=self.country, ward_phone=self.ward, on_ward=self.on_ward)
        return Scene(person, patient, Conversation(1, 1), None, (), None, (), (person,))


def cases(house: House) -> Iterator[Case]:
    """Ward known or not x each country or none x on the ward or not x level x hour."""
    countries = ("", *house.clinic.countries)
    places = (None, *Answer)
    for parts in product(("", WARD), countries, places, TOLD, (OPEN, SHUT)):
        yield Case(*parts)


def wayout_issues(house: House, catalogues: Catalogues) -> Iterator[str]:
    """Cases without a way that is open at night, and urgent bubbles that are too long."""
    for case in cases(house):
        scene = case.scene()
        if not any(way.kind in AT_NIGHT for way in ways(house, scene, case.level, case.at)):
            yield f"way out: {case}: nothing that answers at night"
        if case.level in URGENT:
            yield from _long_bubbles(house, catalogues, case, scene)


def _long_bubbles(house: House, catalogues: Catalogues, case: Case, scene: Scene) -> Iterator[str]:
    bubble = first_bubble(house, scene, case.level, case.at)
    zone = zone_of(house.clinic, case.country)
    for language, form, you in product(catalogues.languages, Form, (False, True)):
        voice = Voice(language, form, to_patient=you, zone=zone)
        length = len(Speech(voice, catalogues, case.at).say(bubble))
        if length > FIRST_BUBBLE:
            yield f"{language}: {bubble.id}: {length} characters, not {FIRST_BUBBLE}; {case}"
