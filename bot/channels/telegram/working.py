"""Does the person see that the bot is at work? When it is slow: "typing…", then an 👀 on the question."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from telegram import Bot
from telegram.constants import ChatAction, ReactionEmoji
from telegram.error import TelegramError

from bot.channels.telegram.outbox import Where
from bot.settings import TelegramSettings

_AGAIN = 4.5
"""Seconds after which "typing…" is sent again: clients show it for five."""


@asynccontextmanager
async def shown_working(bot: Bot, where: Where, settings: TelegramSettings) -> AsyncIterator[None]:
    """While it lasts, and only when it lasts long, the person sees it. Failing to show it harms nothing."""
    reacted = asyncio.Event()
    showing = asyncio.create_task(_show(bot, where, settings, reacted))
    try:
        yield
    finally:
        showing.cancel()
        with suppress(asyncio.CancelledError):
            await showing
        if reacted.is_set() and where.reply_to is not None:
            with suppress(TelegramError):
                await bot.set_message_reaction(where.chat, where.reply_to, reaction=[])


async def _show(bot: Bot, where: Where, settings: TelegramSettings, reacted: asyncio.Event) -> None:
    began = time.monotonic()
    await asyncio.sleep(settings.typing_after)
    while True:
        with suppress(TelegramError):
            await bot.send_chat_action(where.chat, ChatAction.TYPING, message_thread_id=where.thread)
        due = settings.reaction_after - (time.monotonic() - began)
        if reacted.is_set() or where.reply_to is None or due > _AGAIN:
            await asyncio.sleep(_AGAIN)
            continue
        await asyncio.sleep(max(0.0, due))
        reacted.set()
        with suppress(TelegramError):
            await bot.set_message_reaction(where.chat, where.reply_to, reaction=ReactionEmoji.EYES)
