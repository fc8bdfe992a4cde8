"""Chat: its messages as they stand now, and everything that ever happened to them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

Raw = dict[str, Any]
What = Literal["new", "edited", "marked", "deleted"]

SUPERGROUPS_BELOW = -1_000_000_000_000


@dataclass(frozen=True)
class Button:
    """One button of an inline or of a reply keyboard, as the person sees it."""

    text: str
    data: str | None = None
    url: str | None = None
    copies: str | None = None
    asks_contact: bool = False


@dataclass(eq=False)
class Message:
    """One message in one chat; it stays the same object when edited, and gets a new `raw`."""

    raw: Raw
    keyboard: Raw | None = None  # a reply keyboard, its removal or a forced reply
    silent: bool = False
    visible: bool = True
    too_old: bool = False  # older than the 48 hours in which a bot may delete it
    former: list[Raw] = field(default_factory=list)

    def __str__(self) -> str:
        return f"#{self.id} {self.text!r} {self.labels}"

    @property
    def id(self) -> int:
        """Its number in the chat."""
        return int(self.raw["message_id"])

    @property
    def text(self) -> str:
        """What there is to read: the text, or a caption."""
        return str(self.raw.get("text", self.raw.get("caption", "")))

    @property
    def entities(self) -> list[Raw]:
        """Bold and the like, in UTF-16 code units."""
        found: list[Raw] = self.raw.get("entities") or self.raw.get("caption_entities") or []
        return found

    @property
    def by_bot(self) -> bool:
        """Whether a bot sent it."""
        return bool(self.raw.get("from", {}).get("is_bot"))

    @property
    def edited(self) -> bool:
        """Whether it shows the word "edited"."""
        return "edit_date" in self.raw

    @property
    def ringing(self) -> bool:
        """Whether it rang: a new message from a bot does, unless sent silently; an edit never."""
        return self.by_bot and not self.silent

    @property
    def contact(self) -> Raw | None:
        """The contact card, if it is one."""
        return self.raw.get("contact")

    @property
    def buttons(self) -> list[list[Button]]:
        """The inline buttons, row by row."""
        return rows_of(self.raw)

    @property
    def labels(self) -> list[list[str]]:
        """The texts of the inline buttons, row by row."""
        return [[button.text for button in row] for row in self.buttons]

    @property
    def former_buttons(self) -> Iterator[Button]:
        """Buttons it carried before an edit, newest first: an old screen may still show them."""
        return (one for raw in reversed(self.former) for row in rows_of(raw) for one in row)


@dataclass(frozen=True)
class Event:
    """Something that happened to a message; `raw` is the message as it was right then."""

    at: float
    what: What
    message: Message
    raw: Raw


@dataclass(eq=False)
class Chat:
    """One private chat of one bot, or one group."""

    id: int
    head: Raw
    owner: str | None  # the bot of a private chat
    members: dict[int, Raw] = field(default_factory=dict)
    bots: set[str] = field(default_factory=set)
    messages: dict[int, Message] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    migrated_to: int | None = None
    started: bool = False  # a bot may not write first
    blocked: bool = False

    @property
    def private(self) -> bool:
        """Whether it is one person's chat with a bot."""
        return self.owner is not None

    @property
    def visible(self) -> list[Message]:
        """The messages that are not deleted, oldest first."""
        return [one for one in self.messages.values() if one.visible]

    def add(self, at: float, content: Raw, **about: Any) -> Message:  # noqa: ANN401
        """A new message with the next number."""
        number = len(self.messages) + 1
        raw = {"message_id": number, "date": int(at), "chat": self.head, **content}
        message = Message(raw, **about)
        self.messages[number] = message
        self._happened(at, "new", message)
        return message

    def change(self, at: float, message: Message, raw: Raw, what: What) -> None:
        """Put an edited body in the place of the old one; its number stays."""
        message.former.append(message.raw)
        message.raw = raw
        self._happened(at, what, message)

    def remove(self, at: float, message: Message) -> None:
        """Delete it for everyone."""
        message.visible = False
        self._happened(at, "deleted", message)

    def _happened(self, at: float, what: What, message: Message) -> None:
        self.events.append(Event(at, what, message, message.raw))


def rows_of(raw: Raw) -> list[list[Button]]:
    """The inline buttons of a message, read from its JSON."""
    rows = raw.get("reply_markup", {}).get("inline_keyboard", [])
    return [[_button(one) for one in row] for row in rows]


def keyboard_rows(keyboard: Raw | None) -> list[list[Button]]:
    """The buttons of a reply keyboard."""
    rows = (keyboard or {}).get("keyboard", [])
    return [
        [Button(one["text"], asks_contact=bool(one.get("request_contact"))) for one in row]
        for row in rows
    ]


def private_head(user: Raw) -> Raw:
    """The `chat` object of a private chat."""
    names = ("first_name", "last_name", "username")
    return {"id": user["id"], "type": "private", **{n: user[n] for n in names if n in user}}


def group_head(chat_id: int, title: str) -> Raw:
    """The `chat` object of a group; the id says whether it is a supergroup."""
    kind = "supergroup" if chat_id < SUPERGROUPS_BELOW else "group"
    return {"id": chat_id, "type": kind, "title": title}


def _button(raw: Raw) -> Button:
    copies = raw.get("copy_text", {}).get("text")
    return Button(raw["text"], raw.get("callback_data"), raw.get("url"), copies)
