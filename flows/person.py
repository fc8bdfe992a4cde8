"""Who Vigil speaks with, and about whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from flows.message import Urn
from flows.record import Answer

ENGLISH = "en"
"""The language of the source texts, spoken where a client's own is not among ours."""


class Reporter(StrEnum):
    """Who writes: reports of the same symptom differ by who makes them."""

    parent = "parent"
    patient = "patient"
    carer = "carer"


class Form(StrEnum):
    """How the patient is spoken of; neutral when the family skipped the question."""

    he = "he"
    she = "she"
    neutral = "neutral"


@dataclass(frozen=True)
class Person:
    """A person on a channel: a parent, a carer, or the patient."""

    id: int
    urn: Urn
    patient_id: int
    language: str = ""
    """The language chosen; empty until it is, and then the client's own is spoken."""
    language_code: str = ""
    reporter: Reporter | None = None
    name: str = ""
    phone: str = ""
    noticed_at: datetime | None = None
    """When the notice of what is kept was shown."""
    consented_at: datetime | None = None
    blocked_at: datetime | None = None

    def speaks(self, languages: Sequence[str]) -> str:
        """The language to speak with this person: chosen, else the client's own, else English."""
        client = self.language_code.partition("-")[0].lower()
        return self.language or (client if client in languages else ENGLISH)


@dataclass(frozen=True)
class Patient:
    """The child or young adult; several carers may share one."""

    id: int
    name: str = ""
    form: Form = Form.neutral
    under_5: Answer | None = None
    country: str = ""
    """ISO 3166 code in capitals; empty when unknown."""
    ward_phone: str = ""
    """E.164; empty when unknown."""
    day_1: date | None = None
    """The first infusion day of the present course."""
    on_ward: Answer | None = None
    previous_transplant: Answer | None = None
