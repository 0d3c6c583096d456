"""How do documents get in and out, so that a commit is all or nothing?

Blobs and rows first, as generation g; then the articles' engine; then the passages' engine with a marker that
says g: that last commit is the one that counts. Rows of a generation beyond it are not visible, and are taken
back by the next writer.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Sequence
from dataclasses import astuple

from retrieval.collection import AnalysedDocument
from retrieval.index.embedded.counts import article_counts, passage_counts, section_counts
from retrieval.index.embedded.epoch import Epoch
from retrieval.index.embedded.grouping import connected, group_of, near_duplicates
from retrieval.index.embedded.recovery import recover
from retrieval.index.embedded.store import LIVE, FileState, Totals, add_dead
from retrieval.index.prepare import PreparedDocument, prepare, restore
from retrieval.index.protocol import folded_source
from retrieval.records import PinnedAnswer
from retrieval.settings import IndexSettings

_BURIED_AT_ONCE = 500
"""Removed documents whose terms are counted in one go; bounds memory."""


_UNDECIDED = 0
"""The leader of a row that is neither in the engine nor led by another yet."""


class Writer:
    """Collects additions and removals; `commit` makes them visible together.

    `after`: the generation of the epoch before, so that generations only ever grow.
    """

    def __init__(self, epoch: Epoch, *, settings: IndexSettings, after: int = 0) -> None:
        heap_megabytes = settings.memory_megabytes
        self._join = settings.join_near_duplicates
        self._epoch, self._store = epoch, epoch.store
        self.generation, following = recover(epoch)
        self._next = max(following, after + 1)
        self._passages = epoch.passages.writer(heap_megabytes=heap_megabytes)
        self._articles = epoch.articles.writer(heap_megabytes=max(15, heap_megabytes // 2))
        self._last_key: int = self._store.rows("SELECT coalesce(max(key), 0) FROM documents")[0][0]
        self._totals = self._store.totals(self.generation)
        self._withdrawn: list[int] = []
        self._changed = False
        self.pending_passages = 0

    def add(self, analysed: AnalysedDocument, *, origin: str | None = None) -> None:
        """Adds the document, in place of one with the same id. `origin`: the file or address it came from."""
        self.add_prepared(prepare(analysed), origin=origin)

    def add_prepared(self, prepared: PreparedDocument, *, origin: str | None = None) -> None:
        """The same, with what another process prepared."""
        self.remove([prepared.id])
        group = near_duplicates(self._epoch, prepared) if self._join else []
        if group:
            key = self._insert(prepared, origin, leader=_UNDECIDED)
            self._lead([*group, key])
        else:
            self._insert(prepared, origin, leader=None)

    def remove(self, ids: Iterable[str]) -> int:
        """Removes the documents with these ids; returns how many there were."""
        count = 0
        for identity in ids:
            for key, leader in self._store.rows(
                f"SELECT key, leader FROM documents WHERE id = ? AND {LIVE}", (identity,)
            ):
                rest = [other for other in group_of(self._epoch, leader or key) if other != key]
                self._withdraw(key)
                for group in connected(self._epoch, rest):
                    self._lead(group)
                count += 1
        return count

    def has_equal(self, identity: str, content: bytes, origin: str) -> bool:
        """Whether the document with this id is there already, with this content, from there."""
        return bool(
            self._store.rows(
                f"SELECT 1 FROM documents WHERE id = ? AND content = ? AND +origin = ? AND {LIVE}",  # +: found by id
                (identity, content, origin),
            )
        )

    def origin_of(self, identity: str) -> str | None:
        """Where the document with this id came from; None where there is none, or it came from nowhere."""
        rows = self._store.rows(f"SELECT origin FROM documents WHERE id = ? AND {LIVE}", (identity,))
        return rows[0][0] if rows else None

    def ids_from(self, origin: str) -> list[str]:
        """The documents that came from there."""
        rows = self._store.rows(f"SELECT id FROM documents WHERE origin = ? AND {LIVE}", (origin,))
        return [identity for (identity,) in rows]

    def origins(self) -> list[str]:
        """All the files and addresses that documents came from."""
        rows = self._store.rows(
            f"SELECT DISTINCT origin FROM documents WHERE origin IS NOT NULL AND {LIVE} ORDER BY origin"
        )
        return [origin for (origin,) in rows]

    def file_state(self, origin: str) -> FileState | None:
        """The file as it was when it was last indexed."""
        rows = self._store.rows("SELECT origin, size, modified, hash FROM files WHERE origin = ?", (origin,))
        return FileState(*rows[0]) if rows else None

    def set_file_state(self, state: FileState) -> None:
        """From the next commit on, the file counts as indexed in this state."""
        self._store.begin()
        self._store.write(
            "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?)",
            (state.origin, state.size, state.modified, state.hash, self._next),
        )

    def forget_file(self, origin: str) -> None:
        """The file is to be read when it is there again."""
        self._store.begin()
        self._store.write("DELETE FROM files WHERE origin = ?", (origin,))

    def pin(self, answer: PinnedAnswer) -> int:
        """Keeps an operator's answer from the next commit on; returns its id: the next one where it has 0."""
        return self._store.pin(answer)

    def unpin(self, number: int) -> bool:
        """Forgets it from the next commit on; says whether there was one."""
        return self._store.unpin(number)

    def commit(self) -> int:
        """Makes everything visible at once; returns the generation. Nothing to do: the same as before."""
        if not self._changed:
            self._store.commit()
            return self.generation
        self._epoch.flush()
        for start in range(0, len(self._withdrawn), _BURIED_AT_ONCE):
            documents = [
                self._epoch.terms_of(key) for key in self._withdrawn[start : start + _BURIED_AT_ONCE]
            ]
            for plain in (False, True):
                add_dead(self._store, "passages", plain, self._next, passage_counts(documents, plain=plain))
                add_dead(self._store, "sections", plain, self._next, section_counts(documents, plain=plain))
                add_dead(self._store, "articles", plain, self._next, article_counts(documents, plain=plain))
        now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        self._store.write(
            "INSERT INTO commits VALUES (?, ?, ?, ?, ?, ?)", (self._next, *astuple(self._totals), now)
        )
        self._store.commit()
        self._articles.commit(self._next)
        self._passages.commit(self._next)
        self.generation, self._next = self._next, self._next + 1
        self._withdrawn.clear()
        self._changed = False
        self.pending_passages = 0
        return self.generation

    def close(self) -> None:
        """Drops what isn't committed, and waits for the engines' threads to end."""
        self._store.rollback()
        self._articles.close()
        self._passages.close()

    def _begin(self) -> None:
        self._changed = True
        self._store.begin()

    def _lead(self, keys: Sequence[int]) -> None:
        """Makes the oldest document (then the first id) the one that is found, the rest named beside it."""
        rows = self._store.rows(
            "SELECT key, leader, added FROM documents WHERE key IN (SELECT value FROM json_each(?))"
            " ORDER BY day = 0, day, id",
            (json.dumps(list(keys)),),
        )
        leader = None
        for row_key, now, added in rows:
            key = self._give_role(row_key, now, added, leader)
            leader = leader or key

    def _give_role(self, key: int, now: int | None, added: int, leader: int | None) -> int:
        """The key under which the document has the role; what a commit or the engine holds isn't changed."""
        if now == leader:
            return key
        if added == self._next and now is not None:
            self._store.write("UPDATE documents SET leader = ? WHERE key = ?", (leader, key))
            if leader is None:
                self._enter(key, self._restored(key))
            return key
        (origin,) = self._store.rows("SELECT origin FROM documents WHERE key = ?", (key,))[0]
        prepared = self._restored(key)
        self._withdraw(key)
        return self._insert(prepared, origin, leader=leader)

    def _restored(self, key: int) -> PreparedDocument:
        epoch = self._epoch
        return restore(epoch.document(key), epoch.terms_of(key), epoch.words.get(key))

    def _insert(self, prepared: PreparedDocument, origin: str | None, *, leader: int | None) -> int:
        self._begin()
        key = self._last_key = self._last_key + 1
        self._epoch.texts.add(key, prepared.text)
        self._epoch.terms.add(key, prepared.terms)
        self._epoch.words.add(key, prepared.words)
        self._store.write(
            "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)",
            (
                key,
                prepared.id,
                origin,
                prepared.content,
                prepared.source,
                prepared.day,
                len(prepared.accented),
                prepared.article_terms,
                prepared.passage_terms,
                leader,
                self._next,
            ),
        )
        self._store.write_all(
            "INSERT OR IGNORE INTO bands VALUES (?, ?)", [(band, key) for band in prepared.bands]
        )
        if leader is None:
            self._enter(key, prepared)
        return key

    def _enter(self, key: int, prepared: PreparedDocument) -> None:
        """Into the engines."""
        day, source = prepared.day, folded_source(prepared.source or "")
        passages = zip(
            prepared.accented,
            prepared.plain,
            prepared.section_accented,
            prepared.section_plain,
            strict=True,
        )
        for number, (accented, plain, section, section_plain) in enumerate(passages):
            self._passages.add(
                key,
                number,
                day=day,
                source=source,
                accented=accented,
                plain=plain,
                section=section,
                section_plain=section_plain,
            )
        self._articles.add(
            key, 0, day=day, source=source, accented=prepared.article_accented, plain=prepared.article_plain
        )
        self._totals += Totals(1, len(prepared.accented), prepared.article_terms, prepared.passage_terms)
        self.pending_passages += len(prepared.accented)

    def _withdraw(self, key: int) -> None:
        self._begin()
        leader, *sums = self._store.rows(
            "SELECT leader, passages, article_terms, passage_terms FROM documents WHERE key = ?", (key,)
        )[0]
        self._store.write("UPDATE documents SET removed = ? WHERE key = ?", (self._next, key))
        if leader is None:
            self._totals -= Totals(1, *sums)
            self._withdrawn.append(key)
