"""A rehearsal runs faster than life, and says so in every message."""

from pathlib import Path

from tests.harness.house import house_of, shipped

BANNER = "Rehearsal: time runs 60 times faster than it really does."


async def test_a_minute_lasts_a_second(tmp_path: Path) -> None:
    """With VIGIL_TIME_SCALE=60 the second step rings after four seconds, and the family hears
    after ten that nobody has answered."""
    async with house_of(tmp_path, content=shipped(60), time_scale=60, strict=False) as house:
        ana, ben = house.person("Ana"), house.coordinator("Ben")
        await ana.says("38.4")
        ben.read()
        await house.forward(seconds=3)
        assert not ben.unread()
        await house.forward(seconds=1)
        await ben.gets_page("waiting 4 minutes")
        await house.forward(seconds=6)
        await ana.hears("Nobody at the clinic has answered yet.")
        assert not house.complaints.lines, house.complaints.lines


async def test_every_message_says_that_it_is_a_rehearsal(tmp_path: Path) -> None:
    """Each text to a family and to coordinators begins with the banner."""
    async with house_of(tmp_path, content=shipped(60), time_scale=60, strict=False) as house:
        ana, dana = house.person("Ana"), house.coordinator("Dana")
        await ana.says("/start")
        await ana.says("38.4")
        await dana.acknowledges()
        said = [m for m in (*ana.phone.chat, *dana.phone.chat) if m.by_bot and m.text]
        assert said
        assert [m.text for m in said if not m.text.startswith(BANNER)] == []
