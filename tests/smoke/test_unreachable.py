"""Who cannot be reached is passed over at once, shown and reported; nobody waits for them."""

from pathlib import Path

from tests.harness.house import STAFF, Harness, house_of


async def test_blocked_on_call_gives_way_at_once(house: Harness) -> None:
    """On call has blocked the bot: the second step rings in the same minute."""
    await house.coordinator("Dana").does(lambda phone: phone.block())
    await house.person("Ana").says("38.4")
    card = await house.coordinator("Ben").gets_page("38.4")
    assert "No working address for" in card.text
    house.read_all()


async def test_block_found_while_sending_gives_way_at_once(house: Harness) -> None:
    """The bot learns of the block only by the refused alert: the next step rings all the same."""
    dana = house.coordinator("Dana").phone
    dana.room.blocked = True
    await house.person("Ana").says("38.4")
    await house.forward(seconds=1)
    await house.coordinator("Ben").gets_page("38.4")
    house.read_all()


async def test_unconfigured_steps_are_skipped_shown_and_reported(tmp_path: Path) -> None:
    """With one coordinator and no group, round follows round without holes, and the card says
    which steps have no address."""
    async with house_of(
        tmp_path, strict=False, coordinators=(STAFF["Dana"],), coordinator_group=None
    ) as house:
        dana = house.coordinator("Dana")
        await house.person("Ana").says("38.4")
        await dana.gets_page("38.4")
        await house.forward(minutes=4)
        card = await dana.gets_page("38.4")
        assert "No working address for" in card.text
        assert {"second", "group", "supervisor"} <= set(card.text.split("\n"))
        reported = [m for m in dana.phone.chat if "there is no working address for" in m.text]
        assert len(reported) >= 1
        assert not house.complaints.lines, house.complaints.lines


async def test_nobody_at_all_can_be_alerted(house: Harness) -> None:
    """Everybody has blocked the bot: the family hears at once that nobody could be alerted."""
    for name in STAFF:
        await house.coordinator(name).does(lambda phone: phone.block())
    assert house.group is not None
    house.group.room.bots.clear()
    ana = house.person("Ana")
    await ana.says("38.4")
    await house.forward(seconds=1)
    told = await ana.hears("Nobody at the clinic could be alerted")
    assert "+972-73-374-6844" in told.text
    house.read_all()
