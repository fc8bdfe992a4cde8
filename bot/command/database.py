"""The database as the command line meets it: it must be there, free, and in order."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.refusal import Refusal
from data.lock import Locked


@contextmanager
def alone(path: Path, *, must_exist: bool = False) -> Iterator[None]:
    """Whatever is wrong with the database within becomes one line for the person."""
    if must_exist and not path.exists():
        raise Refusal(f"there is no database at {path}; VIGIL_DATABASE names another")
    try:
        yield
    except Locked as refused:
        raise Refusal(str(refused)) from None
    except BrokenPipeError:  # of the standard output: the database is well
        raise
    except (OSError, sqlite3.Error) as error:
        raise Refusal(f"the database {path} cannot be used: {error}") from error
