"""An export: rows of the store as plain objects, with what is sealed laid open."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

from sqlite_utils import Database

from data.codec import UNSEALED, Codec
from data.store.journal import event_json
from flows.message import Urn

Exported = dict[str, object]

PERSONS = {
    "people": "id = :person",
    "carers": "person_id = :person",
    "conversations": "person_id = :person",
    "patients": "id = :patient",
    "assessments": "patient_id = :patient",
    "records": "assessment_id IN (SELECT id FROM assessments WHERE patient_id = :patient)",
    "pages": "patient_id = :patient",
    "inbox": "urn = :urn",
    "outbox": "urn = :urn OR patient_id = :patient",
    "receipts": "outbox_id IN (SELECT id FROM outbox WHERE urn = :urn OR patient_id = :patient)",
    "moves": "urn = :urn OR moved_to = :urn",
    "timers": "person_id = :person",
    "journal": "person_id = :person OR patient_id = :patient",
}
"""Table -> which of its rows are a person's: the own ones, and those of the patient."""
CLINICS = (*PERSONS, "coordinators")


def of_person(conn: sqlite3.Connection, urn: Urn, codec: Codec = UNSEALED) -> Iterator[Exported]:
    """Every row of a person; LookupError when nobody is known at the address."""
    found = conn.execute("SELECT id, patient_id FROM people WHERE urn = ?", (str(urn),)).fetchone()
    if found is None:
        raise LookupError(f"nobody is known at {urn}")
    about = {"person": found[0], "patient": found[1], "urn": str(urn)}
    for table, whose in PERSONS.items():
        yield from _rows(conn, table, codec, whose, about)


def everything(conn: sqlite3.Connection, codec: Codec = UNSEALED) -> Iterator[Exported]:
    """Every row of every table."""
    for table in CLINICS:
        yield from _rows(conn, table, codec)


def _rows(
    conn: sqlite3.Connection,
    table: str,
    codec: Codec,
    whose: str | None = None,
    about: dict[str, object] | None = None,
) -> Iterator[Exported]:
    rows = Database(conn, execute_plugins=False).table(table).rows_where(whose, about)
    for row in rows:
        opened = {name: _open(value, codec, table) for name, value in row.items()}
        yield {"table": table, **opened}


def _open(value: object, codec: Codec, table: str) -> object:
    """What is sealed as the object it was, None where it was erased; the rest as it is."""
    if not isinstance(value, bytes):
        return value
    plain = codec.open(value) if value else b""
    if table == "journal":
        return event_json(plain)
    return json.loads(plain) if plain else None
