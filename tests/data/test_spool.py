"""The spool keeps inputs on disk while the database cannot."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.spool import SECTOR, START, Spool, SpoolFailed, SpoolFull

SMALL = START + 4096


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the spool lies."""
    return tmp_path / "v.db.spool"


def _reopened(spool: Spool, path: Path) -> Spool:
    spool.close()
    return Spool(path, SMALL)


def test_entries_outlive_the_process(path: Path) -> None:
    """What was appended is read again in order, by whoever opens the file next."""
    spool = Spool(path, SMALL)
    for content in (b"one", b"two", b"three"):
        spool.append(content)
    spool = _reopened(spool, path)
    assert spool.entries() == (b"one", b"two", b"three")
    spool.append(b"four")
    assert _reopened(spool, path).entries() == (b"one", b"two", b"three", b"four")


def test_its_room_is_claimed_at_once(path: Path) -> None:
    """The file has its full size, on disk, before anything is written: a disk that fills up
    later cannot take the room away."""
    Spool(path, SMALL).close()
    status = path.stat()
    assert status.st_size == SMALL
    assert status.st_blocks * 512 >= SMALL
    assert status.st_mode & 0o077 == 0


def test_a_full_spool_refuses(path: Path) -> None:
    """What does not fit is refused, and what was kept before is still there."""
    spool = Spool(path, SMALL)
    spool.append(b"x" * 4000)
    with pytest.raises(SpoolFull):
        spool.append(b"y" * 200)
    spool.append(b"z")
    assert _reopened(spool, path).entries() == (b"x" * 4000, b"z")


@pytest.mark.parametrize("torn", [1, 8, 16, 17, 20])
def test_a_torn_write_ends_the_list(path: Path, torn: int) -> None:
    """Of an entry that was written in part nothing is read; the next one takes its place."""
    spool = Spool(path, SMALL)
    spool.append(b"whole")
    whole = START + 16 + 5
    spool.append(b"half of this")
    spool.close()
    with path.open("r+b") as file:
        file.seek(whole + torn)
        file.write(bytes(28 - torn))
    spool = Spool(path, SMALL)
    assert spool.entries() == (b"whole",)
    spool.append(b"next")
    assert _reopened(spool, path).entries() == (b"whole", b"next")


def test_a_flipped_bit_is_noticed(path: Path) -> None:
    """An entry that is not what was written is not replayed."""
    spool = Spool(path, SMALL)
    spool.append(b"38.4")
    spool.close()
    with path.open("r+b") as file:
        file.seek(START + 16)
        file.write(b"39")
    assert Spool(path, SMALL).entries() == ()


def test_clearing_forgets_and_blanks(path: Path) -> None:
    """After the store has taken everything, nothing is read and no word is left in the file."""
    spool = Spool(path, SMALL)
    spool.append(b"the family's words")
    spool.clear()
    assert spool.entries() == ()
    assert b"words" not in path.read_bytes()
    spool.append(b"later")
    assert _reopened(spool, path).entries() == (b"later",)


def test_a_crash_between_head_and_blanking_brings_nothing_back(path: Path) -> None:
    """Once the generation is raised, entries that were not blanked yet are no entries."""
    spool = Spool(path, SMALL)
    spool.append(b"taken already")
    before = path.read_bytes()[START:]
    spool.clear()
    spool.close()
    with path.open("r+b") as file:
        file.seek(START)
        file.write(before)
    assert Spool(path, SMALL).entries() == ()


def test_a_torn_head_leaves_the_other_in_force(path: Path) -> None:
    """A head that was written in part does not lose what is kept."""
    spool = Spool(path, SMALL)
    spool.append(b"first")
    spool.clear()
    spool.append(b"second")
    spool.close()
    with path.open("r+b") as file:
        file.write(b"torn" * 8)
        assert file.tell() < SECTOR
    assert Spool(path, SMALL).entries() == (b"second",)


def test_a_disk_that_refuses_is_told(path: Path) -> None:
    """When nothing can be written the caller hears of it, and must not confirm."""
    spool = Spool(path, SMALL)
    file = os.open(path, os.O_RDONLY)
    os.dup2(file, spool._file)
    os.close(file)
    with pytest.raises(SpoolFailed):
        spool.append(b"x")
    assert spool.entries() == ()


@given(st.lists(st.binary(min_size=1, max_size=60), max_size=20), st.integers(0, 1500))
def test_any_cut_leaves_a_beginning(
    tmp_path_factory: pytest.TempPathFactory, contents: list[bytes], cut: int
) -> None:
    """Wherever the file is lost from, what is read is the list's beginning."""
    path = tmp_path_factory.mktemp("spool") / "v.db.spool"
    spool = Spool(path, SMALL)
    for content in contents:
        spool.append(content)
    spool.close()
    with path.open("r+b") as file:
        file.seek(START + cut)
        file.write(bytes(SMALL - START - cut))
    spool = Spool(path, SMALL)
    kept = spool.entries()
    spool.close()
    assert list(kept) == contents[: len(kept)]
