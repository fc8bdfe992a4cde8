"""``main.py migrate``: the database brought up to the schema of this version."""

from __future__ import annotations

from contextlib import closing

from bot.command.database import alone
from bot.settings import Settings
from data.lock import Lock
from data.private import make_folder, make_private
from data.store.connection import connect
from data.store.migration import migrate as bring_up


def migrate() -> int:
    """Apply what is missing, alone on the database; print each step."""
    path = Settings.read().database
    with alone(path):
        make_folder(path.parent)
        with closing(Lock(path)):
            make_private(path)
            with closing(connect(path)) as conn:
                applied = bring_up(conn)
    print("\n".join(f"applied {name}" for name in applied) or "up to date")
    return 0
