"""Craft: what turns are made with, and the words for when one cannot be made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.channels.base import Rendered
from bot.outbox import Renderer
from flows.house import House
from flows.message import Inbound, Urn
from flows.person import Patient, Person
from flows.scene import Scene
from flows.team import Act
from flows.timer import Due
from flows.turn import Turn

Input = Inbound | Act | Due
Advance = Callable[[House, Scene, Input, datetime], Turn]
Fault = Callable[[Turn, House, str, datetime], Turn]
"""Opens the page of a fault's cause, or leaves the one that is open already."""


class Static(Protocol):
    """The static text: made at start, so that nothing it needs can break later."""

    def __call__(self, urn: Urn, language: str, ward_phone: str) -> Rendered:
        """The urgent text with the numbers; for coordinators, that something went wrong."""


class Probe(Protocol):
    """Where a test may stop the house: ``received``, ``in_transaction``, ``committed``."""

    def at(self, point: str, update: str) -> None:
        """The house is here with this update."""


class NoProbe:
    """Stops nowhere."""

    def at(self, point: str, update: str) -> None:
        """Go on."""


@dataclass(frozen=True)
class Alarm:
    """Whom to tell when the house itself is broken, in words made at start."""

    urn: Urn
    message: Rendered


@dataclass(frozen=True)
class Reach:
    """How an address is spoken to when nothing can be loaded."""

    urn: Urn
    language: str = ""
    ward_phone: str = ""


@dataclass(frozen=True)
class Craft:
    """What turns are made with."""

    house: House
    advance: Advance
    fault: Fault
    renderer: Renderer
    static: Static
    alarms: Sequence[Alarm] = ()
    probe: Probe = NoProbe()  # noqa: RUF009 - it holds nothing


def reach_of(person: Person, patient: Patient) -> Reach:
    """How a person is spoken to when nothing can be loaded."""
    return Reach(person.urn, person.language or person.language_code, patient.ward_phone)
