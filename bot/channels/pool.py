"""How is work shared out to several processes? Each does what it is given in order; what it knows comes back to it.

Every process has a pipe, and a thread here that waits at it: nothing else stands between the two.
"""

from __future__ import annotations

import logging
import multiprocessing
import signal
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from concurrent.futures import BrokenExecutor, Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from traceback import format_exc
from typing import Any, Protocol, TypeVar

_LOG = logging.getLogger(__name__)
_TRIES = 3
"""What brings its process down is tried again, this often at most."""
MOST_AHEAD = 10
"""So many may wait for the process that knows a thing while another has nothing to do. To answer from memory takes
about a tenth of what it takes to answer anew, so that behind ten of the former the reply comes as soon."""
_KNOWN = 10_000
"""Things of which is remembered which process had them, the latest ones."""
T = TypeVar("T")


class Ask(Protocol):
    """Calls a function of a module in the process, and gives what it gives or raises."""

    def __call__(self, function: Callable[..., T], /, *arguments: object) -> T: ...


class Pool:
    """Starts so many processes, each with `begin(*told)`. Safe from several threads."""

    def __init__(self, processes: int, begin: Callable[..., None], *told: object) -> None:
        self._processes = [_Process(begin, told) for _ in range(processes)]
        self._known: OrderedDict[int, _Process] = OrderedDict()
        self._lock = threading.Lock()

    def submit(self, about: Hashable, work: Callable[[Ask], T]) -> Future[T]:
        """`work(ask)` on the thread of one process, where `ask` calls that process.

        What is about the same goes to the same process, unless much waits for it and another has nothing to do: where
        all are busy, to learn it once more would take time from everybody. Of `about` only its hash is kept. The
        future raises BrokenExecutor where the process died each time.
        """
        key = hash(about)
        with self._lock:
            least = min(self._processes, key=lambda process: process.waiting)
            process = self._known.pop(key, least)
            if process.waiting > MOST_AHEAD and not least.waiting:
                process = least
            self._known[key] = process
            if len(self._known) > _KNOWN:
                self._known.popitem(last=False)
            process.waiting += 1
        future = process.thread.submit(work, process.ask)
        future.add_done_callback(lambda _: self._done(process))
        return future

    def close(self) -> None:
        """Ends the processes; what is under way is finished first, what waits is cancelled."""
        for process in self._processes:
            process.thread.shutdown(wait=False, cancel_futures=True)
        for process in self._processes:
            process.end()

    def _done(self, process: _Process) -> None:
        with self._lock:
            process.waiting -= 1


class _Process:
    """`waiting`: how much was given to it that isn't done. `thread`: the only one that may `ask`."""

    def __init__(self, begin: Callable[..., None], told: tuple[object, ...]) -> None:
        self.waiting = 0
        self.thread = ThreadPoolExecutor(1, "answering")
        self._begin, self._told = begin, told
        self._start()

    def ask(self, function: Callable[..., T], /, *arguments: object) -> T:
        for tried in range(1, _TRIES + 1):
            try:
                self._pipe.send((function, arguments))
                fine, outcome = self._pipe.recv()
            except (EOFError, OSError):
                _LOG.warning("a process that answers has ended; another takes its place")
                self._pipe.close()
                self._start()
                if tried == _TRIES:
                    raise BrokenExecutor("the process ended each time") from None
            else:
                if not fine:
                    raise outcome
                return outcome  # type: ignore[no-any-return]
        raise AssertionError  # the loop returns or raises

    def end(self) -> None:
        self.thread.shutdown()
        self._pipe.close()
        self._process.join()

    def _start(self) -> None:
        # Forking would copy threads' locks in whatever state they are; a fresh interpreter works everywhere.
        context = multiprocessing.get_context("spawn")
        self._pipe, there = context.Pipe()
        self._process = context.Process(target=_work, args=(there, self._begin, self._told), daemon=True)
        with _deaf_to_interrupts():
            self._process.start()
        there.close()  # so that its end is seen here


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """A process that this thread starts meanwhile never hears Ctrl-C, which reaches all: who started it ends it. On
    Windows it does hear it while it imports.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing.resource_tracker import ensure_running

    ensure_running()  # it is started with the first process, and would undo what follows
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work(pipe: Connection, begin: Callable[..., None], told: tuple[object, ...]) -> None:
    """What a process does until the other end of its pipe is closed, or gone with whoever held it. One that can't begin
    says why to who asks it first, and ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # for Windows
    begun = _outcome(begin, told)
    with suppress(EOFError, OSError):
        while True:
            function, arguments = pipe.recv()
            pipe.send(_outcome(function, arguments) if begun[0] else begun)
            if not begun[0]:
                return


def _outcome(function: Callable[..., Any], arguments: tuple[object, ...]) -> tuple[bool, Any]:
    try:
        return True, function(*arguments)
    except Exception as error:
        error.add_note(format_exc())  # where it was raised is lost on the way
        return False, error
