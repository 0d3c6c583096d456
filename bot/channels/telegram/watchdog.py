"""Has the bot gone deaf? If updates wait at Telegram and none arrive, the connection is built anew."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.channels.metrics import Metrics

_LOG = logging.getLogger(__name__)


class Watchdog:
    """`reconnect` builds the way in anew; `deaf_after`: seconds without any answer to a poll.

    `webhook`: the address that Telegram should post to; empty for polling.
    """

    def __init__(
        self,
        bot: Bot,
        metrics: Metrics,
        *,
        reconnect: Callable[[], Awaitable[None]],
        on_refused: Callable[[], None],
        deaf_after: float,
        webhook: str = "",
    ) -> None:
        self._bot = bot
        self._metrics = metrics
        self._reconnect = reconnect
        self._on_refused = on_refused
        self._deaf_after = deaf_after
        self._webhook = webhook
        self._arrived = 0
        self._pending = 0

    async def watch(self, every: float) -> None:
        """Look every so many seconds, for ever."""
        while True:
            await asyncio.sleep(every)
            try:
                await self.look()
            except InvalidToken:
                self._on_refused()
            except TelegramError as error:
                _LOG.info("the watchdog can't reach Telegram (%s)", type(error).__name__)

    async def look(self) -> bool:
        """Look once; gives whether the connection had to be built anew. Raises TelegramError."""
        info = await self._bot.get_webhook_info()
        pending, arrived = info.pending_update_count, self._metrics.counted("hoidap_updates_total")
        silent = arrived == self._arrived
        stuck = silent and pending > 0 and 0 < self._pending <= pending
        dead = not self._webhook and self._metrics.poll_age() > self._deaf_after
        lost = bool(self._webhook) and info.url != self._webhook
        self._arrived, self._pending, self._metrics.pending = arrived, pending, pending
        if not (stuck or dead or lost):
            return False
        _LOG.warning(
            "nothing arrives though Telegram is in reach (%d updates wait there); connecting anew", pending
        )
        self._metrics.count("hoidap_polling_restarts_total")
        await self._reconnect()
        self._pending = 0
        return True
