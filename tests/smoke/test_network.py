"""The network misbehaves in every way it can; the advice arrives all the same."""

import pytest

from tests.harness.house import FAMILY_BOT, Harness
from tests.harness.telegram import fault

ADVICE = "Call now, at any hour."

FAULTS = {
    "busy": fault.too_many(1),
    "down": fault.server_error(502),
    "dropped": fault.dropped_before(),
    "no json": fault.not_json(applied=False, status=502),
}


@pytest.mark.parametrize("name", FAULTS)
async def test_advice_arrives_once_after_a_fault(house: Harness, name: str) -> None:
    """The first send fails; it is tried again, in order, and nothing is doubled."""
    ana = house.person("Ana")
    ana.phone.start()
    await house.quiet()
    ana.read()
    house.server.inject(FAULTS[name], method="sendMessage", bot=FAMILY_BOT)
    ana.phone.send("38.4")
    await house.patience(lambda: any(m.text.startswith(ADVICE) for m in ana.phone.chat))
    heard = [m.text for m in ana.read() if m.by_bot]
    assert heard[0].startswith(ADVICE)
    assert sum(text.startswith(ADVICE) for text in heard) == 1
    house.read_all()


async def test_blocked_family_is_known_to_the_holder(house: Harness) -> None:
    """A person who blocks the bot is not written to; whoever has the page is told."""
    ana, dana = house.person("Ana"), house.coordinator("Dana")
    await ana.says("38.4")
    await dana.acknowledges()
    house.read_all()
    await ana.does(lambda phone: phone.block())
    assert house.rung() or any("block" in m.text.lower() for m in dana.phone.chat)
    house.read_all()


async def test_a_tap_too_old_to_be_answered_still_counts(house: Harness) -> None:
    """Telegram will not take the answer to an old tap; what it chose is stored all the same."""
    ana = house.person("Ana")
    await ana.says("38.4")
    house.server.inject(fault.query_too_old(), method="answerCallbackQuery", bot=FAMILY_BOT)
    await ana.taps("hills")
    scene = await house.scene("Ana")
    assert scene.assessment is not None
    assert any(getattr(r, "finding", "") == "chills" for r in scene.assessment.records)
    house.read_all()
