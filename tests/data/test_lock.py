"""One process for one database."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from data.store import Locked, open_store


def test_a_second_process_is_refused(tmp_path: Path) -> None:
    """While one process has the database another is refused with one line; then it may."""
    path = tmp_path / "v.db"
    opens = (
        "import sys; from pathlib import Path; from data.store import *\n"
        "try:\n    with open_store(Path(sys.argv[1])): print('opened')\n"
        "except Locked as line: print(line)\n"
    )

    def second() -> str:
        asked = [sys.executable, "-c", opens, str(path)]
        return subprocess.run(asked, capture_output=True, text=True, check=True).stdout

    with open_store(path):
        assert second() == f"another process already uses the database {path}\n"
    assert second() == "opened\n"


def test_the_same_process_is_refused_too(tmp_path: Path) -> None:
    """Two stores on one file would be two writers, also within a process."""
    path = tmp_path / "v.db"
    with open_store(path), pytest.raises(Locked), open_store(path):
        pass
    with open_store(path) as store:
        assert store.submit(lambda ledger: ledger.owed(1)).result() == ()
