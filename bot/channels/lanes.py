"""In which order is work done? One after another within a lane, a chat for example, side by side between lanes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable


class Lanes:
    """Keeps the order in which work came to each lane; a lane that is done with takes no room."""

    def __init__(self) -> None:
        self._last: dict[Hashable, asyncio.Future[None]] = {}

    async def run(self, lane: Hashable, work: Callable[[], Awaitable[None]]) -> None:
        """Wait for what came to this lane before, then do `work`; what one raises doesn't hold up the next."""
        before = self._last.get(lane)
        mine = self._last[lane] = asyncio.get_running_loop().create_future()
        try:
            if before is not None:
                await asyncio.shield(before)
            await work()
        finally:
            mine.set_result(None)
            if self._last.get(lane) is mine:
                del self._last[lane]
