"""Phone: one person's Telegram, open at the chat with one bot."""

from typing import Any

from tests.harness.telegram.chat import Message, keyboard_rows
from tests.harness.telegram.limit import TEXT_UNITS
from tests.harness.telegram.query import Query
from tests.harness.telegram.screen import Label, Screen
from tests.harness.telegram.update import Raw
from tests.harness.telegram.world import World

FILE = {"file_id": "made-up", "file_unique_id": "made-up"}
PICTURE = {**FILE, "width": 90, "height": 90}
# Contents of one message of each kind that a person can send without writing.
KINDS: dict[str, Raw] = {
    "voice": {"voice": {**FILE, "duration": 3, "mime_type": "audio/ogg"}},
    "photo": {"photo": [PICTURE]},
    "sticker": {"sticker": {**PICTURE, "type": "regular", "is_animated": False, "is_video": False}},
    "location": {"location": {"latitude": 32.1, "longitude": 34.8}},
    "document": {"document": {**FILE, "file_name": "letter.pdf", "mime_type": "application/pdf"}},
    "video": {"video": {**PICTURE, "duration": 3}},
    "video_note": {"video_note": {**FILE, "length": 90, "duration": 3}},
    "audio": {"audio": {**FILE, "duration": 3}},
    "animation": {"animation": {**PICTURE, "duration": 3}, "document": FILE},
    "dice": {"dice": {"emoji": "🎲", "value": 4}},
    "poll": {
        "poll": {
            "id": "1",
            "question": "?",
            "options": [
                {"persistent_id": "1", "text": "1", "voter_count": 0},
                {"persistent_id": "2", "text": "2", "voter_count": 0},
            ],
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": True,
            "type": "regular",
            "allows_multiple_answers": False,
            "allows_revoting": True,
            "members_only": False,
        }
    },
    "empty": {},  # what a bot gets for a kind of message newer than its Bot API
}


class Phone(Screen):
    """A person who writes to one bot. Acts take effect at once; only waiting is awaited."""

    def __init__(self, world: World, bot: str, user: Raw) -> None:
        super().__init__(world, world.private_chat(bot, user))
        self.bot, self.user = bot, user
        self.phone_number = f"+9725{user['id'] % 10**8:08d}"
        self.opened: list[str] = []  # addresses of tapped links
        self.clipboard: str | None = None

    @property
    def id(self) -> int:
        """The person's user id."""
        return int(self.user["id"])

    @property
    def taps(self) -> list[Query]:
        """Every tap on a button of this bot, oldest first."""
        queries = self.world.queries.values()
        return [one for one in queries if (one.bot, one.user_id) == (self.bot, self.id)]

    @property
    def toasts(self) -> list[str]:
        """The texts that answered taps, oldest first."""
        return [one.toast for one in self.taps if one.toast]

    @property
    def keyboard(self) -> list[list[str]]:
        """The labels of the reply keyboard that stands now."""
        return [[button.text for button in row] for row in keyboard_rows(self._keyboard())]

    def start(self, payload: str = "") -> Message:
        """Open the chat, unblocking the bot if need be, with or without a deep link's payload."""
        if self.room.blocked:
            self.unblock()
        return self.send(f"/start {payload}".strip())

    def send(self, text: str, **more: Any) -> Message:  # noqa: ANN401
        """Write a text; one that is too long goes out in pieces, as the apps send it."""
        pieces = [text[at : at + TEXT_UNITS] for at in range(0, len(text), TEXT_UNITS)] or [""]
        return [self.send_raw({**text_of(one), **more}) for one in pieces][-1]

    def send_raw(self, content: Raw) -> Message:
        """Send any content."""
        assert not self.room.blocked, "whoever blocked a bot cannot write to it: unblock it first"
        self.room.started = True
        message = self.room.add(self.world.now(), {"from": self.user, **content})
        self.world.tell(self.bot, "message", message.raw)
        return message

    def send_kind(self, kind: str, caption: str = "") -> Message:
        """Send something without words: a key of KINDS."""
        return self.send_raw({**KINDS[kind], **({"caption": caption} if caption else {})})

    def send_voice(self) -> Message:
        """Speak."""
        return self.send_kind("voice")

    def send_photo(self, caption: str = "") -> Message:
        """Show a picture."""
        return self.send_kind("photo", caption)

    def send_sticker(self) -> Message:
        """Send a sticker."""
        return self.send_kind("sticker")

    def send_location(self) -> Message:
        """Tell the place."""
        return self.send_kind("location")

    def send_empty(self) -> Message:
        """Send what the bot's version of the Bot API does not know."""
        return self.send_kind("empty")

    def share_contact(self, phone_number: str | None = None, *, own: bool = True) -> Message:
        """Share the own number, or the card of somebody else."""
        card: Raw = {"phone_number": phone_number or self.phone_number}
        card["first_name"] = self.user["first_name"] if own else "Somebody"
        return self.send_raw({"contact": {**card, **({"user_id": self.id} if own else {})}})

    def press_keyboard(self, label: str) -> Message:
        """Press a button of the reply keyboard: it writes its text or shares the number."""
        for button in (one for row in keyboard_rows(self._keyboard()) for one in row):
            if button.text == label:
                return self.share_contact() if button.asks_contact else self.send(label)
        raise AssertionError(f"no key {label!r} among {self.keyboard}")

    def tap(
        self, label: Label, message: Message | None = None, *, inaccessible: bool = False
    ) -> Query | None:
        """Tap a button by its text, its data or a condition; None for one that only opens."""
        found, button = self.find_button(label, message)
        if button.url is not None:
            self.opened.append(button.url)
        if button.copies is not None:
            self.clipboard = button.copies
        if button.data is None:
            return None
        return self.tap_data(found, button.data, inaccessible=inaccessible)

    def tap_data(self, message: Message, data: str, *, inaccessible: bool = False) -> Query:
        """Send the tap itself, whatever the message shows."""
        query = self.world.add_query(self.bot, self.user, message, data)
        payload = {"id": query.id, "from": self.user, "chat_instance": str(self.room.id)}
        payload |= {"data": data, "message": self._payload(message, inaccessible)}
        self.world.tell(self.bot, "callback_query", payload)
        return query

    async def answered(self, query: Query, timeout: float = 5.0) -> Query:  # noqa: ASYNC109
        """Wait until a tap is answered."""
        if await self.world.bell.until(lambda: query.answered or None, timeout) is None:
            raise AssertionError(f"the tap {query.data!r} was not answered")
        return query

    def edit(self, message: Message, text: str) -> Message:
        """Change an own message."""
        now = self.world.now()
        raw = {**message.raw, **text_of(text), "edit_date": int(now)}
        self.room.change(now, message, raw, "edited")
        self.world.tell(self.bot, "edited_message", message.raw)
        return message

    def delete(self, message: Message) -> None:
        """Take a message away; a bot is not told."""
        self.room.remove(self.world.now(), message)

    def block(self) -> None:
        """Block the bot."""
        self._change_membership(blocked=True)

    def unblock(self) -> None:
        """Let the bot write again."""
        self._change_membership(blocked=False)

    def _change_membership(self, *, blocked: bool) -> None:
        self.room.blocked = blocked
        bot = self.world.accounts[self.bot].user
        member = {"user": bot, "status": "member"}
        banned = {"user": bot, "status": "kicked", "until_date": 0}
        old, new = (member, banned) if blocked else (banned, member)
        change = {"chat": self.room.head, "from": self.user, "date": int(self.world.now())}
        change |= {"old_chat_member": old, "new_chat_member": new}
        self.world.tell(self.bot, "my_chat_member", change)

    def _keyboard(self) -> Raw | None:
        """The last keyboard that a visible message brought or took away."""
        brought = [one.keyboard for one in self.chat if one.keyboard is not None]
        return brought[-1] if brought else None


def text_of(text: str) -> Raw:
    """A text as Telegram hands it on: a command is marked as one."""
    if not text.startswith("/"):
        return {"text": text}
    length = len(text.split()[0])
    return {"text": text, "entities": [{"type": "bot_command", "offset": 0, "length": length}]}
