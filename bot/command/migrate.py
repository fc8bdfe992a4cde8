"""``main.py migrate``: the database brought up to the schema of this version."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from bot.refusal import Refusal
from bot.settings import Settings
from data.lock import Lock, Locked
from data.store.connection import connect
from data.store.migration import migrate as bring_up


def migrate() -> int:
    """Apply what is missing, alone on the database; print each step."""
    path = Settings.read().database
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(Lock(path)), closing(connect(path)) as conn:
            applied = bring_up(conn)
    except Locked as refused:
        raise Refusal(str(refused)) from None
    except (OSError, sqlite3.Error) as error:
        raise Refusal(f"the database {path} cannot be used: {error}") from None
    print("\n".join(f"applied {name}" for name in applied) or "up to date")
    return 0
