"""A process that stores updates as fast as it can and says which it has acknowledged."""

from __future__ import annotations

import sys
from collections import deque
from concurrent.futures import Future
from itertools import count
from pathlib import Path

from data.store import open_store
from tests.data.jobs import ana, says

AHEAD = 64
"""Updates in flight at once."""


def main(path: Path) -> None:
    """Until killed."""
    with open_store(path) as store:
        flying: deque[tuple[int, Future[bool]]] = deque()
        for number in count():
            flying.append((number, store.submit(says(f"u{number}", ana(number % 8), f"{number}"))))
            if len(flying) == AHEAD:
                acknowledged, done = flying.popleft()
                done.result()
                print(acknowledged, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
