"""The spool: where inputs are kept while the database cannot take them.

A file beside the database, filled with zeros at the start, so that it works on a full disk. Each
entry is framed by its length, the spool's generation and a checksum: one that was torn, by a
crash or the disk, ends the list and is written over. Emptying raises the generation, in the one
of two heads that is not in force, and then blanks the entries.
"""

from __future__ import annotations

import os
import struct
import threading
from pathlib import Path
from zlib import crc32

from data.private import open_private

SIZE = 4 * 1024 * 1024
"""Bytes of the file; room for some thousand inputs."""
SECTOR = 4096
"""Bytes kept for each head, so that a torn write can never reach both."""
START = 2 * SECTOR
"""Where the entries begin."""

_HEAD = struct.Struct(">8sQI")
_MARK = b"vigil-sp"
_FRAME = struct.Struct(">IQI")


class SpoolFailed(Exception):
    """The spool could not keep an input: it is not on disk and must not be confirmed."""


class SpoolFull(SpoolFailed):
    """There is no room left in the spool."""


class Spool:
    """Inputs in the order in which they came, each on disk before ``append`` returns."""

    def __init__(self, path: Path, size: int = SIZE) -> None:
        self._lock = threading.Lock()
        self._file = open_private(path)
        self._size = max(size, os.fstat(self._file).st_size)
        _fill(self._file, self._size)
        _sync_folder(path.parent)
        self._generation = self._read_generation()
        self._entries: list[bytes] = []
        self._end = START
        self._scan()

    def append(self, content: bytes) -> None:
        """Keep an input; SpoolFull, or SpoolFailed when the disk refuses."""
        with self._lock:
            frame = _framed(content, self._generation)
            if self._end + len(frame) > self._size:
                raise SpoolFull("the spool is full")
            self._write(self._end, frame)
            self._end += len(frame)
            self._entries.append(content)

    def entries(self) -> tuple[bytes, ...]:
        """What is kept, in order."""
        with self._lock:
            return tuple(self._entries)

    def clear(self) -> None:
        """Forget all entries, and blank what they said; SpoolFailed when the disk refuses."""
        with self._lock:
            generation = self._generation + 1
            self._write((generation % 2) * SECTOR, _head(generation))
            self._generation = generation
            used, self._end, self._entries = self._end, START, []
            self._write(START, bytes(used - START))

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._file)

    def _write(self, at: int, content: bytes) -> None:
        try:
            written = os.pwrite(self._file, content, at)
            os.fsync(self._file)
        except OSError as error:
            raise SpoolFailed("the spool cannot be written") from error
        if written != len(content):
            raise SpoolFailed("the spool was written in part")

    def _read_generation(self) -> int:
        """The higher of the two heads that are whole; 0 for a new file."""
        heads = (os.pread(self._file, _HEAD.size, at) for at in (0, SECTOR))
        return max(_generation(head) for head in heads)

    def _scan(self) -> None:
        while (content := self._read(self._end)) is not None:
            self._entries.append(content)
            self._end += _FRAME.size + len(content)

    def _read(self, at: int) -> bytes | None:
        """The entry at this place; None where there is none, or a torn one."""
        frame = os.pread(self._file, _FRAME.size, at)
        if len(frame) < _FRAME.size:
            return None
        length, generation, check = _FRAME.unpack(frame)
        if not length or generation != self._generation or at + length > self._size:
            return None
        content = os.pread(self._file, length, at + _FRAME.size)
        return content if _check(content, generation) == check else None


def _framed(content: bytes, generation: int) -> bytes:
    return _FRAME.pack(len(content), generation, _check(content, generation)) + content


def _check(content: bytes, generation: int) -> int:
    return crc32(content, crc32(struct.pack(">QI", generation, len(content))))


def _head(generation: int) -> bytes:
    return _HEAD.pack(_MARK, generation, crc32(_MARK + struct.pack(">Q", generation)))


def _generation(head: bytes) -> int:
    mark, generation, _ = _HEAD.unpack(head)
    return int(generation) if mark == _MARK and head == _head(generation) else 0


def _fill(file: int, size: int) -> None:
    """Claim the room now: later the disk may be full."""
    os.posix_fallocate(file, 0, size)
    os.fsync(file)


def _sync_folder(folder: Path) -> None:
    """A new file's name is on disk only once its folder is."""
    file = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(file)
    finally:
        os.close(file)
