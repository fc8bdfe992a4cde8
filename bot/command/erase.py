"""``main.py erase``: a person forgotten for good."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime

from bot.command.database import alone
from bot.refusal import Refusal
from bot.settings import Settings
from data.store import EraseRefused, Store, open_store
from data.store.connection import connect
from data.store.erasure import scrub
from flows.message import Urn


def erase(person: str, *, force: bool) -> int:
    """Erase one person, alone on the database; with ``force`` even while a page is open."""
    urn, path = read_urn(person), Settings.read().database
    with alone(path, must_exist=True):
        with open_store(path) as store:
            _erase(store, urn, force=force)
        with closing(connect(path)) as conn:
            scrub(conn)
    print(f"erased {urn}")
    return 0


def read_urn(written: str) -> Urn:
    """An address as it is typed; Refusal when it is none."""
    try:
        return Urn.parse(written)
    except ValueError:
        raise Refusal(f"{written!r} is not an address such as telegram:123") from None


def _erase(store: Store, urn: Urn, *, force: bool) -> None:
    id = person_id(store, urn)
    if store.behind:
        raise Refusal("inputs wait in the spool: start the house once, then erase")
    try:
        store.submit(lambda ledger: ledger.erase(id, datetime.now(UTC), force=force)).result()
    except EraseRefused as refused:
        raise Refusal(f"{refused}, or say --force") from None


def person_id(store: Store, urn: Urn) -> int:
    """The person behind an address; Refusal when nobody is."""
    with store.reader() as conn:
        row = conn.execute("SELECT id FROM people WHERE urn = ?", (str(urn),)).fetchone()
    if row is None:
        raise Refusal(f"nobody is known at {urn}")
    return int(row[0])
