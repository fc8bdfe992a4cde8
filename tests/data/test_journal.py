"""The journal can be checked by anybody, also after a family was forgotten."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from data.export import PERSONS, everything, of_person
from data.store import EraseRefused, Ledger, OutboxRow, Store, open_store
from data.store.erasure import scrub
from data.store.executor import Inline
from flows.message import Urn
from flows.page import Page, PageState, Policy, Reason
from flows.turn import Turn
from flows.urgency import Urgency
from tests.data.jobs import NOW, ana, answered, says

WORDS = "Shivering-since-midnight"
JSON = b'{"words": "%s"}' % WORDS.encode()
POLICY = Policy(Urgency.immediate, (), timedelta(minutes=4), timedelta(minutes=10))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the database lies."""
    return tmp_path / "v.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """Two families, one of which said something that no other file of the test says."""
    with open_store(path, executor=Inline()) as store:
        store.submit(says("u1", ana(1), WORDS)).result()
        store.submit(says("u2", ana(2), "well")).result()
        store.submit(lambda ledger: ledger.mark_failed("u1", JSON)).result()
        store.submit(_card).result()
        yield store


def _card(ledger: Ledger) -> None:
    """What a coordinator was sent about the first family."""
    scene = ledger.scene_of(ana(1), NOW)
    ledger.save(scene, Turn(scene), NOW, [OutboxRow("card", Urn("coordinator", "77"), JSON)])


def _faults(store: Store) -> tuple[str, ...]:
    return store.submit(lambda ledger: ledger.journal.faults()).result()


def _open_page(ledger: Ledger) -> None:
    scene = ledger.scene_of(ana(1), NOW)
    state, level = PageState.triggered, Urgency.immediate
    page = Page(1, scene.patient.id, Reason.findings, "", level, state, POLICY, NOW, NOW)
    ledger.save(scene, Turn(scene).become(page=page), NOW)


def test_an_untouched_journal_verifies(store: Store) -> None:
    """Each row follows from the one before and holds what was written."""
    assert _faults(store) == ()


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("UPDATE journal SET actor = 'person:9' WHERE position = 1", "the chain is broken"),
        ("UPDATE journal SET sealed = x'0011' WHERE position = 1", "the event is not what"),
        ("DELETE FROM journal WHERE position = 1", "the chain is broken"),
        ("UPDATE journal SET digest = '' WHERE position = 2", "the chain is broken"),
    ],
)
def test_a_change_behind_the_store_is_seen(
    store: Store, path: Path, change: str, fault: str
) -> None:
    """Whoever edits the file by other means breaks the chain where they did."""
    conn = sqlite3.connect(path)
    for trigger in ("journal_stays", "journal_stands"):
        conn.execute(f"DROP TRIGGER {trigger}")
    conn.execute(change)
    conn.commit()
    conn.close()
    assert any(fault in line for line in _faults(store))


def test_erasing_leaves_no_words_and_a_chain_that_holds(store: Store, path: Path) -> None:
    """After an erasure the family's words and address are in none of the files, the other
    family's are, and the journal still verifies."""
    store.submit(lambda ledger: ledger.erase(1, NOW)).result()
    assert _faults(store) == ()
    conn = sqlite3.connect(path)
    scrub(conn)
    conn.close()
    store.close()
    left = b"".join(each.read_bytes() for each in path.parent.iterdir() if each.is_file())
    assert WORDS.encode() not in left
    assert b"telegram:1" not in left
    assert b"telegram:2" in left
    assert b'"well"' in left


def test_who_was_erased_is_a_stranger_again(store: Store) -> None:
    """The next message from that address begins anew; the old ids are not used again."""
    store.submit(lambda ledger: ledger.erase(1, NOW)).result()
    scene = store.submit(lambda ledger: ledger.scene_of(ana(1), NOW)).result()
    assert (scene.person.id, scene.assessment, scene.past) == (3, None, ())
    assert scene.next_assessment_id == 3
    assert not store.submit(says("u1", ana(1))).result()


def test_an_open_page_is_not_taken_from_the_coordinators(store: Store) -> None:
    """With a page open an erasure is refused with one line; forced, the page stays open with
    nothing of the patient."""
    store.submit(_open_page).result()
    with pytest.raises(EraseRefused, match=r"^person 1: page V-0001 is still open; resolve it"):
        store.submit(lambda ledger: ledger.erase(1, NOW)).result()
    store.submit(lambda ledger: ledger.erase(1, NOW, force=True)).result()
    scene = store.submit(lambda ledger: ledger.scene_of_page(1, NOW)).result()
    assert scene.page is not None
    assert scene.page.open
    assert scene.person.id == 0


def test_a_turn_may_ask_to_be_forgotten(store: Store) -> None:
    """The turn that erases still says goodbye, and leaves nothing else owed."""

    def forget(ledger: Ledger) -> None:
        scene = ledger.scene_of(ana(1), NOW)
        turn = replace(answered(scene, WORDS), erase=True)
        ledger.save(scene, turn, NOW, [OutboxRow("bye", ana(1), b"bye")])

    store.submit(forget).result()
    owed = store.submit(lambda ledger: ledger.owed(10)).result()
    assert [row.payload for row in owed if row.urn == ana(1)] == [b"bye"]
    assert store.submit(lambda ledger: ledger.due_timers(NOW)).result()[0].person_id == 2
    assert _faults(store) == ()


def test_a_shared_case_stays_with_the_others(store: Store) -> None:
    """While another carer shares the patient only the one who asked is forgotten."""

    def share(ledger: Ledger) -> None:
        ledger.conn.execute("INSERT INTO carers VALUES (1, 2, '2026')")

    store.submit(share).result()
    store.submit(lambda ledger: ledger.erase(1, NOW)).result()
    found = store.submit(lambda ledger: ledger.conn.execute("SELECT count(*) FROM records"))
    assert found.result().fetchone() == (2,)


def test_an_export_holds_everything_and_nobody_else(store: Store) -> None:
    """A person's export has their words in records, journal and messages, what coordinators were
    sent about them, and not the other family's."""
    with store.reader() as conn:
        export = [json.loads(json.dumps(row)) for row in of_person(conn, ana(1))]
        with pytest.raises(LookupError, match="nobody is known at telegram:9"):
            list(of_person(conn, Urn("telegram", "9")))
    rows = {table: [row for row in export if row["table"] == table] for table in PERSONS}
    assert [row["sealed"]["words"] for row in rows["records"]] == [WORDS]
    assert [row["sealed"]["record"]["words"] for row in rows["journal"]] == [WORDS]
    assert [row["key"] for row in rows["outbox"]] == ["answer:u1", "card"]
    assert [row["id"] for row in rows["people"]] == [1]


def test_an_export_of_all_has_every_row(store: Store) -> None:
    """The clinic's export has every row of every table, also of those who were erased."""
    store.submit(lambda ledger: ledger.erase(1, NOW)).result()
    with store.reader() as conn:
        rows = list(everything(conn))
    tables = [row["table"] for row in rows]
    assert (tables.count("people"), tables.count("records"), tables.count("journal")) == (2, 1, 2)
    assert [row["sealed"] is None for row in rows if row["table"] == "journal"] == [True, False]


def test_a_reader_changes_nothing(store: Store) -> None:
    """A reader's connection refuses to write."""
    with store.reader() as conn, pytest.raises(sqlite3.OperationalError):
        conn.execute("DELETE FROM outbox")
