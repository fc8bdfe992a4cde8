"""The rig that a test names, its network open, judged when the test is over."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.bot.channels.contract import House, Rig
from tests.bot.channels.rigs import RIGS


@pytest.fixture
async def rig(request: pytest.FixtureRequest) -> AsyncIterator[Rig]:
    """A channel's rig by its name, which is the fixture's parameter."""
    made = RIGS[request.param]()
    await made.open()
    yield made
    await made.stop()
    await made.close()


@pytest.fixture
async def house(rig: Rig) -> House:
    """The house that the rig's channel was started with."""
    house = rig.house()
    await rig.start(house)
    return house
