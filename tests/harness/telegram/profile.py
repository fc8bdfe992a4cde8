"""Profile: the methods about the bot itself, and about chats and their members."""

import json
from typing import Any

from tests.harness.telegram.refusal import bad_request
from tests.harness.telegram.world import Act

Raw = dict[str, Any]

ACCEPTS_NO_GIFTS = dict.fromkeys(
    (
        "unlimited_gifts",
        "limited_gifts",
        "unique_gifts",
        "premium_subscription",
        "gifts_from_channels",
    ),
    False,
)


def get_me(act: Act) -> object:
    """The bot as a user, with what it may do."""
    abilities = dict.fromkeys(
        (
            "can_read_all_group_messages",
            "supports_inline_queries",
            "can_connect_to_business",
            "has_main_web_app",
        ),
        False,
    )
    return {**act.account.user, "can_join_groups": True, **abilities}


def set_my_commands(act: Act) -> object:
    """The list of commands for one scope and one language."""
    act.account.commands[_place(act)] = act.fields["commands"]
    return True


def get_my_commands(act: Act) -> object:
    """That list, empty where none was set."""
    return act.account.commands.get(_place(act), [])


def delete_my_commands(act: Act) -> object:
    """Take that list away."""
    act.account.commands.pop(_place(act), None)
    return True


def set_my_description(act: Act) -> object:
    """What an empty chat shows, in one language."""
    return _set_text(act, "description")


def get_my_description(act: Act) -> object:
    """What an empty chat shows."""
    return _get_text(act, "description")


def set_my_short_description(act: Act) -> object:
    """What the profile page shows, in one language."""
    return _set_text(act, "short_description")


def get_my_short_description(act: Act) -> object:
    """What the profile page shows."""
    return _get_text(act, "short_description")


def log_out(act: Act) -> object:
    """Leave the cloud for a local server; `close` answers the same way."""
    act.account.end_poll("terminated by logOut or close request")
    return True


def get_chat(act: Act) -> object:
    """All about a chat."""
    chat = act.world.find_chat(act.account, act.fields["chat_id"])
    more = {"accent_color_id": 0, "max_reaction_count": 11}
    return {**chat.head, **more, "accepted_gift_types": ACCEPTS_NO_GIFTS}


def get_chat_member(act: Act) -> object:
    """One person's standing in a chat: in it, or left."""
    chat = act.world.find_chat(act.account, act.fields["chat_id"])
    user = chat.members.get(act.fields["user_id"])
    if user is not None:
        return {"status": "member", "user": user}
    for other in (*act.world.private.values(), *act.world.groups.values()):
        if act.fields["user_id"] in other.members:
            return {"status": "left", "user": other.members[act.fields["user_id"]]}
    raise bad_request("user not found")


def leave_chat(act: Act) -> object:
    """Go out of a group; a private chat cannot be left."""
    chat = act.world.find_chat(act.account, act.fields["chat_id"])
    if chat.private:
        raise bad_request("chat member status can't be changed in private chats")
    chat.bots.discard(act.account.token)
    return True


def _place(act: Act) -> tuple[str, str]:
    scope = json.dumps(act.fields.get("scope", {"type": "default"}), sort_keys=True)
    return scope, act.fields.get("language_code", "")


def _set_text(act: Act, name: str) -> bool:
    act.account.texts[(name, act.fields.get("language_code", ""))] = act.fields.get(name, "")
    return True


def _get_text(act: Act, name: str) -> Raw:
    return {name: act.account.texts.get((name, act.fields.get("language_code", "")), "")}
