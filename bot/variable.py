"""A variable of the environment: its value read, or refused with what it should be.

What was written never stands in a reason, unless it is a path: it could be a secret.
"""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import SecretStr

TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
"""What Telegram takes as a webhook's secret."""
APART = re.compile(r"[\s,]+(?=[A-Za-z][A-Za-z0-9+.-]*://)")
"""Between two addresses of apprise; a comma inside one parts nothing."""
ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://\S+")


def token(written: str) -> SecretStr:
    """A bot's token."""
    if not TOKEN.fullmatch(written):
        raise ValueError("is not a bot token such as BotFather gives: digits, a colon, letters")
    return SecretStr(written)


def address(written: str) -> str:
    """A web address, without a slash at its end."""
    parts = urlsplit(written)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ValueError("must be an address such as https://vigil.example.org")
    return written.rstrip("/")


def secret(written: str) -> SecretStr:
    """A secret that Telegram takes."""
    if not SECRET.fullmatch(written):
        raise ValueError("may hold 1 to 256 letters, digits, underscores and hyphens only")
    return SecretStr(written)


def ids(written: str) -> tuple[int, ...]:
    """User ids, in order, each once."""
    ids = [part.strip() for part in written.split(",") if part.strip()]
    if not all(id.isascii() and id.isdigit() and int(id) for id in ids):
        raise ValueError("must be Telegram user ids, digits only, with commas between")
    return tuple(dict.fromkeys(map(int, ids)))


def group(written: str) -> int:
    """A chat id."""
    if not re.fullmatch(r"-?\d+", written, re.ASCII):
        raise ValueError("must be the chat id of a group, a whole number such as -1001234567890")
    return int(written)


def place(written: str) -> tuple[str, int]:
    """A host and a port."""
    host, _, port = written.rpartition(":")
    if not host or not port.isascii() or not port.isdigit() or not 0 < int(port) < 65536:
        raise ValueError("must be host:port, such as 127.0.0.1:8080")
    return host.strip("[]"), int(port)


def scale(written: str) -> int:
    """How much faster than in earnest time runs."""
    if not (written.isascii() and written.isdigit() and int(written)):
        raise ValueError("must be a whole number from 1 up; 1 is in earnest")
    return int(written)


def yes(written: str) -> bool:
    """Yes, or no."""
    if written not in ("yes", "no"):
        raise ValueError('must be "yes", or empty')
    return written == "yes"


def folder(written: str) -> Path:
    """A folder that is there."""
    path = Path(written).expanduser()
    if not path.is_dir():
        raise ValueError(f"{written} is not a folder")
    return path


def file(written: str) -> Path:
    """A file that is there, or can be."""
    path = Path(written).expanduser()
    if path.is_dir():
        raise ValueError(f"{written} is a folder; it must name a file")
    return path


def addresses(written: str) -> tuple[SecretStr, ...]:
    """Addresses of apprise."""
    addresses = [part for part in APART.split(written) if part]
    if not all(ADDRESS.fullmatch(address) for address in addresses):
        raise ValueError("must be addresses of apprise, such as mailto://..., with spaces between")
    return tuple(map(SecretStr, addresses))
