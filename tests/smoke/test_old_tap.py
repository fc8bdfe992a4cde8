"""A button of long ago still leads somewhere."""

from tests.harness.house import COORDINATOR_BOT, FAMILY_BOT, Harness
from tests.harness.telegram import Message, fault


async def test_tap_of_last_month_is_answered(house: Harness) -> None:
    """A tap on a screen of a month ago, which Telegram no longer shows to the bot and whose
    answer it refuses as too old, brings the present screen."""
    ana = house.person("Ana")
    screen = await _home_of_last_month(house)
    house.server.inject(fault.query_too_old(), method="answerCallbackQuery", bot=FAMILY_BOT)
    await ana.does(lambda phone: phone.tap("Urine", screen, inaccessible=True))
    await ana.hears("What do you see?")


async def test_danger_button_of_last_month_asks_whether_it_is_now(house: Harness) -> None:
    """An old tap on a danger is neither ignored nor taken for granted."""
    ana = house.person("Ana")
    screen = await _home_of_last_month(house)
    await ana.does(lambda phone: phone.tap("Danger now", screen, inaccessible=True))
    await ana.hears("Is it happening now")
    await ana.taps("Yes")
    await ana.hears("Call now, in this order.")
    house.read_all()


async def _home_of_last_month(house: Harness) -> Message:
    """A home screen that another one followed, and a month."""
    ana = house.person("Ana")
    await ana.says("/start")
    await ana.taps("Something is wrong now")
    screen = ana.phone.newest
    await ana.says("/home")
    await house.forward(days=31)
    ana.read()
    return screen


async def test_coordinators_tap_on_a_closed_case_does_nothing(house: Harness) -> None:
    """An Acknowledge of long ago says that the case is over, and reaches no family."""
    ana, dana, ben = house.person("Ana"), house.coordinator("Dana"), house.coordinator("Ben")
    await ana.says("38.4")
    await house.forward(minutes=4)
    card = ben.phone.newest
    await dana.resolves("false_alarm")
    house.read_all()
    house.server.inject(fault.query_too_old(), method="answerCallbackQuery", bot=COORDINATOR_BOT)
    await ben.does(lambda phone: phone.tap("Acknowledge", card, inaccessible=True))
    assert "Nothing was done: it is over." in ben.phone.newest.text
    assert not ana.unread()
