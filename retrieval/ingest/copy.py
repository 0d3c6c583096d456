"""How does an index move, to a cluster or back? Document by document, as it was analysed; begun again, it goes on."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from retrieval.analyzer import make_analyzer
from retrieval.errors import IndexMissing
from retrieval.index.embedded.bookkeeping import Bookkeeper, Listed
from retrieval.index.embedded.snapshot import StoredSnapshot
from retrieval.index.opening import AnyIndex, AnySnapshot, create_index, open_index
from retrieval.ingest.report import OnProgress, Progress
from retrieval.settings import Settings

COMMIT_SECONDS = 60.0
"""A long copy commits at least so often: that much work may be lost to Ctrl-C."""

_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class CopyReport:
    """`copied`: documents that weren't at the target, or were others; `there`: those that were."""

    copied: int
    there: int
    articles: int
    passages: int
    seconds: float


def copy_index(
    source: str | Path,
    target: str | Path,
    *,
    settings: Settings | None = None,
    on_progress: OnProgress | None = None,
) -> CopyReport:
    """Copies all documents, pinned answers and what is known of files; what else the target holds stays.

    Each a folder or an address. What was copied before isn't copied again. Raises IndexMissing where the source isn't
    there, IndexOutdated where either was made with another analysis, IndexLocked, IndexUnreachable.
    """
    began = time.monotonic()
    settings = settings or Settings()
    fingerprint = make_analyzer(settings).fingerprint
    with (
        closing(open_index(source, settings=settings, analyzer=fingerprint)) as old,
        closing(_open_or_create(target, settings, fingerprint)) as new,
    ):
        with new.writer() as writer, closing(old.snapshot()) as snapshot:
            run = _Copy(writer, settings, on_progress)
            run.copy(snapshot)
            pinned = {pin.questions for pin in writer.store.pins()}
            for pin in snapshot.pins:
                if pin.questions not in pinned:
                    writer.pin(pin)
            if isinstance(snapshot, StoredSnapshot):
                for state in snapshot.file_states():
                    writer.set_file_state(state)
            writer.commit()
        new.refresh()
        with closing(new.snapshot()) as made:
            stats = made.stats
    seconds = time.monotonic() - began
    return CopyReport(run.copied, run.there, stats.articles, stats.passages, seconds)


def _open_or_create(place: str | Path, settings: Settings, fingerprint: str) -> AnyIndex:
    try:
        return open_index(place, settings=settings, analyzer=fingerprint)
    except IndexMissing:
        return create_index(place, settings=settings, analyzer=fingerprint)


class _Copy:
    """One run into one writer."""

    def __init__(self, writer: Bookkeeper, settings: Settings, on_progress: OnProgress | None) -> None:
        self._writer, self._settings, self._on_progress = writer, settings, on_progress
        self._committed = time.monotonic()
        self.copied = self.there = self._passages = 0

    def copy(self, snapshot: AnySnapshot) -> None:
        whole = max(1, snapshot.document_count())
        lacking = self._lacking(snapshot.listed())
        while batch := list(islice(lacking, _AT_ONCE)):
            origins = {one.key: one.origin for one in batch}
            for key, prepared in snapshot.prepared(list(origins)):
                self._writer.add_prepared(prepared, origin=origins[key])
                self.copied += 1
                self._passages += len(prepared.accented)
            self._commit_if_due()
            if self._on_progress:
                done = self.copied + self.there
                self._on_progress(Progress(done, self._passages, min(1.0, done / whole)))

    def _lacking(self, listed: Iterator[Listed]) -> Iterator[Listed]:
        for one in listed:
            known = self._writer.known(one.id)
            if known and (known.content, known.origin) == (one.content, one.origin):
                self.there += 1
            else:
                yield one

    def _commit_if_due(self) -> None:
        long_since = time.monotonic() - self._committed > COMMIT_SECONDS
        if long_since or self._writer.pending_passages >= self._settings.index.commit_passages:
            self._writer.commit()
            self._committed = time.monotonic()
