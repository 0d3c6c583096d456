"""How does a call surely come through? In its place in the stream, and tried again while the network is down."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Hashable
from typing import TypeVar

_FIRST_WAIT, _LONGEST_WAIT = 0.5, 5.0
"""Seconds between tries: doubled each time, never so long that a returning network waits for the bot."""
_LOG = logging.getLogger(__name__)
T = TypeVar("T")


class Stream:
    """Spreads calls over time: `per_second` over all chats, 0: no limit; a chat that must wait waits alone."""

    def __init__(self, per_second: int) -> None:
        self._gap = 1 / per_second if per_second else 0.0
        self._burst = float(per_second)
        self._free_at = 0.0
        self._held: dict[Hashable, float] = {}

    def hold(self, chat: Hashable, seconds: float) -> None:
        """Nothing goes to this chat for so long."""
        self._held[chat] = time.monotonic() + seconds

    async def turn(self, chat: Hashable) -> None:
        """Wait for the chat's hold to end, and for a place in the overall stream."""
        while (held := self._held.get(chat, 0.0) - time.monotonic()) > 0:
            await asyncio.sleep(held)
        self._held.pop(chat, None)
        if not self._gap:
            return
        now = time.monotonic()
        # A second's worth may go at once; after that, one per gap.
        self._free_at = max(self._free_at, now - self._gap * self._burst) + self._gap
        if self._free_at > now:
            await asyncio.sleep(self._free_at - now)


async def patiently(
    call: Callable[[], Awaitable[T]],
    *,
    seconds: float,
    passing: Callable[[Exception], bool],
    on_failure: Callable[[], None],
) -> T:
    """Try until it comes through, is refused, or `seconds` are over. Raises what it met last.

    `passing`: whether an error may pass by itself, as an outage does and a refusal doesn't. `on_failure`: told of
    each such error.
    """
    ends, wait = time.monotonic() + seconds, _FIRST_WAIT
    while True:
        try:
            return await call()
        except Exception as error:
            if not passing(error):
                raise
            on_failure()
            if time.monotonic() + wait > ends:
                raise
            _LOG.info("out of reach (%s); next try in %.1f s", type(error).__name__, wait)
        await asyncio.sleep(wait)
        wait = min(2 * wait, _LONGEST_WAIT)
