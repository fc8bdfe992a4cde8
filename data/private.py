"""Private: the database and what lies beside it, for the eyes of the house's own account alone."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

FOLDER = 0o700
FILE = 0o600
BESIDE = ("", "-wal", "-shm")
"""The database and SQLite's own files, which it makes with the database's rights."""


def make_folder(path: Path) -> None:
    """Make a folder that is not there; one that is there keeps the rights somebody gave it."""
    path.mkdir(mode=FOLDER, parents=True, exist_ok=True)


def make_private(database: Path) -> None:
    """Make the database if it is not there, and take from others what rights they have.

    By name and never by a descriptor: closing one would drop SQLite's own locks.
    """
    with suppress(FileExistsError):
        os.close(os.open(database, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, FILE))
    for end in BESIDE:
        with suppress(FileNotFoundError):
            database.with_name(database.name + end).chmod(FILE)


def open_private(path: Path) -> int:
    """A descriptor to read and write a file, which is made if it is not there."""
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, FILE)
    os.fchmod(file, FILE)
    return file
