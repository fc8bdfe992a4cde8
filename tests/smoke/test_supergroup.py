"""The coordinators' group becomes a supergroup, and its telephones go on ringing."""

from tests.harness.house import COORDINATOR_BOT, Harness


async def test_migrated_group_keeps_being_paged(house: Harness) -> None:
    """The group's id changes between two alerts: the next one arrives under the new id."""
    group = house.group
    assert group is not None
    await house.person("Ana").says("will not wake")
    await group.hears("V-0001")
    group.migrate()
    group.read()
    await house.forward(minutes=4)
    await group.hears("V-0001")
    await house.restart()
    await house.forward(minutes=4)
    await group.hears("V-0001")
    house.read_all()


async def test_group_that_migrated_unseen_is_found(house: Harness) -> None:
    """Nobody told the bot: the refusal of the old id names the new one, and it rings there."""
    group = house.group
    assert group is not None
    await house.stop()
    group.migrate()
    house.server.account(COORDINATOR_BOT).updates.pending.clear()
    await house.start()
    await house.person("Ana").says("will not wake")
    await group.hears("V-0001")
    house.read_all()
