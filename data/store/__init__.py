"""The store: one writer thread on SQLite, and a file for each family of tables.

::

    with open_store(path, Trade(team=team)) as store:
        await store.run(lambda ledger: ledger.owed(100))

``Store.submit(job, spare=...) -> Future`` and ``await Store.run(job, spare=...)`` take a job, a
function of the ``Ledger``, and are done once it is on disk. ``Store.held()`` lets jobs wait,
``Store.commits`` counts transactions, ``Store.reader()`` gives a read-only connection.

The ledger, inside a job:

- inputs: ``record_update(update_id, urn, kind, now) -> bool``, ``mark_failed(update_id, content)``,
  ``attempt()`` (a savepoint)
- scenes: ``scene_of(urn, now, language_code=, name=)``, ``scene_of_person(person_id, now)``,
  ``scene_of_page(page_id, now)``, ``scene_of_act(act, now)``, ``scene_of_fault(cause)``
- turns: ``save(before, turn, now, outbox_rows, actor=)``, ``erase(person_id, now, force=)``
- timers: ``due_timers(now, limit)``, ``take_timer(key, now)``, ``set_timer(timer)``,
  ``next_due_at()``
- the sender's: ``owed(limit)``, ``receipt(outbox_id, message, now)``,
  ``postpone(outbox_id, until, attempts)``, ``drop(outbox_id, why)``,
  ``latest_receipt(urn, slot, before)``, ``move(old, new, now)``, ``owe(rows, now)``
"""

from data.lock import Locked
from data.store.connection import StoreFailed
from data.store.erasure import EraseRefused
from data.store.job import Outcome, Spare
from data.store.ledger import Ledger, Trade
from data.store.outbox import OutboxRow, OwedRow
from data.store.store import Store, open_store

__all__ = [
    "EraseRefused",
    "Ledger",
    "Locked",
    "OutboxRow",
    "Outcome",
    "OwedRow",
    "Spare",
    "Store",
    "StoreFailed",
    "Trade",
    "open_store",
]
