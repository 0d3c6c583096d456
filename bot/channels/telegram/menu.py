"""Which commands does Telegram offer while one types "/"? Others in private, in groups, and to admins."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)
from telegram.error import TelegramError

from bot.channels.telegram.words import ADMIN_COMMANDS, COMMANDS, GROUP_COMMANDS

_LOG = logging.getLogger(__name__)


async def publish_commands(bot: Bot, admins: Iterable[int]) -> None:
    """Tell Telegram. Failing harms nothing but the menu; an admin who never wrote to the bot has none yet."""
    scopes: list[tuple[dict[str, str], BotCommandScope]] = [
        (COMMANDS, BotCommandScopeAllPrivateChats()),
        (GROUP_COMMANDS, BotCommandScopeAllGroupChats()),
    ]
    scopes += [({**COMMANDS, **ADMIN_COMMANDS}, BotCommandScopeChat(admin)) for admin in admins]
    for commands, scope in scopes:
        listed = [BotCommand(name, what) for name, what in commands.items()]
        try:
            await bot.set_my_commands(listed, scope=scope)
        except TelegramError as error:
            _LOG.info("the commands for %s can't be published (%s)", scope.type, error.message)
