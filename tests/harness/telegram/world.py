"""World: bots, people, chats and taps, without the wire."""

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.harness.telegram.account import Account
from tests.harness.telegram.bell import Bell
from tests.harness.telegram.chat import Chat, Message, private_head
from tests.harness.telegram.query import Query
from tests.harness.telegram.refusal import Refusal, bad_request, forbidden
from tests.harness.telegram.update import Raw

FIRST_QUERY = 4_000_000_000_000_000_000


@dataclass(eq=False)
class World:
    """All that Telegram would know; only the server's own process changes it."""

    now: Callable[[], float]
    bell: Bell = field(default_factory=Bell)
    accounts: dict[str, Account] = field(default_factory=dict)
    private: dict[tuple[str, int], Chat] = field(default_factory=dict)
    groups: dict[int, Chat] = field(default_factory=dict)
    queries: dict[str, Query] = field(default_factory=dict)
    sent: list[tuple[str, Message]] = field(default_factory=list)

    def add_account(self, token: str) -> Account:
        """A bot that this server answers."""
        account = Account(token, place=len(self.accounts) + 1)
        self.accounts[token] = account
        return account

    def private_chat(self, token: str, user: Raw) -> Chat:
        """The chat of one person with one bot; made when it is first asked for."""
        key = (token, user["id"])
        if key not in self.private:
            self.private[key] = Chat(user["id"], private_head(user), token, {user["id"]: user})
        return self.private[key]

    def find_chat(self, account: Account, chat_id: int) -> Chat:
        """The chat that a bot means by an id; raises when it may not see it."""
        chat = self.private.get((account.token, chat_id)) or self.groups.get(chat_id)
        if chat is None:
            raise bad_request("chat not found")
        if not chat.private and account.token not in chat.bots:
            raise forbidden("bot was kicked from the group chat")
        if chat.migrated_to is not None:
            raise migrated(chat.migrated_to)
        return chat

    def find_open_chat(self, account: Account, chat_id: int) -> Chat:
        """The same, for a bot that wants to write there."""
        chat = self.find_chat(account, chat_id)
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        if chat.private and not chat.started:
            raise forbidden("bot can't initiate conversation with a user")
        return chat

    def tell(self, token: str, kind: str, payload: Raw) -> Raw | None:
        """Queue an update for a bot and wake whoever waits for it."""
        update = self.accounts[token].updates.add(kind, payload)
        self.bell.ring()
        return update

    def add_query(self, token: str, user: Raw, message: Message, data: str) -> Query:
        """A tap of this person."""
        query = Query(str(FIRST_QUERY + len(self.queries)), token, user["id"], message, data)
        self.queries[query.id] = query
        return query


@dataclass(frozen=True)
class Act:
    """One valid request about to take effect."""

    world: World
    account: Account
    fields: Raw
    files: dict[str, bytes]


def migrated(new_id: int) -> Refusal:
    """The refusal of a group's old id after it became a supergroup."""
    refusal = bad_request("group chat was upgraded to a supergroup chat", violation=False)
    refusal.parameters = {"migrate_to_chat_id": new_id}
    return refusal
