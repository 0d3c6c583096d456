"""In which order are updates worked on? One after another within a chat, side by side between chats."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable, Callable, Hashable
from typing import Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor

from bot.channels.lanes import Lanes
from bot.channels.telegram.store import Store

_LOG = logging.getLogger(__name__)
_AT_ONCE = 10_000
"""Updates that may wait at a time; work itself is bounded by the pool and by Telegram's pace."""


class InOrder(BaseUpdateProcessor):
    """Runs the updates of a lane in the order in which they came, and crosses them off when they are done.

    After `stop_beginning`, what has not begun is left for the next start.
    """

    def __init__(self, store: Store, *, lane: Callable[[Update], Hashable]) -> None:
        super().__init__(_AT_ONCE)
        self._lane = lane
        self._store = store
        self._lanes = Lanes()
        self._left: set[int] = set()
        self._stopping = False

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    def stop_beginning(self) -> None:
        self._stopping = True

    def leave(self, update_id: int) -> None:
        """Don't cross this one off: it is tried again at the next start."""
        self._left.add(update_id)

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        place = self._lane(update) if isinstance(update, Update) else None
        await self._lanes.run(place, lambda: self._work(update, coroutine))

    async def _work(self, update: object, coroutine: Awaitable[Any]) -> None:
        if not isinstance(update, Update) or update.inline_query is not None:
            await coroutine
            return
        if self._stopping:
            _close(coroutine)
            return
        try:
            self._store.begin_update(update.update_id)
            await coroutine
            if update.update_id in self._left:
                self._left.discard(update.update_id)
            else:
                self._store.finish_update(update.update_id)
        except sqlite3.Error as error:
            _LOG.error("an update's state can't be written down (%s)", error)


def _close(coroutine: Awaitable[Any]) -> None:
    """Not run at all: the coroutine must not be left waiting for somebody to await it."""
    if asyncio.iscoroutine(coroutine):
        coroutine.close()
