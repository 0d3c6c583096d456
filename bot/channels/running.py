"""How long does a bot run, what does it do now and then, and why did it end?"""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable, Coroutine
from enum import IntEnum
from typing import Any, TypeVar

_LOG = logging.getLogger(__name__)
T = TypeVar("T")


class Exit(IntEnum):
    """Why the bot stopped; the command's exit code."""

    STOPPED = 0
    TOKEN_REFUSED = 4
    SECOND_COPY = 5
    OUT_OF_REACH = 6


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


async def every(seconds: float, do: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Do it now and every so many seconds; one failure is logged and the next time it is tried again."""
    while True:
        try:
            await do()
        except Exception as error:
            _LOG.warning("%s failed: %s", getattr(do, "__name__", "a task"), error)
        await asyncio.sleep(seconds)
