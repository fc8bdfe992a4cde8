"""Token: a made-up bot token in the form that both libraries accept."""

SECRET_LENGTH = 35


def make_token(bot_id: int = 123456) -> str:
    """A token for the bot with this id; the same id gives the same token."""
    return f"{bot_id}:{('AA' + 'x' * SECRET_LENGTH)[:SECRET_LENGTH]}"


def bot_id_of(token: str) -> int:
    """The id that stands in front of the colon."""
    return int(token.split(":", 1)[0])
