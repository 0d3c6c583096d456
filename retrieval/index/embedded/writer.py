"""How do documents get in and out, so that a commit is all or nothing?

Blobs and rows first, as generation g; then the articles' engine; then the passages' engine with a marker that
says g: that last commit is the one that counts. Rows of a generation beyond it are not visible, and are taken
back by the next writer.
"""

from __future__ import annotations

import datetime
from dataclasses import astuple

from retrieval.index.embedded.bookkeeping import Bookkeeper
from retrieval.index.embedded.counts import article_counts, passage_counts, section_counts
from retrieval.index.embedded.epoch import Epoch
from retrieval.index.embedded.recovery import recover
from retrieval.index.embedded.store import add_dead
from retrieval.index.prepare import PreparedDocument
from retrieval.index.protocol import folded_source
from retrieval.settings import IndexSettings
from retrieval.term_arrays import DocumentTerms

_BURIED_AT_ONCE = 500
"""Removed documents whose terms are counted in one go; bounds memory."""


class Writer(Bookkeeper):
    """Collects additions and removals; `commit` makes them visible together.

    `after`: the generation of the epoch before, so that generations only ever grow.
    """

    def __init__(self, epoch: Epoch, *, settings: IndexSettings, after: int = 0) -> None:
        heap_megabytes = settings.memory_megabytes
        self._epoch = epoch
        generation, following = recover(epoch)
        super().__init__(
            epoch.store,
            join=settings.join_near_duplicates,
            generation=generation,
            following=max(following, after + 1),
        )
        self._passages = epoch.passages.writer(heap_megabytes=heap_megabytes)
        self._marked: set[str] = set()
        self._articles = epoch.articles.writer(heap_megabytes=max(15, heap_megabytes // 2))

    def terms_of(self, key: int) -> DocumentTerms:
        return self._epoch.terms_of(key)

    def commit(self) -> int:
        """Makes everything visible at once; returns the generation. Nothing to do: the same as before."""
        if not self._changed:
            self.store.commit()
            return self.generation
        self._epoch.flush()
        for start in range(0, len(self._withdrawn), _BURIED_AT_ONCE):
            documents = [self.terms_of(key) for key in self._withdrawn[start : start + _BURIED_AT_ONCE]]
            for plain in (False, True):
                add_dead(self.store, "passages", plain, self._next, passage_counts(documents, plain=plain))
                add_dead(self.store, "sections", plain, self._next, section_counts(documents, plain=plain))
                add_dead(self.store, "articles", plain, self._next, article_counts(documents, plain=plain))
        now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        self.store.write(
            "INSERT INTO commits VALUES (?, ?, ?, ?, ?, ?)", (self._next, *astuple(self._totals), now)
        )
        self.store.commit()
        self._articles.commit(self._next)
        self._passages.commit(self._next)
        self.generation, self._next = self._next, self._next + 1
        self._withdrawn.clear()
        self._changed = False
        self.pending_passages = 0
        return self.generation

    def close(self) -> None:
        """Drops what isn't committed, and waits for the engines' threads to end."""
        self.store.rollback()
        self._articles.close()
        self._passages.close()

    def _restored(self, key: int) -> PreparedDocument:
        return self._epoch.restored(key)

    def _keep(self, key: int, prepared: PreparedDocument) -> None:
        self._epoch.texts.add(key, prepared.text)
        self._epoch.terms.add(key, prepared.terms)
        self._epoch.words.add(key, prepared.words)

    def _enter(self, key: int, prepared: PreparedDocument) -> None:
        day, source = prepared.day, folded_source(prepared.source or "")
        for number, (accented, section) in enumerate(zip(prepared.accented, prepared.section, strict=True)):
            self._passages.add(key, number, day=day, source=source, accented=accented, section=section)
        self._articles.add(
            key, 0, day=day, source=source, accented=prepared.article, plain=prepared.article_plain
        )
        marked = set(prepared.marked.split()) - self._marked
        if marked:
            self.store.add_forms(marked)
            self._marked |= marked
