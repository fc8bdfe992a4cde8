"""Group: a chat of several people with the bots in it, which may become a supergroup."""

from typing import Any

from tests.harness.telegram.chat import SUPERGROUPS_BELOW, Chat, Message, group_head
from tests.harness.telegram.phone import Phone, text_of
from tests.harness.telegram.query import Query
from tests.harness.telegram.screen import Label, Screen
from tests.harness.telegram.update import Raw
from tests.harness.telegram.world import World


class Group(Screen):
    """A group as its members see it. `private` bots see commands only, as is the default."""

    def __init__(
        self, world: World, chat_id: int, members: list[Phone], bots: list[str], title: str
    ) -> None:
        users = {one.id: one.user for one in members}
        chat = Chat(chat_id, group_head(chat_id, title), None, users, set(bots), started=True)
        super().__init__(world, chat)
        world.groups[chat_id] = chat
        self.privacy = True

    @property
    def id(self) -> int:
        """The group's id; another one after it migrated."""
        return self.room.id

    def say(self, member: Phone, text: str, **more: Any) -> Message:  # noqa: ANN401
        """A member writes; bots are told if it is a command or privacy is off."""
        raw = {"from": member.user, **text_of(text), **more}
        message = self.room.add(self.world.now(), raw)
        if text.startswith("/") or not self.privacy:
            self._tell_bots(message.raw)
        return message

    def tap(
        self,
        member: Phone,
        label: Label,
        message: Message | None = None,
        *,
        inaccessible: bool = False,
    ) -> Query:
        """A member taps a button; the bot that sent the message is told."""
        found, button = self.find_button(label, message)
        assert button.data is not None, f"the button {button.text!r} tells the bot nothing"
        token = next(
            one.token for one in self.world.accounts.values() if one.id == found.raw["from"]["id"]
        )
        query = self.world.add_query(token, member.user, found, button.data)
        payload = {"id": query.id, "from": member.user, "chat_instance": str(self.id)}
        payload |= {"data": button.data, "message": self._payload(found, inaccessible)}
        self.world.tell(token, "callback_query", payload)
        return query

    def migrate(self, new_id: int | None = None) -> int:
        """Become a supergroup: a new id, numbers from one again, and the old id is refused."""
        old = self.room
        new_id = new_id if new_id is not None else SUPERGROUPS_BELOW + old.id
        head = group_head(new_id, old.head["title"])
        new = Chat(new_id, head, None, dict(old.members), set(old.bots), started=True)
        self.world.groups[new_id] = self.room = new
        old.migrated_to = new_id
        self._heard = set()
        self._serve(old, {"migrate_to_chat_id": new_id})
        self._serve(new, {"migrate_from_chat_id": old.id})
        return new_id

    def remove_bot(self, token: str) -> None:
        """Send a bot out: it is refused from now on."""
        self.room.bots.discard(token)

    def _serve(self, chat: Chat, content: Raw) -> None:
        """A service message, which every bot is told."""
        user = next(iter(chat.members.values()), {"id": 1, "is_bot": False, "first_name": "Owner"})
        self._tell_bots(chat.add(self.world.now(), {"from": user, **content}).raw)

    def _tell_bots(self, raw: Raw) -> None:
        for token in self.room.bots:
            self.world.tell(token, "message", raw)
