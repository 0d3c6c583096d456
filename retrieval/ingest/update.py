"""How does an index follow its files? New ones are added, changed ones replaced, unchanged ones not even
read.

Killed or interrupted, what was committed stays, and the same call again does the rest.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from retrieval.analyzer import make_analyzer
from retrieval.corpus import FoundFile, find_files, read_file
from retrieval.errors import CorpusError, IndexMissing, UnreadableFile, os_reason
from retrieval.index.embedded.bookkeeping import Bookkeeper
from retrieval.index.embedded.index import Index as FolderIndex
from retrieval.index.embedded.store import FileState
from retrieval.index.opening import AnyIndex, create_index, is_address, open_index
from retrieval.index.prepare import PreparedDocument, content_hash, prepare
from retrieval.ingest.analysing import BATCH, Analysed, Task, analyse_in_order, end_if_imported_anew
from retrieval.ingest.rebuild import compact_if_due, rebuild_index
from retrieval.ingest.report import IndexReport, OnProblem, OnProgress, Progress
from retrieval.ingest.scan import state_of, with_hash
from retrieval.records import Document
from retrieval.settings import Settings

if TYPE_CHECKING:  # what fetches is imported where it is needed: a question must start at once
    from retrieval.ingest.feeds import Entry

COMMIT_SECONDS = 60.0
"""A long run commits at least so often: that much work may be lost to Ctrl-C."""

_MANY_IN_ONE = (".jsonl", ".jsonl.gz")
"""Files that hold many articles: read here, analysed in parts."""


def update_index(
    paths: Iterable[str | Path],
    path: str | Path,
    *,
    settings: Settings | None = None,
    feeds: Iterable[str] = (),
    addresses: Iterable[Path] = (),
    prune: bool = False,
    rebuild: bool = False,
    on_progress: OnProgress | None = None,
    on_problem: OnProblem | None = None,
) -> IndexReport:
    """Makes or updates the index at `path` from files and folders; returns what was done.

    `feeds`: addresses of RSS or Atom feeds, whose new pages are read. `addresses`: files that list pages, one
    a line. `prune`: documents whose file is gone are removed. `rebuild`: first, everything there is analysed
    anew from its stored text. Raises CorpusError for a missing path, IndexLocked, IndexDamaged,
    IndexOutdated.

    Much is analysed in other processes, which import the script that calls this: it needs `if __name__ == "__main__":`
    around what it does. HoidapError tells where it has none, and where such a process was ended.
    """
    end_if_imported_anew()
    began = time.monotonic()
    settings = settings or Settings()
    named = [Path(one) for one in paths]
    entries = _listed(addresses)
    feeds = list(feeds)
    report = IndexReport()
    tell = _telling(report, on_problem)
    found = _find(named, tell, may_be_empty=prune)
    if rebuild:
        if is_address(path):
            from retrieval.ingest.rebuild_cluster import rebuild_in_cluster

            rebuild_in_cluster(str(path), settings, report, on_progress)
        else:
            rebuild_index(Path(path), settings, report, on_progress, tell)
    if named or prune or feeds or entries:
        with closing(_open_or_create(path, settings)) as index:
            with index.writer() as writer:
                update = _Update(writer, settings, report, on_progress, tell)
                if named:
                    update.add_files(found)
                if feeds or entries:
                    update.add_pages(feeds, entries)
                if prune:
                    update.remove_vanished()
                report.vanished = update.vanished()
                writer.commit()
            if isinstance(index, FolderIndex):
                compact_if_due(index, settings)
    with closing(open_index(path, settings=settings)) as index, closing(index.snapshot()) as snapshot:
        report.articles_in_all = snapshot.stats.articles
        report.passages_in_all = snapshot.stats.passages
        report.joined_in_all = snapshot.document_count() - snapshot.stats.articles
    report.seconds = time.monotonic() - began
    return report


def _telling(report: IndexReport, on_problem: OnProblem | None) -> OnProblem:
    def tell(where: str, what: str) -> None:
        report.problems.append((where, what))
        if on_problem:
            on_problem(where, what)

    return tell


def _find(paths: list[Path], tell: OnProblem, *, may_be_empty: bool) -> list[FoundFile]:
    """Looked for first: a path that isn't there must not leave an empty index behind."""
    try:
        found = list(find_files(paths, report=tell)) if paths else []
    except CorpusError:
        if not (may_be_empty and all(path.is_dir() for path in paths)):
            raise
        return []
    for one in found:
        if not _is_utf8(one.path):
            tell(str(one.path), "tên tệp không phải UTF-8; hãy đổi tên")
    return [one for one in found if _is_utf8(one.path)]


def _is_utf8(path: Path) -> bool:
    """Whether the database can keep the path."""
    try:
        os.path.abspath(path).encode()
    except UnicodeEncodeError:
        return False
    return True


def _open_or_create(path: str | Path, settings: Settings) -> AnyIndex:
    fingerprint = make_analyzer(settings).fingerprint
    try:
        return open_index(path, settings=settings, analyzer=fingerprint)
    except IndexMissing:
        return create_index(path, settings=settings, analyzer=fingerprint)


class _Update:
    """One run over some files."""

    def __init__(
        self,
        writer: Bookkeeper,
        settings: Settings,
        report: IndexReport,
        on_progress: OnProgress | None,
        tell: OnProblem,
    ) -> None:
        self._writer, self._settings, self._report = writer, settings, report
        self._on_progress, self._tell = on_progress, tell
        self._bytes = self._bytes_done = 0
        self._committed = time.monotonic()
        self._states: dict[str, FileState] = {}
        self._seen: dict[str, set[str]] = {}
        self._faulty: set[str] = set()

    def add_files(self, found: list[FoundFile]) -> None:
        self._bytes = sum(_size(one.path) for one in found)
        with closing(analyse_in_order(self._tasks(found), self._settings)) as results:
            for task, result in results:
                self._take(task, result)

    def _tasks(self, found: Iterable[FoundFile]) -> Iterator[Task]:
        for one in found:
            try:
                state = state_of(one)
                known = self._writer.file_state(state.origin)
                if known and (known.size, known.modified) == (state.size, state.modified):
                    self._skip(one)
                    continue
                state = with_hash(state, one)
                if known and known.hash == state.hash:
                    self._writer.set_file_state(state)
                    self._skip(one)
                    continue
            except OSError as error:
                self._tell(str(one.path), f"không đọc được ({os_reason(error)}); hãy kiểm tra quyền")
                continue
            self._states[state.origin] = state
            self._seen[state.origin] = set()
            if one.path.name.endswith(_MANY_IN_ONE):
                yield from self._parts(one, state.origin)
                yield Task(state.origin, ends=True)
            else:
                yield Task(state.origin, _size(one.path), one.path, one.root, ends=True)

    def _parts(self, one: FoundFile, origin: str) -> Iterator[Task]:
        """The documents of a file of many, those left out that are there already."""
        documents = read_file(
            one.path, root=one.root, settings=self._settings, on_problem=self._fault(origin)
        )
        left = _size(one.path)
        try:
            while batch := list(islice(documents, BATCH)):
                part = min(left, int(sum(len(document.text) for document in batch) * _bytes_each(one.path)))
                left -= part
                new = tuple(document for document in batch if not self._is_known(document, origin))
                yield Task(origin, part, documents=new)
        except UnreadableFile as error:
            self._fault(origin)(error.where, error.reason)
        self._bytes_done += left

    def _is_known(self, document: Document, origin: str) -> bool:
        known = self._writer.known(document.id)
        if known is None or known.origin != origin or known.content != content_hash(document):
            return False
        self._seen[origin].add(document.id)
        self._report.unchanged += 1
        return True

    def _skip(self, one: FoundFile) -> None:
        self._report.files_unchanged += 1
        self._bytes_done += _size(one.path)

    def _fault(self, origin: str) -> OnProblem:
        """Tells of a problem, and keeps the file from counting as done: the next run tells again."""

        def tell(where: str, what: str) -> None:
            self._faulty.add(origin)
            self._tell(where, what)

        return tell

    def _take(self, task: Task, result: Analysed) -> None:
        for where, what in result.problems:
            self._fault(task.origin)(where, what)
        for prepared in result.prepared:
            self._put(prepared, task.origin)
        if task.ends:
            self._end_file(task.origin)
        self._bytes_done += task.size
        long_since = time.monotonic() - self._committed > COMMIT_SECONDS
        if long_since or self._writer.pending_passages >= self._settings.index.commit_passages:
            self._writer.commit()
            self._committed = time.monotonic()
        if self._on_progress:
            share = min(1.0, self._bytes_done / max(1, self._bytes))
            self._on_progress(Progress(self._report.articles, self._report.passages, share))

    def _put(self, prepared: PreparedDocument, origin: str) -> None:
        known = self._writer.known(prepared.id)
        before = known.origin if known else None
        if before is not None and before != origin and os.path.lexists(before):
            self._fault(origin)(
                origin, f'mã "{prepared.id}" trùng với bài trong {before} nên bị bỏ qua; hãy đặt mã khác'
            )
            return
        self._seen[origin].add(prepared.id)
        if known and before == origin and known.content == prepared.content:
            self._report.unchanged += 1
            return
        if known:
            self._report.changed += 1
            self._writer.add_prepared(prepared, origin=origin)
        else:
            self._report.added += 1
            self._writer.add_new(prepared, origin=origin)
        self._report.passages += len(prepared.accented)

    def _end_file(self, origin: str) -> None:
        """Removes what the file no longer holds; of a broken file, what was read before is kept."""
        seen, state = self._seen.pop(origin), self._states.pop(origin)
        if origin in self._faulty:
            return
        gone = [identity for identity in self._writer.ids_from(origin) if identity not in seen]
        self._report.removed += self._writer.remove(gone)
        self._writer.set_file_state(state)

    def add_pages(self, feeds: list[str], entries: list[Entry]) -> None:
        """Pages that a feed names are read once; those of a list each time."""
        from retrieval.ingest.feeds import feed_entries, read_pages
        from retrieval.ingest.fetch import Fetcher

        fetcher = Fetcher(self._settings.fetch)
        analyzer = make_analyzer(self._settings)
        listed = {entry.url for entry in entries}
        for feed in feeds:
            try:
                entries = entries + feed_entries(feed, fetcher, most=self._settings.fetch.max_entries)
            except UnreadableFile as error:
                self._tell(feed, error.reason)
        pages = read_pages(
            list({entry.url: entry for entry in entries}.values()),
            fetcher,
            settings=self._settings,
            lexicon=analyzer.lexicon,
            is_known=lambda url: url not in listed and bool(self._writer.ids_from(url)),
            on_problem=self._tell,
        )
        for done, (url, documents) in enumerate(pages, start=1):
            self._seen[url] = set()
            for document in documents:
                self._put(prepare(analyzer.analyse(document)), url)
            self._writer.commit()
            if self._on_progress:
                self._on_progress(Progress(self._report.articles, self._report.passages, done / len(entries)))

    def remove_vanished(self) -> None:
        """Removes documents whose file isn't there any more."""
        for origin in self.vanished():
            self._report.removed += self._writer.remove(self._writer.ids_from(origin))
            self._writer.forget_file(origin)

    def vanished(self) -> list[str]:
        """The files that documents came from and that aren't there any more."""
        return [
            origin
            for origin in self._writer.origins()
            if os.path.isabs(origin) and not os.path.lexists(origin)
        ]


def _bytes_each(path: Path) -> float:
    """Bytes of the file for each character of text in it, roughly: Vietnamese takes 1.3 in UTF-8, packed
    0.45.
    """
    return 0.45 if path.suffix == ".gz" else 1.3


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _listed(addresses: Iterable[Path]) -> list[Entry]:
    listings = list(addresses)
    if not listings:
        return []
    from retrieval.ingest.feeds import listed_addresses

    return [entry for listing in listings for entry in listed_addresses(listing)]
