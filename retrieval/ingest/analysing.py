"""How is a corpus read and analysed in several processes? In order, with a bounded number of tasks under way.

For a small corpus no process is started: all is done here. Processes are started anew rather than forked, since the
engine's threads don't survive a fork.
"""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from retrieval.analyzer import Analyzer, make_analyzer
from retrieval.corpus import read_file
from retrieval.errors import HoidapError, UnreadableFile
from retrieval.index.prepare import PreparedDocument, prepare
from retrieval.ingest.report import IndexReport, OnProgress, Progress
from retrieval.records import Document
from retrieval.settings import Settings

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

ALONE = 2_000_000
"""More `size` than this is done in other processes, from the first task on: they cost about a second to start."""

BATCH = 100
"""Documents, stored or of one file, that go to another process at a time."""

MOST_WORKERS = 61
"""Windows waits for no more processes at once."""


@dataclass(frozen=True, slots=True)
class Task:
    """Documents to analyse, or a file to read them from first. `size`: how much work that is, in bytes of files, or in
    characters of an index's own documents. `ends`: that was all of the file.
    """

    origin: str
    size: int = 0
    path: Path | None = None
    root: Path | None = None
    documents: tuple[Document, ...] = ()
    ends: bool = False


@dataclass(slots=True)
class Analysed:
    """`problems`: (where, what) of what couldn't be read."""

    prepared: list[PreparedDocument] = field(default_factory=list)
    problems: list[tuple[str, str]] = field(default_factory=list)


def analyse_in_order(
    tasks: Iterator[Task], settings: Settings
) -> Generator[tuple[Task, Analysed], None, None]:
    """Each task with what came of it, in the order of the tasks."""
    first: list[Task] = []
    size = 0
    for task in tasks:
        first.append(task)
        size += task.size
        if size > ALONE and len(first) > 1:
            yield from _analyse_apart(chain(first, tasks), settings)
            return
    analyzer = make_analyzer(settings)
    for task in first:
        yield task, _analyse(task, settings, analyzer)


def analyse_anew(
    batches: Iterator[tuple[Document, ...]],
    settings: Settings,
    report: IndexReport,
    on_progress: OnProgress | None,
    *,
    whole: int,
) -> Generator[PreparedDocument, None, None]:
    """What comes of an index's own documents, `whole` of them, each batch told in the report when it is done."""
    tasks = (Task("", sum(len(one.text) for one in batch), documents=batch) for batch in batches)
    with closing(analyse_in_order(tasks, settings)) as results:
        for task, result in results:
            yield from result.prepared
            report.passages += sum(len(prepared.accented) for prepared in result.prepared)
            report.unchanged += len(task.documents)
            if on_progress:
                on_progress(Progress(report.unchanged, report.passages, report.unchanged / max(1, whole)))


def end_if_imported_anew() -> None:
    """Ends a process that was started to analyse, and meets the very call that started it: it imports the script that
    made it, which has no `if __name__ == "__main__":`. The process that started it says so, in `_analyse_apart`.
    """
    import multiprocessing

    if getattr(multiprocessing.current_process(), "_inheriting", False):  # as multiprocessing itself asks
        raise SystemExit(1)


def _analyse_apart(tasks: Iterator[Task], settings: Settings) -> Generator[tuple[Task, Analysed], None, None]:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    workers = min(settings.index.workers or os.cpu_count() or 1, MOST_WORKERS)
    started: list[Future[None]] = []
    try:
        with ProcessPoolExecutor(
            workers, multiprocessing.get_context("spawn"), initializer=_begin, initargs=(settings,)
        ) as pool:
            with _deaf_to_interrupts():
                started += [pool.submit(_ready) for _ in range(workers)]  # each task that waits starts one
            try:
                yield from _in_order(tasks, pool, most=2 * workers)
            finally:
                pool.shutdown(wait=True, cancel_futures=True)
    except BrokenProcessPool:
        raise HoidapError(
            "một tiến trình phân tích bị dừng giữa chừng (hết bộ nhớ?); hãy chạy lại, hoặc giảm index.workers"
            if any(one.done() and not one.exception() for one in started)
            else "không khởi động được tiến trình phân tích; trong tệp Python của bạn, hãy gọi bên dưới dòng"
            ' if __name__ == "__main__":'
        ) from None


def _in_order(
    tasks: Iterator[Task], pool: Executor, *, most: int
) -> Generator[tuple[Task, Analysed], None, None]:
    """`most`: tasks under way at a time."""
    waiting: deque[tuple[Task, Future[Analysed]]] = deque()
    for task in tasks:
        waiting.append((task, pool.submit(_analyse_there, task)))
        if len(waiting) > most:
            done, result = waiting.popleft()
            yield done, result.result()
    while waiting:
        done, result = waiting.popleft()
        yield done, result.result()


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Processes started meanwhile never hear Ctrl-C, not even while they import: this one answers it, and ends them.
    On Windows they do until `_begin`."""
    if threading.current_thread() is not threading.main_thread():  # signals are the main thread's
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before or signal.SIG_DFL)


_there: list[tuple[Settings, Analyzer]] = []
"""In another process: what `_begin` was given."""


def _begin(settings: Settings) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the main process's to answer
    _there.append((settings, make_analyzer(settings)))


def _ready() -> None:
    """Nothing: `_begin` is done."""


def _analyse_there(task: Task) -> Analysed:
    return _analyse(task, *_there[0])


def _analyse(task: Task, settings: Settings, analyzer: Analyzer) -> Analysed:
    found = Analysed()
    documents = task.documents

    def report(where: str, what: str) -> None:
        found.problems.append((where, what))

    if task.path is not None and task.root is not None:
        try:
            documents = tuple(
                read_file(
                    task.path, root=task.root, settings=settings, lexicon=analyzer.lexicon, on_problem=report
                )
            )
        except UnreadableFile as error:
            report(error.where, error.reason)
    found.prepared += [prepare(analyzer.analyse(document)) for document in documents]
    return found
