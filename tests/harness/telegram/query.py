"""Callback query: a tap that waits for its answer, and the method that answers it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.harness.telegram.refusal import Refusal, bad_request

if TYPE_CHECKING:
    from tests.harness.telegram.chat import Message
    from tests.harness.telegram.world import Act

Raw = dict[str, Any]

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@dataclass(eq=False)
class Query:
    """One tap; Telegram shows it as loading until it is answered."""

    id: str
    bot: str
    user_id: int
    message: "Message"
    data: str
    answered: bool = False
    expired: bool = False
    toast: str = ""
    alert: bool = False


def too_old(*, violation: bool = False) -> Refusal:
    """The refusal of an answer that comes late, twice or to a query that never was."""
    return bad_request(TOO_OLD, violation=violation)


def answer_callback_query(act: "Act") -> object:
    """End the loading, with or without a toast. A second answer is refused as too old."""
    query = act.world.queries.get(act.fields["callback_query_id"])
    if query is None or query.bot != act.account.token:
        raise too_old(violation=True)
    if query.answered or query.expired:
        raise too_old()
    query.answered = True
    query.toast = act.fields.get("text", "")
    query.alert = act.fields.get("show_alert", False)
    return True
