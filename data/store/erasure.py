"""Erasure: what becomes of a person who asks to be forgotten.

The person's address, conversation, timers and messages go. When nobody else cares for the
patient, so do the patient's facts, assessments, records, resolved pages, and whatever was sent
to coordinators about the case. Blank rows keep the ids. In the journal the events are emptied;
their digests stay, so that the chain can still be checked. While others share the patient, the
shared case is theirs and stays.

A case that is still in the coordinators' hands is not erased from under them: EraseRefused,
unless forced. Forced, the page stays open, with nothing of the patient in it.
"""

from __future__ import annotations

import sqlite3
from datetime import datetime

from data.store.instant import written
from data.store.stage import Stage
from flows.message import Urn
from flows.person import Patient, Person


class EraseRefused(Exception):
    """An erasure that would take an open case from the coordinators; one clear line."""


def erase(
    conn: sqlite3.Connection, stage: Stage, person_id: int, now: datetime, *, force: bool
) -> None:
    """Forget a person, in the caller's transaction; LookupError when there is none."""
    person = stage.families.person(person_id)
    if person is None:
        raise LookupError(f"no person {person_id}")
    others = [each for each in stage.families.carers(person.patient_id) if each.id != person_id]
    page = stage.pages.open_of(person.patient_id)
    if page is not None and not others and not force:
        raise EraseRefused(f"person {person_id}: page {page.code} is still open; resolve it first")
    if not others:
        _erase_patient(conn, stage, person.patient_id, now)
    _erase_person(conn, stage, person, now)


def scrub(conn: sqlite3.Connection) -> None:
    """Take what was erased out of the write-ahead log too; outside of any transaction."""
    conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _erase_person(conn: sqlite3.Connection, stage: Stage, person: Person, now: datetime) -> None:
    urn = str(person.urn)
    conn.execute("DELETE FROM outbox WHERE urn = ?", (urn,))
    conn.execute("DELETE FROM moves WHERE urn = ? OR moved_to = ?", (urn, urn))
    conn.execute("UPDATE inbox SET urn = '', sealed = x'' WHERE urn = ?", (urn,))
    conn.execute("DELETE FROM timers WHERE person_id = ? AND page_id IS NULL", (person.id,))
    conn.execute("DELETE FROM conversations WHERE person_id = ?", (person.id,))
    conn.execute("DELETE FROM carers WHERE person_id = ?", (person.id,))
    blank = Person(person.id, Urn("erased", str(person.id)), person.patient_id)
    stage.families.put_person(blank)
    conn.execute("UPDATE people SET erased_at = ? WHERE id = ?", (written(now), person.id))


def _erase_patient(conn: sqlite3.Connection, stage: Stage, id: int, now: datetime) -> None:
    """The patient is marked first: only then do the records let themselves be removed."""
    stage.families.put_patient(Patient(id))
    conn.execute("UPDATE patients SET erased_at = ? WHERE id = ?", (written(now), id))
    own = "(SELECT id FROM assessments WHERE patient_id = ?)"
    conn.execute(f"DELETE FROM records WHERE assessment_id IN {own}", (id,))  # noqa: S608 - ours
    conn.execute("DELETE FROM assessments WHERE patient_id = ?", (id,))
    conn.execute("DELETE FROM outbox WHERE patient_id = ?", (id,))
    conn.execute("UPDATE journal SET sealed = x'' WHERE patient_id = ?", (id,))
    conn.execute("DELETE FROM pages WHERE patient_id = ? AND state = 'resolved'", (id,))
