"""The sender's ledger on the real store: what is owed comes back as it was, and is settled."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.channels.base import Button, Card, Rendered
from bot.ledger import StoreLedger
from bot.owed import What
from bot.parcel import pack, unpack
from data.store.outbox import OutboxRow
from data.store.store import Store, open_store
from flows.message import Urn

NOW = datetime(2025, 1, 1, 2, tzinfo=UTC)
ANA = Urn("telegram", "1")
BEN = Urn("telegram", "2")
FULL = Rendered(
    text="צהובה",
    rows=((Button("Yes", token="t:1"),), (Button("Map", url="https://example.org/"),)),
    card=Card("Ward", "+97231234567"),
    ask_contact="Send it",
    silent=True,
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store of its own."""
    with open_store(tmp_path / "vigil.db") as store:
        yield store


async def owe(store: Store, *rows: OutboxRow) -> None:
    """Put rows into the outbox."""
    await store.run(lambda ledger: ledger.owe(rows, NOW))


@pytest.mark.parametrize("message", [FULL, Rendered(text="hello"), Rendered()])
def test_parcel_keeps_the_message(message: Rendered) -> None:
    """What is packed comes out as it went in."""
    assert unpack(pack(message)) == message


@pytest.mark.parametrize("parcel", [b"", b"[]", b"no", b'{"rows": [[{}]]}', b'{"text": 1}'])
def test_parcel_of_something_else(parcel: bytes) -> None:
    """What is no parcel is named as such."""
    with pytest.raises(ValueError):
        unpack(parcel)


def test_parcel_without_words_is_empty() -> None:
    """An object of another kind says nothing, which every channel refuses."""
    assert unpack(b'{"spoken": 1}') == Rendered()


async def test_gives_what_is_owed(store: Store) -> None:
    """A row comes back whole, until it is settled one way or the other."""
    ledger = StoreLedger(store)
    await owe(
        store,
        OutboxRow("a", ANA, pack(FULL), slot="screen"),
        OutboxRow("b", BEN, pack(Rendered()), what="retire", slot="screen"),
    )
    first, second = await ledger.owed(10)
    assert (first.urn, first.message, first.what, first.slot) == (ANA, FULL, What.send, "screen")
    assert second.what is What.retire
    await ledger.receipt(first.id, "55", NOW)
    await ledger.drop(second.id, "blocked")
    assert await ledger.owed(10) == []
    assert await ledger.latest_receipt(ANA, "screen", before=first.id + 1) == "55"
    assert await ledger.latest_receipt(ANA, "screen", before=first.id) == ""


async def test_keeps_a_postponement(store: Store) -> None:
    """The next process knows when a row is to be tried again, and how often it was."""
    ledger = StoreLedger(store)
    await owe(store, OutboxRow("a", ANA, pack(FULL)))
    (row,) = await ledger.owed(10)
    until = NOW + timedelta(seconds=7)
    await ledger.postpone(row.id, until, 3)
    (row,) = await ledger.owed(10)
    assert (row.not_before, row.attempts) == (until, 3)


async def test_spoilt_row_holds_up_nobody(store: Store) -> None:
    """A row that cannot be read comes back without its message, the others with theirs."""
    await owe(
        store,
        OutboxRow("a", ANA, b"spoilt"),
        OutboxRow("b", BEN, pack(FULL), what="sing"),
        OutboxRow("c", BEN, pack(FULL)),
    )
    rows = await StoreLedger(store).owed(10)
    assert [row.message for row in rows] == [None, None, FULL]


async def test_one_address_crowds_out_nobody(store: Store) -> None:
    """However much one address is owed, another's first row is read with the first."""
    await owe(store, *(OutboxRow(f"a{number}", ANA, pack(FULL)) for number in range(20)))
    await owe(store, OutboxRow("b", BEN, pack(FULL)))
    rows = await StoreLedger(store).owed(2)
    assert [row.urn for row in rows] == [ANA, BEN]


async def test_broken_store_is_heard_of(store: Store, tmp_path: Path) -> None:
    """A call that does not reach the disk raises, so that the sender keeps it in mind."""
    ledger = StoreLedger(store)
    await owe(store, OutboxRow("a", ANA, pack(FULL)))
    (row,) = await ledger.owed(10)
    other = sqlite3.connect(tmp_path / "vigil.db", isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Exception, match="the store failed"):
            await ledger.receipt(row.id, "55", NOW)
        other.execute("ROLLBACK")
    finally:
        other.close()
    await ledger.receipt(row.id, "55", NOW)
    assert await ledger.owed(10) == []
