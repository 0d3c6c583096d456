"""Where is an answer found, while the event loop goes on? On a thread, or in one of the processes that answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

from bot.channels.kept import KeptTurns, keep, read_turns
from bot.channels.metrics import Metrics
from bot.channels.processes import SharedResponder
from bot.conversation import Responder
from bot.reply import Reply

P = ParamSpec("P")
T = TypeVar("T")


class Searching:
    """`threads`: so many things are looked for at a time in this process."""

    def __init__(self, responder: Responder, metrics: Metrics, *, threads: int) -> None:
        self._responder = responder
        self._timed = partial(metrics.timed, "hoidap_retrieval_seconds")
        self._threads = ThreadPoolExecutor(threads, "searching")

    async def respond(
        self, message: str, turns: KeptTurns, *, alone: bool = False
    ) -> tuple[Reply, KeptTurns]:
        """What the responder gives. Its time counts as retrieval's, without the wait for its turn."""
        if isinstance(self._responder, SharedResponder):
            begun = self._responder.begin(message, turns, alone=alone, timed=self._timed)
            return await asyncio.wrap_future(begun)
        return await self.run(self._respond, message, turns, alone=alone)

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call it on a thread of this process. Its time counts as retrieval's, without the wait for the thread."""

        def timed() -> T:
            with self._timed():
                return function(*args, **kwargs)

        return await asyncio.get_running_loop().run_in_executor(self._threads, timed)

    def _respond(self, message: str, kept: KeptTurns, *, alone: bool) -> tuple[Reply, KeptTurns]:
        turns = read_turns(kept)
        reply, after = self._responder.respond(message, turns, alone=alone)
        return reply, keep(after, kept, turns)

    def close(self) -> None:
        """Waits for what is under way; what waits is cancelled."""
        self._threads.shutdown(wait=True, cancel_futures=True)
