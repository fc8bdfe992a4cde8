"""Rights go by user id: a stranger gets a polite refusal, and nothing else."""

import pytest

from tests.harness.house import COORDINATOR_BOT, Harness
from tests.harness.telegram import Phone

REFUSAL = "This chat is for the clinic's coordinators only"


def stranger_in(house: Harness) -> Phone:
    """Somebody who found the coordinators' bot."""
    return house.server.phone(999, bot=COORDINATOR_BOT, first_name="Eve")


@pytest.mark.parametrize("words", ["/start", "/open", "/help", "hello", "V-0001"])
async def test_stranger_is_refused(house: Harness, words: str) -> None:
    """Whatever a stranger writes while a case is open, the answer holds nothing of it."""
    await house.person("Ana").says("38.4")
    eve = stranger_in(house)
    eve.send(words)
    await house.quiet()
    (answer,) = eve.read()
    assert REFUSAL in answer.text
    assert "V-0001" not in answer.text
    assert answer.labels == []
    house.read_all()


@pytest.mark.parametrize("token", ["acknowledge:1", "show:1", "resolve:1:reached", "reply:1"])
async def test_stranger_cannot_tap(house: Harness, token: str) -> None:
    """A forged button of an open case changes nothing."""
    ana = house.person("Ana")
    await ana.says("38.4")
    eve = stranger_in(house)
    eve.send("/start")
    await house.quiet()
    eve.read()
    before = (await house.scene("Ana")).page
    ana.read()
    eve.tap_data(eve.newest, token)
    await house.quiet()
    assert all(REFUSAL in message.text for message in eve.read())
    assert not ana.unread()
    page = (await house.scene("Ana")).page
    assert page is not None
    assert before is not None
    assert (page.state, page.holder) == (before.state, None)
    house.read_all()


async def test_membership_of_the_group_gives_no_rights(house: Harness) -> None:
    """Somebody who was added to the group taps Acknowledge there, and does not have the case."""
    group = house.group
    assert group is not None
    eve = stranger_in(house)
    group.room.members[eve.id] = eve.user
    await house.person("Ana").says("will not wake")
    await group.hears("V-0001")
    group.tap(eve, lambda button: (button.data or "").startswith("acknowledge:"))
    await house.quiet()
    page = (await house.scene("Ana")).page
    assert page is not None
    assert page.holder is None
    house.read_all()


async def test_member_takes_the_case_in_the_group(house: Harness) -> None:
    """A coordinator's tap in the group counts: the family hears the name, and the card follows
    into the own chat."""
    group = house.group
    assert group is not None
    ana, ben = house.person("Ana"), house.coordinator("Ben")
    await ana.says("will not wake")
    group.tap(ben.phone, lambda button: (button.data or "").startswith("acknowledge:"))
    await house.quiet()
    await ana.hears("Ben from the clinic has your message")
    assert "Ben has it since" in ben.phone.newest.text
    house.read_all()
