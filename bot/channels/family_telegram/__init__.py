"""The families' channel: one Telegram bot, spoken to through aiogram."""

from bot.channels.family_telegram.channel import FamilyTelegram
from bot.channels.family_telegram.profile import Profile
from bot.channels.family_telegram.wire import connect

__all__ = ["FamilyTelegram", "Profile", "connect"]
