"""The shapes of what is sealed, one for each noun that the store keeps."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from data.codec import Shape
from flows.event import Event
from flows.page import Page
from flows.person import Patient, Person
from flows.record import Record
from flows.scene import Assessment, Conversation
from flows.team import Coordinator
from flows.timer import Timer

PERSON: Shape[Person] = Shape(Person)
PATIENT: Shape[Patient] = Shape(Patient)
CONVERSATION: Shape[Conversation] = Shape(Conversation)
ASSESSMENT: Shape[Assessment] = Shape(Assessment)
RECORD: Shape[Record] = Shape(Annotated[Record, Field(discriminator="kind")])
PAGE: Shape[Page] = Shape(Page)
COORDINATOR: Shape[Coordinator] = Shape(Coordinator)
TIMER: Shape[Timer] = Shape(Timer)
EVENT: Shape[Event] = Shape(Event)
