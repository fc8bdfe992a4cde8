"""The house that smoke tests live in."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.harness.house import Harness, house_of


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Harness]:
    """A staffed house at two in the morning."""
    async with house_of(tmp_path) as house:
        yield house
