"""Errand: something done beside the main work, for nobody to wait for."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine


class Errands:
    """Small jobs that run until they are done, or until the house closes."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def send(self, errand: Coroutine[object, object, None]) -> asyncio.Task[None]:
        """Begin one; it must itself deal with whatever may go wrong."""
        task = asyncio.ensure_future(errand)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def close(self) -> None:
        """Break off whatever still runs."""
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
