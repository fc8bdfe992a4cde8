"""The house that walkers walk through."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.walker.house import WalkedHouse, walked_house


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[WalkedHouse]:
    """A house at two in the morning; what the fake Telegram could not accept fails the test."""
    async with walked_house(tmp_path) as house:
        yield house
