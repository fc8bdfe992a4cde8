"""The same update delivered again has one effect."""

from tests.harness.house import FAMILY_BOT, Harness


async def test_update_delivered_twice_is_answered_once(house: Harness) -> None:
    """Telegram brings the message a second time: no second advice, no second page."""
    ana = house.person("Ana")
    await ana.says("38.4")
    before = len(ana.phone.chat)
    house.server.deliver_again(FAMILY_BOT)
    await house.quiet()
    assert len(ana.phone.chat) == before
    scene = await house.scene("Ana")
    assert scene.assessment is not None
    assert sum(r.kind == "told" for r in scene.assessment.records) == 1
    house.read_all()
