"""Client: the two real libraries, pointed at a fake server."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiogram
import telegram
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer


@asynccontextmanager
async def aiogram_bot(base_url: str, token: str) -> AsyncIterator[aiogram.Bot]:
    """An aiogram bot that talks to this address."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(base_url))
    try:
        yield aiogram.Bot(token, session=session)
    finally:
        await session.close()


@asynccontextmanager
async def ptb_bot(base_url: str, token: str) -> AsyncIterator[telegram.Bot]:
    """A python-telegram-bot bot that talks to this address."""
    bot = telegram.Bot(token, base_url=f"{base_url}/bot")
    async with bot:
        yield bot
