"""A fake Telegram Bot API server over real loopback HTTP, and the phones of the people on it."""

from tests.harness.telegram import fault
from tests.harness.telegram.chat import Button, Message
from tests.harness.telegram.group import Group
from tests.harness.telegram.phone import Phone
from tests.harness.telegram.server import TelegramServer
from tests.harness.telegram.token import make_token

__all__ = ["Button", "Group", "Message", "Phone", "TelegramServer", "fault", "make_token"]
