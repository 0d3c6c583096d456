"""When does a bot stop? At a signal, finishing what has begun; at a second one, at once."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")


async def until_signal(run: Callable[[asyncio.Event], Awaitable[T]]) -> T:
    """Runs until it ends by itself or a signal sets its event; a second signal cancels it."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    running = asyncio.ensure_future(run(stop))

    def asked() -> None:
        if stop.is_set():
            running.cancel()
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, asked)
        except NotImplementedError:  # the loop of Windows
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(asked))
    return await running
