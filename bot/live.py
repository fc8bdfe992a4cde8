"""Live: the channels that reach people over a network, as the settings name them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.channels.base import Channel
from bot.introduction import (
    ABOUT,
    COORDINATOR,
    DESCRIPTION,
    FAMILY,
    commands,
    private_only,
    speeches,
)
from bot.settings import Settings
from bot.webhook import Webhook, WebhookServer
from data.load import Content

if TYPE_CHECKING:
    from bot.app import World


@asynccontextmanager
async def live_channels(
    settings: Settings, content: Content, world: World
) -> AsyncIterator[Mapping[str, Channel]]:
    """Every configured channel by the name of its urns, with the webhooks' door open."""
    webhook = _webhook(settings)
    channels = [
        _families(settings, content, world, webhook),
        _coordinators(settings, content, world, webhook),
        *_off_telegram(settings),
    ]
    if webhook is not None:
        await webhook.server.start()
    try:
        yield {channel.name: channel for channel in channels}
    finally:
        if webhook is not None:
            await webhook.server.stop()


def _webhook(settings: Settings) -> Webhook | None:
    """One door for both bots; without an address of it, updates are polled."""
    secret = settings.webhook_secret
    if not settings.webhook_url or secret is None:
        return None
    server = WebhookServer(*settings.web)
    return Webhook(server, settings.webhook_url, secret.get_secret_value())


def _families(
    settings: Settings, content: Content, world: World, webhook: Webhook | None
) -> Channel:
    # aiogram takes seconds to import: only a house that is live pays for it.
    from bot.channels.family_telegram import FamilyTelegram, Profile, connect

    token = settings.family_bot_token
    assert token is not None
    profiles = {
        code: Profile(
            commands=commands(speech, FAMILY),
            description=speech.say(DESCRIPTION),
            about=speech.say(ABOUT),
            private_only=private_only(speech, content.house.clinic),
        )
        for code, speech in speeches(content.catalogues).items()
    }
    return FamilyTelegram(
        connect(token.get_secret_value(), settings.telegram_api),
        clock=world.clock,
        chance=world.chance,
        profiles=profiles,
        webhook=webhook,
    )


def _coordinators(
    settings: Settings, content: Content, world: World, webhook: Webhook | None
) -> Channel:
    from bot.channels.coordinator_telegram import CoordinatorTelegram, connect

    token = settings.coordinator_bot_token
    assert token is not None
    known = {code: commands(s, COORDINATOR) for code, s in speeches(content.catalogues).items()}
    return CoordinatorTelegram(
        connect(token.get_secret_value(), settings.telegram_api),
        clock=world.clock,
        chance=world.chance,
        commands=known,
        webhook=webhook,
    )


def _off_telegram(settings: Settings) -> list[Channel]:
    if not settings.apprise:
        return []
    from bot.channels.apprise import AppriseChannel

    targets = {
        role: [url.get_secret_value() for url in urls] for role, urls in settings.apprise.items()
    }
    return [AppriseChannel(targets)]
