"""Update queue: what one bot has not confirmed yet, as Telegram keeps it."""

from typing import Any

Raw = dict[str, Any]

# Telegram leaves these out unless a bot asks for them by name.
ONLY_ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
KINDS = frozenset(
    "message edited_message channel_post edited_channel_post business_connection business_message "
    "edited_business_message deleted_business_messages message_reaction message_reaction_count "
    "inline_query chosen_inline_result callback_query shipping_query pre_checkout_query "
    "purchased_paid_media poll poll_answer my_chat_member chat_member chat_join_request chat_boost "
    "removed_chat_boost".split()
)


class UpdateQueue:
    """Updates of one bot, kept until an offset above them (or a webhook's 2xx) confirms them."""

    def __init__(self, first_id: int) -> None:
        self._next_id = first_id
        self.pending: list[Raw] = []
        self.again: list[Raw] = []  # already confirmed, handed out once more all the same
        self.made: list[Raw] = []
        self.allowed: list[str] = []

    def add(self, kind: str, payload: Raw) -> Raw | None:
        """A new update at the end, or None if the bot does not want this kind."""
        if not self._wanted(kind):
            return None
        update: Raw = {"update_id": self._next_id, kind: payload}
        self._next_id += 1
        self.pending.append(update)
        self.made.append(update)
        return update

    def confirm_below(self, offset: int) -> None:
        """Forget everything below the offset; a negative one keeps that many from the end."""
        if offset < 0:
            self.pending = self.pending[offset:]
        elif offset > 0:
            self.pending = [one for one in self.pending if one["update_id"] >= offset]

    def confirm(self, update: Raw) -> None:
        """Forget this one update."""
        self.pending = [one for one in self.pending if one["update_id"] != update["update_id"]]

    def read(self, limit: int) -> list[Raw]:
        """What getUpdates answers now: first what is handed out again, then what is pending."""
        again, self.again = self.again, []
        return (again + self.pending)[:limit]

    def give_again(self, update_id: int | None = None) -> Raw:
        """Hand out an update once more, confirmed or not; the newest one by default."""
        update = next(one for one in reversed(self.made) if update_id in (None, one["update_id"]))
        self.again.append(update)
        return update

    def _wanted(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in ONLY_ON_REQUEST
