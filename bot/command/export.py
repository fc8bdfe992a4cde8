"""``main.py export``: records as JSON lines, a person's or all of the clinic's."""

from __future__ import annotations

import json
from contextlib import closing

from bot.command.database import alone
from bot.command.erase import read_urn
from bot.refusal import Refusal
from bot.settings import Settings
from data.export import everything, of_person
from data.store.connection import connect_to_read


def export(person: str) -> int:
    """Print every row; the house may be running meanwhile."""
    path = Settings.read().database
    urn = read_urn(person) if person else None
    with alone(path, must_exist=True), closing(connect_to_read(path)) as conn:
        # One transaction, so that what is printed is how it all stood at one instant.
        conn.execute("BEGIN")
        try:
            for row in of_person(conn, urn) if urn else everything(conn):
                print(json.dumps(row, ensure_ascii=False))
        except LookupError as nobody:
            raise Refusal(str(nobody)) from None
    return 0
