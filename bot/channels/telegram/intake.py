"""How is no update lost, and none done twice? Each is written down before Telegram may forget it."""

from __future__ import annotations

import asyncio
import json
import logging
import sqlite3
from collections.abc import Callable

from telegram import Bot, Update

from bot.channels.telegram.store import Store

_LOG = logging.getLogger(__name__)


class Intake(asyncio.Queue[object]):
    """The queue between Telegram and the handlers. `put` returns once the update is on disk.

    Long polling confirms an update with the request after the one that brought it, and a webhook with its
    answer: both come after `put`. `wanted`: whether the bot will do anything with it; what it won't is neither
    kept nor queued. `raw`: the JSON of an update, by its id, where it is at hand.
    """

    def __init__(
        self,
        store: Store,
        *,
        wanted: Callable[[Update], bool],
        arrived: Callable[[], None],
        raw: Callable[[int], str | None],
    ) -> None:
        super().__init__()
        self._raw = raw
        self._store = store
        self._wanted = wanted
        self._arrived = arrived

    async def put(self, item: object) -> None:
        if isinstance(item, Update):
            self._arrived()
            if not self._wanted(item) or not self._keep(item):
                return
        await super().put(item)

    def _keep(self, update: Update) -> bool:
        if update.inline_query is not None:
            return True  # worth nothing after a restart: Telegram takes answers for seconds only
        try:
            payload = self._raw(update.update_id) or update.to_json()
            return self._store.keep_update(update.update_id, payload)
        except sqlite3.Error as error:
            _LOG.error(
                "update %s can't be written down (%s); it is answered all the same", update.update_id, error
            )
            return True

    async def restore(self, bot: Bot) -> int:
        """Queue what was not answered before the last stop; gives how many."""
        kept = self._store.unfinished_updates()
        for update_id, payload in kept:
            try:
                update = Update.de_json(json.loads(payload), bot)
            except Exception as error:  # written by another version of python-telegram-bot
                _LOG.error("update %s can't be read back (%s); dropped", update_id, type(error).__name__)
                self._store.finish_update(update_id)
            else:
                await super().put(update)
        return len(kept)
