"""Two coordinators tap at once: one has the page, the other is told who."""

from tests.harness.house import Harness


async def test_two_tappers_one_holder(house: Harness) -> None:
    """The first tap has it; the second is told by name who has, and the family hears one name."""
    ana, dana, ben = house.person("Ana"), house.coordinator("Dana"), house.coordinator("Ben")
    await ana.says("38.4")
    await house.forward(minutes=5)
    house.read_all()
    for tapper in (dana, ben):
        tapper.phone.tap(lambda button: (button.data or "").startswith("acknowledge:"))
    await house.quiet()
    names = [m.text for m in ana.read() if "has your message" in m.text]
    winner, loser = ("Dana", ben) if "Dana" in names[0] else ("Ben", dana)
    assert len(names) == 1
    await loser.hears(lambda m: winner in m.text)
    scene = await house.scene("Ana")
    assert scene.page is not None
    assert scene.page.holder_name == winner
    house.read_all()
