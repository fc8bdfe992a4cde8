"""Whatever is sent, wherever the conversation stands, is answered."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.harness.house import Harness, PersonInHouse, house_of
from tests.harness.telegram.phone import KINDS

NOW = "Something is wrong now"
STATES: dict[str, Sequence[str]] = {
    "first contact": (),
    "home": ("/start", NOW),
    "something else": ("/start", NOW, "Something else"),
    "questions": ("/start", NOW, "Questions, appointments"),
    "sign": ("/start", NOW, "Breathing"),
    "one by one": ("/start", NOW, "Urine", "I can't tell"),
    "sweep": ("/start", NOW, "Check everything"),
    "context": ("/start", "37.6", "None of these"),
    "proposal": ("/start", "there are new bruises on his legs since this morning"),
    "call now": ("/start", "38.4"),
    "emergency": ("/start", NOW, "Breathing", "Chest pain or tightness"),
    "tell more": ("/start", "38.4", "Tell the team more"),
    "number": ("/start", "38.4", "Send my number"),
    "language": ("/start", "/language"),
    "notice": ("/start", "/setup"),
    "name": ("/start", "/setup", "I agree", "A parent"),
    "stopped": ("/start", "/stop"),
    "erasing": ("/start", "/erase"),
    "erased": ("/start", "/erase", "Yes, erase everything"),
}
WORDS = ("кто-нибудь?", "🤒", "   ", "?", "x" * 4000, "/nosuch", "39.9.9", "ok")


@pytest.mark.parametrize("state", STATES)
async def test_every_input_is_answered(state: str, tmp_path: Path) -> None:
    """A voice message, a picture, an edited message, an old tap ...: something comes each time."""
    async with house_of(tmp_path, strict=False) as house:
        ana = house.person("Ana")
        silent = [kind for kind in KINDS if not await _answers_kind(house, ana, state, kind)]
        silent += [word for word in WORDS if not await _answers_word(house, ana, state, word)]
        assert not silent
        assert await _answers_edit(house, ana, state)
        assert await _answers_tap(house, ana, state)
        assert not house.server.unanswered_taps
        assert not house.complaints.lines, house.complaints.lines


async def _reached(house: Harness, ana: PersonInHouse, state: str) -> None:
    """Go there anew, from wherever the last input led."""
    for step in STATES[state]:
        labels = ana.offered()
        if any(step in label for label in labels):
            await ana.taps(step)
        else:
            await ana.says(step)
    ana.read()


async def _answers_kind(house: Harness, ana: PersonInHouse, state: str, kind: str) -> bool:
    if kind in ("voice", "empty"):
        await _reached(house, ana, state)
    await ana.does(lambda phone: phone.send_kind(kind))
    return bool(ana.read())


async def _answers_word(house: Harness, ana: PersonInHouse, state: str, word: str) -> bool:
    await ana.says(word)
    return bool(ana.read())


async def _answers_edit(house: Harness, ana: PersonInHouse, state: str) -> bool:
    own = [message for message in ana.phone.chat if not message.by_bot and message.text][-1]
    await ana.does(lambda phone: phone.edit(own, "what now"))
    return bool(ana.read())


async def _answers_tap(house: Harness, ana: PersonInHouse, state: str) -> bool:
    await ana.does(lambda phone: phone.tap_data(phone.newest, "999.t:nosuch"))
    return bool(ana.read())
