"""Bell: rung at every change, so that whoever waits for something looks again."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

LOOK_AGAIN_S = 0.25  # waiters look this often without a ring: a dead connection rings no bell


class Bell:
    """One bell for a whole server; waiting for it costs nothing while nothing happens."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Wake everybody who waits."""
        self._rung.set()
        self._rung = asyncio.Event()

    async def wait(self, seconds: float) -> None:
        """Return at the next ring, or after so many seconds."""
        rung = self._rung
        try:
            async with asyncio.timeout(min(seconds, LOOK_AGAIN_S)):
                await rung.wait()
        except TimeoutError:
            return

    async def until(self, found: Callable[[], T | None], timeout: float) -> T | None:  # noqa: ASYNC109
        """What `found` returns as soon as that is not None; None after `timeout` seconds."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + timeout
        while (thing := found()) is None:
            left = deadline - loop.time()
            if left <= 0:
                return None
            await self.wait(left)
        return thing
