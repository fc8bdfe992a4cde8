"""What families said lies in files that nobody but the house's own account can read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from stat import S_IMODE

import pytest

import main
from bot.app import World, opened
from data.store import open_store
from flows.message import Urn
from flows.team import EMPTY_TEAM
from tests.harness.clock import NIGHT
from tests.harness.house import shipped

FILES = {"v.db", "v.db-wal", "v.db-shm", "v.db.lock", "v.db.spool"}


@pytest.fixture(autouse=True)
def generous() -> Iterator[None]:
    """An account that lets everybody read its files, unless a program takes care."""
    before = os.umask(0)
    yield
    os.umask(before)


def modes(folder: Path) -> dict[str, str]:
    """Each file's rights, in octal."""
    return {path.name: oct(S_IMODE(path.stat().st_mode)) for path in folder.iterdir()}


def write(path: Path) -> dict[str, str]:
    """Open the store and store something; the files' rights meanwhile."""
    with open_store(path) as store:
        store.submit(lambda ledger: ledger.scene_of(Urn("telegram", "1"), NIGHT)).result()
        return modes(path.parent)


def test_every_file_is_the_owners_alone(tmp_path: Path) -> None:
    """The database, SQLite's files beside it, the spool and the lock, while they are in use."""
    assert write(tmp_path / "v.db") == dict.fromkeys(FILES, "0o600")


def test_files_that_others_could_read_are_shut(tmp_path: Path) -> None:
    """An older version, or a copy put back, may have left them open."""
    write(tmp_path / "v.db")
    left = list(tmp_path.iterdir())
    assert {path.name for path in left} >= {"v.db", "v.db.lock", "v.db.spool"}
    for path in left:
        path.chmod(0o666)
    assert write(tmp_path / "v.db") == dict.fromkeys(FILES, "0o600")


async def test_folder_is_made_for_the_owner_alone(tmp_path: Path) -> None:
    """A new folder shuts out everybody else; one that was there keeps its rights."""
    shared = tmp_path / "shared"
    shared.mkdir(mode=0o750)
    async with opened(shared / "own" / "v.db", shipped(), EMPTY_TEAM, {}, World()):
        assert modes(shared) == {"own": "0o700"}
    async with opened(shared / "v.db", shipped(), EMPTY_TEAM, {}, World()):
        assert modes(tmp_path) == {"shared": "0o750"}


def test_migrating_makes_private_files_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever command comes first makes the database; each makes it private."""
    path = tmp_path / "new" / "v.db"
    monkeypatch.setenv("VIGIL_DATABASE", str(path))
    assert main.main(["migrate"]) == 0
    assert modes(tmp_path) == {"new": "0o700"}
    assert set(modes(path.parent).values()) == {"0o600"}
