"""Exports: what is kept about a person, or about everybody, opened and in words.

They read through a connection of their own, beside the running house.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any

from sqlite_utils import Database

from data.codec import Codec
from data.store.journal import event_json
from flows.message import Urn

Row = dict[str, Any]

OWN: Mapping[str, str] = {
    "people": "id = :person",
    "patients": "id = :patient",
    "carers": "patient_id = :patient",
    "conversations": "person_id = :person",
    "assessments": "patient_id = :patient",
    "records": "assessment_id IN (SELECT id FROM assessments WHERE patient_id = :patient)",
    "pages": "patient_id = :patient",
    "timers": "person_id = :person",
    "inbox": "urn = :urn",
    "outbox": "urn = :urn OR patient_id = :patient",
    "receipts": "outbox_id IN (SELECT id FROM outbox WHERE urn = :urn OR patient_id = :patient)",
    "journal": "patient_id = :patient OR person_id = :person",
}
"""Which rows of each table are about a person."""


def export_person(conn: sqlite3.Connection, codec: Codec, urn: Urn) -> dict[str, list[Row]]:
    """Everything about one person, by table; LookupError when nobody has this address."""
    db = Database(conn, execute_plugins=False)
    found = list(db.query("SELECT id, patient_id FROM people WHERE urn = ?", [str(urn)]))
    if not found:
        raise LookupError(f"nobody has the address {urn}")
    who = {"person": found[0]["id"], "patient": found[0]["patient_id"], "urn": str(urn)}
    return {
        table: [_opened(table, row, codec) for row in db[table].rows_where(where, who)]
        for table, where in OWN.items()
    }


def export_all(conn: sqlite3.Connection, codec: Codec) -> Iterator[tuple[str, Row]]:
    """Every row of every table, with the table's name."""
    db = Database(conn, execute_plugins=False)
    for table in (*OWN, "coordinators", "moves"):
        for row in db[table].rows:
            yield table, _opened(table, row, codec)


def _opened(table: str, row: Row, codec: Codec) -> Row:
    """A row with its sealed content as what it says; None where it was erased."""
    if "sealed" not in row:
        return row
    content = codec.open(row.pop("sealed"))
    if table == "journal":
        return {**row, "content": event_json(content)}
    return {**row, "content": json.loads(content) if content else None}
