"""How do many people ask at once? Their questions are answered in several processes over one index.

Threads of one process share one interpreter, so two questions at once take as long as one after the other. A channel's
searching threads only wait here: which chat's question comes first is settled before, and a process that dies is
replaced, with the questions that it had.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import TypeVar

import msgspec

from bot.conversation import Responder, Turns
from bot.reply import Reply
from bot.settings import BotSettings
from retrieval import Retriever, Turn

_LOG = logging.getLogger(__name__)
_TRIES = 3
"""A question that was under way where another one brought its process down is asked again, this often at most."""
T = TypeVar("T")


_pack, _unpack = msgspec.msgpack.Encoder().encode, msgspec.msgpack.Decoder(Turns).decode
"""Turns go between processes as bytes that these make: pickle takes some six times as long."""


class SharedResponder(Responder):
    """Answers questions in `processes` processes over the index at `path`; greets and helps in this one.

    What this process has added, the others see with the next question.
    """

    def __init__(
        self, retriever: Retriever, *, settings: BotSettings, sample: bool, path: str, processes: int
    ) -> None:
        super().__init__(retriever, settings=settings.conversation, sample=sample)
        self._own = retriever
        self._told = (path, settings, sample)
        self._processes = processes
        self._replacing = threading.Lock()
        self._pool = self._start()

    def respond(self, message: str, turns: Turns = (), *, alone: bool = False) -> tuple[Reply, Turns]:
        reply, after = self._run(_respond, message, _pack(turns), alone)
        return reply, _unpack(after)

    def show(self, turn: Turn, number: int, *, context: bool = False) -> tuple[Reply, Turn]:
        reply, after = self._run(_show, _pack((turn,)), number, context)
        return reply, _unpack(after)[0]

    def close(self) -> None:
        """Ends the processes; a question that is under way is finished first."""
        self._pool.shutdown(cancel_futures=True)

    def _run(self, function: Callable[..., T], *arguments: object) -> T:
        for tried in range(1, _TRIES + 1):
            pool = self._pool
            try:
                return pool.submit(_answer, self._own.generation, function, *arguments).result()
            except BrokenProcessPool:
                if tried == _TRIES:
                    raise
                with self._replacing:
                    if self._pool is pool:
                        _LOG.warning("a process that answers has ended; another takes its place")
                        self._pool = self._start()
        raise AssertionError  # the loop returns or raises

    def _start(self) -> ProcessPoolExecutor:
        # Forking would copy threads' locks in whatever state they are; a fresh interpreter works everywhere.
        pool = ProcessPoolExecutor(
            self._processes,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_begin,
            initargs=self._told,
        )
        for _ in range(
            self._processes
        ):  # one is started for each task that waits: now, not with the first question
            pool.submit(_warm_up)
        return pool


@contextmanager
def shared_responder(
    retriever: Retriever, *, settings: BotSettings, sample: bool, path: str | None, processes: int
) -> Iterator[Responder]:
    """A responder of that many processes, or of this one alone where one is enough or no `path` can be shared."""
    if path is None or processes == 1:
        yield Responder(retriever, settings=settings.conversation, sample=sample)
        return
    responder = SharedResponder(retriever, settings=settings, sample=sample, path=path, processes=processes)
    try:
        yield responder
    finally:
        responder.close()


_retriever: Retriever
_responder: Responder
"""Those of this process, where it is one that answers."""


def _begin(path: str, settings: BotSettings, sample: bool) -> None:
    global _retriever, _responder  # noqa: PLW0603
    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # Ctrl-C reaches all processes; the first one ends the others
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _retriever = Retriever.open(path, settings=settings)
    _responder = Responder(_retriever, settings=settings.conversation, sample=sample)


def _warm_up() -> None:
    _retriever.understand("Hôm nay là ngày nào?")  # loads the models


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(0)


def _answer(generation: int, function: Callable[..., T], *arguments: object) -> T:
    if _retriever.generation != generation:
        _retriever.refresh()
    return function(*arguments)


def _respond(message: str, turns: bytes, alone: bool) -> tuple[Reply, bytes]:
    reply, after = _responder.respond(message, _unpack(turns), alone=alone)
    return reply, _pack(after)


def _show(turn: bytes, number: int, context: bool) -> tuple[Reply, bytes]:
    reply, shown = _responder.show(_unpack(turn)[0], number, context=context)
    return reply, _pack((shown,))
