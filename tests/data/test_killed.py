"""A process that is killed loses nothing that it had acknowledged."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from data.store import Ledger, open_store
from tests.data.jobs import ana, count, heard, says

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("acknowledged", [1, 150, 700])
def test_killed_in_mid_batch(tmp_path: Path, acknowledged: int) -> None:
    """After SIGKILL with turns in flight, every acknowledged update is there, none is half
    there, no order is broken, and what comes again has no second effect."""
    path = tmp_path / "v.db"
    asked = [sys.executable, "-m", "tests.data.child", str(path)]
    with subprocess.Popen(asked, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        seen = [int(child.stdout.readline()) for _ in range(acknowledged)]
        child.send_signal(signal.SIGKILL)
        seen += [int(line) for line in child.stdout if line.endswith("\n")]
    with open_store(path) as store:
        families = store.submit(_all_heard).result()
        stored = sorted(int(words) for family in families for words in family)
        assert set(seen) <= set(stored)
        assert stored == list(range(len(stored)))
        assert all(
            [int(words) % 8 for words in family] == [place] * len(family)
            for place, family in enumerate(families)
        )
        assert all(family == sorted(family, key=int) for family in families)
        for table in ("inbox", "records", "journal", "outbox"):
            assert count(path, table) == len(stored)
        assert store.submit(lambda ledger: ledger.journal.faults()).result() == ()
        assert not store.submit(says(f"u{stored[-1]}", ana())).result()


def _all_heard(ledger: Ledger) -> list[list[str]]:
    return [heard(ledger, ana(family)) for family in range(8)]
