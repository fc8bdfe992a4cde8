"""Two bots, one person and one server for the tests of the fake Bot API."""

from collections.abc import AsyncIterator

import aiogram
import pytest
import telegram

from tests.harness.telegram import Phone, TelegramServer, make_token
from tests.harness.telegram.client import aiogram_bot, ptb_bot

FAMILY = make_token(1001)
COORDINATOR = make_token(1002)


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    """A server with both bots; leaving it raises for violations."""
    async with TelegramServer(tokens=[FAMILY, COORDINATOR]) as server:
        yield server


@pytest.fixture
async def family(server: TelegramServer) -> AsyncIterator[aiogram.Bot]:
    """The families' bot, by aiogram."""
    async with aiogram_bot(server.base_url, FAMILY) as bot:
        yield bot


@pytest.fixture
async def coordinator(
    server: TelegramServer, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[telegram.Bot]:
    """The coordinators' bot, by python-telegram-bot, with durations as the next version has them.

    Without the variable the library warns on every 429, and a warning is an error here.
    """
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    async with ptb_bot(server.base_url, COORDINATOR) as bot:
        yield bot


@pytest.fixture
def ana(server: TelegramServer) -> Phone:
    """Ana, who wrote to the families' bot once; that update is confirmed."""
    phone = server.phone(77, bot=FAMILY, language_code="he")
    phone.start()
    server.account(FAMILY).updates.pending.clear()
    return phone


@pytest.fixture
def dana(server: TelegramServer) -> Phone:
    """Dana, who wrote to the coordinators' bot once; that update is confirmed."""
    phone = server.phone(88, bot=COORDINATOR, first_name="Dana")
    phone.start()
    server.account(COORDINATOR).updates.pending.clear()
    return phone
