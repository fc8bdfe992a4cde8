"""What passes between a person and Vigil, whatever the channel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Self, TypeAlias


@dataclass(frozen=True, order=True)
class Urn:
    """A person's address on a channel, written ``telegram:123``."""

    channel: str
    address: str

    @classmethod
    def parse(cls, written: str) -> Self:
        """Read ``channel:address``; ValueError when either half is missing."""
        channel, _, address = written.partition(":")
        if not (channel and address):
            raise ValueError(f"not an urn: {written!r}")
        return cls(channel, address)

    def __str__(self) -> str:
        return f"{self.channel}:{self.address}"


class InboundKind(StrEnum):
    """What sort of thing a person sent."""

    text = "text"
    tap = "tap"
    contact = "contact"
    edited = "edited"
    voice = "voice"
    photo = "photo"
    sticker = "sticker"
    location = "location"
    other = "other"
    blocked = "blocked"
    returned = "returned"


class Marks(StrEnum):
    """How a channel writes its choices, and so how an answer names them."""

    buttons = "buttons"
    digits = "digits"
    letters = "letters"


@dataclass(frozen=True)
class Inbound:
    """One update from a person: a text, a tap, or something that Vigil cannot read."""

    update: str
    """The network's own id of the update, unique on the channel: ``telegram:8812``."""
    urn: Urn
    kind: InboundKind
    text: str = ""
    token: str = ""
    """What a tapped choice carries; empty unless ``kind`` is tap."""
    phone: str = ""
    language_code: str = ""
    name: str = ""
    marks: Marks = Marks.buttons


Value: TypeAlias = "str | int | datetime | Text | tuple[Text, ...]"
"""A string is shown as it is (isolated where the language runs right to left), a number takes
part in plurals, an instant is shown in the family's time zone, texts are rendered and joined."""


@dataclass(frozen=True)
class Text:
    """A message id and its values; it becomes words only when it is rendered."""

    id: str
    values: Mapping[str, Value] = field(default_factory=dict)
    language: str = ""
    """Say this part in a language of its own, whatever the message's."""

    def given(self, **values: Value) -> Text:
        """The same text with these values beside its own."""
        return replace(self, values={**self.values, **values})

    def spoken(self, language: str) -> Text:
        """The same text, in this language whatever the message's."""
        return replace(self, language=language)


def text(id: str, /, **values: Value) -> Text:
    """Name a catalogue text; the marker that ``make texts`` extracts by."""
    return Text(id, values)


class Mark(StrEnum):
    """How a choice stands on a screen with ticks."""

    none = "none"
    yes = "yes"
    unsure = "unsure"


@dataclass(frozen=True)
class Choice:
    """One thing a person may choose: it answers with a token, opens a link or copies a text."""

    label: Text
    token: str = ""
    url: str = ""
    copy: str = ""
    mark: Mark = Mark.none
    means: Text | None = None
    """A line that explains the choice; the message carries it, under the choice's number."""


@dataclass(frozen=True)
class Contact:
    """A phone number that the channel shows as a card one tap from calling."""

    name: Text
    phone: str


@dataclass(frozen=True)
class Outbound:
    """One message owed to a person."""

    to: Urn
    key: str
    """Names the message for ever: two messages of one key are one message."""
    body: tuple[Text, ...] = ()
    """Paragraphs, in order."""
    choices: tuple[tuple[Choice, ...], ...] = ()
    """Rows of choices."""
    contact: Contact | None = None
    slot: str = ""
    """The place on the person's screen that this message takes over; "" takes none."""
    edit: bool = False
    """Change the slot's present message in place, where the channel can; else send anew."""
    retired: Text | None = None
    """What the slot's earlier message becomes when a new one takes over; None: it only
    loses its buttons."""
    ask_contact: Text | None = None
    """A button by which the person hands over the own phone number."""
    language: str = ""
    """Speak this language instead of the person's own."""
    silent: bool = False
    first: int = 1
    """The number of the first choice, where choices are written: messages of one turn count on."""

    @property
    def tokens(self) -> tuple[str, ...]:
        """The tokens of its choices, in the order shown."""
        return tuple(choice.token for row in self.choices for choice in row if choice.token)

    @property
    def labels(self) -> tuple[str, ...]:
        """The text ids of those choices' labels, in the same order."""
        return tuple(choice.label.id for row in self.choices for choice in row if choice.token)

    def again(self, key: str) -> Outbound:
        """The same message under another key, so that it is sent once more."""
        return replace(self, key=key)
