"""The coordinators' channel: a Telegram bot of its own, spoken to through python-telegram-bot."""

from bot.channels.coordinator_telegram.channel import CoordinatorTelegram
from bot.channels.coordinator_telegram.wire import connect

__all__ = ["CoordinatorTelegram", "connect"]
