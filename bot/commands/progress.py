"""How far is a long run? A bar with rate and time left on a terminal, now and then a line elsewhere."""

from __future__ import annotations

import contextlib
import logging
import sys
import time
from collections.abc import Iterator

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from bot.cards import count_text
from bot.plain import one_line
from retrieval import Progress as Done

LINE_EVERY = 10.0
"""Seconds between two lines where there is no terminal."""
_PAGES = logging.getLogger("retrieval.corpus.readers.pdf.ocr")
"""Says which page of which scan is read, about one a second."""


class Shown:
    """Shows progress and problems on standard error."""

    def __init__(self, bar: Progress | None) -> None:
        self._bar = bar
        self._task = bar.add_task("", total=1.0, rate="") if bar else None
        self._began = self._said = time.monotonic()

    def show(self, done: Done) -> None:
        """How far it is."""
        now = time.monotonic()
        each_second = round(done.articles / max(0.001, now - self._began))
        rate = f"{count_text(done.articles)} bài, {count_text(each_second)} bài mỗi giây"
        if self._bar and self._task is not None:
            self._bar.update(self._task, completed=done.share, rate=rate)
        else:
            self._line(f"{done.share:.0%}: {rate}")

    def page(self, said: str) -> None:
        """Which page of a scan is read: many pages go by between two articles."""
        if self._bar and self._task is not None:
            self._bar.update(self._task, rate=one_line(said))
        else:
            self._line(one_line(said))

    def _line(self, text: str) -> None:
        now = time.monotonic()
        if now - self._said >= LINE_EVERY:
            self._said = now
            print(text, file=sys.stderr)

    def tell(self, where: str, what: str) -> None:
        """A problem, at once; it is told again in the report."""
        if self._bar:
            self._bar.console.print(
                one_line(f"{where}: {what}"), markup=False, highlight=False, soft_wrap=True
            )


@contextlib.contextmanager
def showing_progress() -> Iterator[Shown]:
    """While the block runs."""
    columns = (
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[rate]}", markup=False),
        TimeRemainingColumn(),
    )
    on_terminal = sys.stderr.isatty()
    bar = Progress(*columns, console=Console(stderr=True), transient=True) if on_terminal else None
    with bar or contextlib.nullcontext():
        shown = Shown(bar)
        with _told_of_pages(shown):
            yield shown


@contextlib.contextmanager
def _told_of_pages(shown: Shown) -> Iterator[None]:
    """What the log says of pages is shown while the block runs, and goes nowhere else."""
    handler, level, propagates = _Pages(shown), _PAGES.level, _PAGES.propagate
    _PAGES.addHandler(handler)
    _PAGES.setLevel(logging.INFO)
    _PAGES.propagate = False
    try:
        yield
    finally:
        _PAGES.removeHandler(handler)
        _PAGES.setLevel(level)
        _PAGES.propagate = propagates


class _Pages(logging.Handler):
    def __init__(self, shown: Shown) -> None:
        super().__init__()
        self._shown = shown

    def emit(self, record: logging.LogRecord) -> None:
        self._shown.page(record.getMessage())
