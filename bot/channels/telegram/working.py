"""Does the person see that the bot is at work? When it is slow: "typing…", then an 👀 on the question.

Where many wait at once, each such sign is one more call before somebody's reply, so only some of them see it.
"""

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


MOST = 16
"""Questions whose persons are shown it at a time. With 200 that wait, signs for all took half of the calls."""


class Working:
    """Shows that the bot is at work."""

    def __init__(self, settings: TelegramSettings) -> None:
        self._settings = settings
        self._shown = 0

    @asynccontextmanager
    async def shown(self, bot: Bot, where: Where) -> AsyncIterator[None]:
        """While it lasts, and only when it lasts long, the person sees it. Failing to show it harms nothing."""
        reacted, showing = asyncio.Event(), list[asyncio.Task[None]]()
        began = time.monotonic()

        def show() -> None:
            if self._shown < MOST:
                self._shown += 1
                showing.append(asyncio.create_task(self._signs(bot, where, reacted, began)))

        due = asyncio.get_running_loop().call_later(self._settings.typing_after, show)
        try:
            yield
        finally:
            due.cancel()
            for task in showing:
                self._shown -= 1
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
            if reacted.is_set() and where.reply_to is not None:
                with suppress(TelegramError):
                    await bot.set_message_reaction(where.chat, where.reply_to, reaction=[])

    async def _signs(self, bot: Bot, where: Where, reacted: asyncio.Event, began: float) -> None:
        while True:
            with suppress(TelegramError):
                await bot.send_chat_action(where.chat, ChatAction.TYPING, message_thread_id=where.thread)
            due = self._settings.reaction_after - (time.monotonic() - began)
            if reacted.is_set() or where.reply_to is None or due > _AGAIN:
                await asyncio.sleep(_AGAIN)
                continue
            await asyncio.sleep(max(0.0, due))
            reacted.set()
            with suppress(TelegramError):
                await bot.set_message_reaction(where.chat, where.reply_to, reaction=ReactionEmoji.EYES)
