"""The lock: one process for one database, for as long as the process lives."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from data.private import open_private


class Locked(Exception):
    """Another process has the database; one clear line."""


class Lock:
    """Held until closed, and let go by the system however the process ends.

    A file of its own: closing any descriptor of the database file would drop SQLite's own locks.
    """

    def __init__(self, database: Path) -> None:
        path = database.with_name(f"{database.name}.lock")
        self._file = open_private(path)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(self._file)
            raise Locked(f"another process already uses the database {database}") from error

    def close(self) -> None:
        """Let another process have the database."""
        os.close(self._file)
