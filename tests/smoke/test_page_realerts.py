"""A page is sent again until a coordinator has it."""

from tests.harness.house import Harness


async def test_page_realerts_until_acknowledged(house: Harness) -> None:
    """A page rings step after step, round after round, also across a restart, until somebody
    acknowledges it; then it rests until the progress limit."""
    ana, dana, ben = house.person("Ana"), house.coordinator("Dana"), house.coordinator("Ben")
    await ana.says("38.4")
    await dana.gets_page("38.4")
    await house.forward(minutes=5)
    await ben.gets_page("38.4")
    await house.restart()
    await house.forward(minutes=12)
    page = await dana.gets_page("38.4")
    await dana.acknowledges(page)
    house.read_all()
    await house.restart()
    await house.forward(minutes=14)
    assert house.rung() == []
    await house.forward(minutes=2)
    await dana.gets_page("38.4")
    house.read_all()
