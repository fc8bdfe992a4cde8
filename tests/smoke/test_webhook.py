"""By webhook the house keeps the same promises as by polling."""

import socket
from pathlib import Path
from typing import Any

from tests.harness.house import COORDINATOR_BOT, FAMILY_BOT, Harness, house_of

SECRET = "a-secret-of-both-webhooks"


def _hooked() -> dict[str, Any]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return {
        "web": ("127.0.0.1", port),
        "webhook_url": f"http://127.0.0.1:{port}",
        "webhook_secret": SECRET,
    }


async def test_case_by_webhook(tmp_path: Path) -> None:
    """Fever, page, acknowledgement, name: nothing is polled, and each update is taken once."""
    async with house_of(tmp_path, strict=False, **_hooked()) as house:
        ana, dana = house.person("Ana"), house.coordinator("Dana")
        await ana.says("38.4")
        await ana.hears("Call now, at any hour.")
        await dana.acknowledges(await dana.gets_page("38.4"))
        await ana.hears("Dana from the clinic has your message")
        await house.restart()
        await dana.resolves("reached")
        await ana.hears("has closed this message")
        assert not house.server.calls("getUpdates")
        assert not house.complaints.lines, house.complaints.lines


async def test_wrong_secret_is_refused(tmp_path: Path) -> None:
    """Somebody who knows the address but not the secret changes nothing; Telegram's own copy of
    the same update, which follows, does."""
    async with house_of(tmp_path, strict=False, **_hooked()) as house:
        for bot in (FAMILY_BOT, COORDINATOR_BOT):
            house.server.wrong_secret(bot, "wrong")
            house.server.wrong_secret(bot, None)
        await house.person("Ana").says("38.4")
        await house.coordinator("Dana").says("/open")
        _refused_first(house, FAMILY_BOT)
        _refused_first(house, COORDINATOR_BOT)


def _refused_first(house: Harness, bot: str) -> None:
    posted = house.server.posted(bot)
    forged = [one.status for one in posted if one.secret != SECRET]
    assert len(forged) == 2
    assert all(status in (401, 403) for status in forged)
    assert [one.status for one in posted if one.secret == SECRET][-1] == 200


async def test_update_delivered_twice_has_one_effect(tmp_path: Path) -> None:
    """Telegram repeats an update whose 200 it did not see: one advice, one page."""
    async with house_of(tmp_path, strict=False, **_hooked()) as house:
        ana, dana = house.person("Ana"), house.coordinator("Dana")
        house.server.deliver_twice(FAMILY_BOT)
        await ana.says("38.4")
        await house.quiet()
        advices = [m for m in ana.phone.chat if m.text.startswith("Call now, at any hour.")]
        assert len(advices) == 1
        assert len([m for m in dana.phone.chat if "V-0001" in m.text]) == 1
