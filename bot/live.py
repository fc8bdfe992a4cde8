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
from bot.webhook import WebhookServer
from data.load import Content

if TYPE_CHECKING:
    from bot.app import World


@asynccontextmanager
async def live_channels(
    settings: Settings, content: Content, world: World
) -> AsyncIterator[Mapping[str, Channel]]:
    """Every configured channel by the name of its urns, with the webhooks' door open."""
    server = WebhookServer(*settings.web) if settings.webhook_url else None
    channels = [
        _families(settings, content, world, server),
        _coordinators(settings, content, world, server),
        *_off_telegram(settings),
    ]
    if server is not None:
        await server.start()
    try:
        yield {channel.name: channel for channel in channels}
    finally:
        if server is not None:
            await server.stop()


def _families(
    settings: Settings, content: Content, world: World, server: WebhookServer | None
) -> Channel:
    # aiogram takes seconds to import: only a house that is live pays for it.
    from bot.channels.family_telegram import FamilyTelegram, Profile, Webhook, connect

    token, secret = settings.family_bot_token, settings.webhook_secret
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
    hook = (
        Webhook(server, settings.webhook_url, secret.get_secret_value())
        if server and secret
        else None
    )
    return FamilyTelegram(
        connect(token.get_secret_value(), settings.telegram_api),
        clock=world.clock,
        chance=world.chance,
        profiles=profiles,
        webhook=hook,
    )


def _coordinators(
    settings: Settings, content: Content, world: World, server: WebhookServer | None
) -> Channel:
    from bot.channels.coordinator_telegram import CoordinatorTelegram, Webhook, connect

    token, secret = settings.coordinator_bot_token, settings.webhook_secret
    assert token is not None
    known = {code: commands(s, COORDINATOR) for code, s in speeches(content.catalogues).items()}
    hook = (
        Webhook(server, settings.webhook_url, secret.get_secret_value())
        if server and secret
        else None
    )
    return CoordinatorTelegram(
        connect(token.get_secret_value(), settings.telegram_api),
        clock=world.clock,
        chance=world.chance,
        commands=known,
        webhook=hook,
    )


def _off_telegram(settings: Settings) -> list[Channel]:
    if not settings.apprise:
        return []
    from bot.channels.apprise import AppriseChannel

    targets = {
        role: [url.get_secret_value() for url in urls] for role, urls in settings.apprise.items()
    }
    return [AppriseChannel(targets)]
