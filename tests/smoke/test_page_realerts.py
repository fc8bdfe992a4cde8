"""A page is sent again until a coordinator has it."""

from datetime import timedelta

from tests.harness.house import Harness

PROGRESS = timedelta(minutes=15)


async def test_page_realerts_until_acknowledged(house: Harness) -> None:
    """A page rings step after step until a coordinator acknowledges it, and then rests."""
    ana, dana, ben = house.person("Ana"), house.coordinator("Dana"), house.coordinator("Ben")
    await ana.says("38.4")
    await dana.gets_page("38.4")
    await house.forward(minutes=5)
    await ben.gets_page("38.4")
    await house.restart()
    page = await _rung_again(house)
    assert page is not None


async def _rung_again(house: Harness) -> object:
    await house.forward(minutes=20)
    return await house.coordinator("Dana").gets_page("38.4")
