"""Which documents go in and out, and which stand for their near-duplicates? A writer's books."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from retrieval.collection import AnalysedDocument
from retrieval.index.embedded.grouping import connected, group_of, near_duplicates
from retrieval.index.embedded.store import LIVE, FileState, Store, Totals
from retrieval.index.prepare import PreparedDocument, prepare
from retrieval.records import PinnedAnswer
from retrieval.term_arrays import DocumentTerms


@dataclass(frozen=True, slots=True)
class Listed:
    """A document of an index, without what is stored of it. `content`: equal for equal documents."""

    key: int
    id: str
    content: bytes
    origin: str | None


_UNDECIDED = 0
"""The leader of a row that is neither in the engine nor led by another yet."""


class Bookkeeper:
    """Collects additions and removals in `store`, as of the generation `_next`.

    Who stores the documents themselves says how: `_keep`, `_enter`, `_relead`, `_restored`, `terms_of`.
    """

    def __init__(self, store: Store, *, join: bool, generation: int, following: int) -> None:
        self.store, self._join = store, join
        self.generation, self._next = generation, following
        self._last_key: int = store.rows("SELECT coalesce(max(key), 0) FROM documents")[0][0]
        self._totals = store.totals(generation)
        self._withdrawn: list[int] = []
        self._changed = False
        self.pending_passages = 0

    def commit(self) -> int:
        """Makes everything visible at once; returns the generation."""
        raise NotImplementedError

    def terms_of(self, key: int) -> DocumentTerms:
        """The term arrays of a document that is there, committed or not."""
        raise NotImplementedError

    def _keep(self, key: int, prepared: PreparedDocument) -> None:
        """Stores what is read back of a document."""
        raise NotImplementedError

    def _enter(self, key: int, prepared: PreparedDocument) -> None:
        """Makes its passages findable."""
        raise NotImplementedError

    def _relead(self, key: int) -> None:
        """Takes note that a document which isn't committed yet has another leader."""

    def _restored(self, key: int) -> PreparedDocument:
        """What was given to `_keep`."""
        raise NotImplementedError

    def add(self, analysed: AnalysedDocument, *, origin: str | None = None) -> None:
        """Adds the document, in place of one with the same id. `origin`: the file or address it came from."""
        self.add_prepared(prepare(analysed), origin=origin)

    def add_prepared(self, prepared: PreparedDocument, *, origin: str | None = None) -> None:
        """The same, with what another process prepared."""
        self.remove([prepared.id])
        self.add_new(prepared, origin=origin)

    def add_new(self, prepared: PreparedDocument, *, origin: str | None = None) -> None:
        """The same for a document whose id isn't there."""
        group = near_duplicates(self, prepared) if self._join else []
        if group:
            key = self._insert(prepared, origin, leader=_UNDECIDED)
            self._lead([*group, key])
        else:
            self._insert(prepared, origin, leader=None)

    def remove(self, ids: Iterable[str]) -> int:
        """Removes the documents with these ids; returns how many there were."""
        count = 0
        for identity in ids:
            for key, leader in self.store.rows(
                f"SELECT key, leader FROM documents WHERE id = ? AND {LIVE}", (identity,)
            ):
                rest = [other for other in group_of(self, leader or key) if other != key]
                self._withdraw(key)
                for group in connected(self, rest):
                    self._lead(group)
                count += 1
        return count

    def known(self, identity: str) -> Listed | None:
        """The document with this id that is there already."""
        rows = self.store.rows(
            f"SELECT key, id, content, origin FROM documents WHERE id = ? AND {LIVE}", (identity,)
        )
        return Listed(*rows[0]) if rows else None

    def ids_from(self, origin: str) -> list[str]:
        """The documents that came from there."""
        rows = self.store.rows(f"SELECT id FROM documents WHERE origin = ? AND {LIVE}", (origin,))
        return [identity for (identity,) in rows]

    def origins(self) -> list[str]:
        """All the files and addresses that documents came from."""
        rows = self.store.rows(
            f"SELECT DISTINCT origin FROM documents WHERE origin IS NOT NULL AND {LIVE} ORDER BY origin"
        )
        return [origin for (origin,) in rows]

    def file_state(self, origin: str) -> FileState | None:
        """The file as it was when it was last indexed."""
        rows = self.store.rows("SELECT origin, size, modified, hash FROM files WHERE origin = ?", (origin,))
        return FileState(*rows[0]) if rows else None

    def set_file_state(self, state: FileState) -> None:
        """From the next commit on, the file counts as indexed in this state."""
        self.store.begin()
        self.store.write(
            "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?)",
            (state.origin, state.size, state.modified, state.hash, self._next),
        )

    def forget_file(self, origin: str) -> None:
        """The file is to be read when it is there again."""
        self.store.begin()
        self.store.write("DELETE FROM files WHERE origin = ?", (origin,))

    def pin(self, answer: PinnedAnswer) -> int:
        """Keeps an operator's answer from the next commit on; returns its id: the next one where it has 0."""
        return self.store.pin(answer)

    def unpin(self, number: int) -> bool:
        """Forgets it from the next commit on; says whether there was one."""
        return self.store.unpin(number)

    def _begin(self) -> None:
        self._changed = True
        self.store.begin()

    def _lead(self, keys: Sequence[int]) -> None:
        """Makes the oldest document (then the first id) the one that is found, the rest named beside it."""
        rows = self.store.rows(
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
            self.store.write("UPDATE documents SET leader = ? WHERE key = ?", (leader, key))
            if leader is None:
                self._count_in(key, self._restored(key))
            else:
                self._relead(key)
            return key
        (origin,) = self.store.rows("SELECT origin FROM documents WHERE key = ?", (key,))[0]
        prepared = self._restored(key)
        self._withdraw(key)
        return self._insert(prepared, origin, leader=leader)

    def _insert(self, prepared: PreparedDocument, origin: str | None, *, leader: int | None) -> int:
        self._begin()
        key = self._last_key = self._last_key + 1
        self._keep(key, prepared)
        self.store.write(
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
        self.store.write_all(
            "INSERT OR IGNORE INTO bands VALUES (?, ?)", [(band, key) for band in prepared.bands]
        )
        if leader is None:
            self._count_in(key, prepared)
        return key

    def _count_in(self, key: int, prepared: PreparedDocument) -> None:
        self._enter(key, prepared)
        self._totals += Totals(1, len(prepared.accented), prepared.article_terms, prepared.passage_terms)
        self.pending_passages += len(prepared.accented)

    def _withdraw(self, key: int) -> None:
        self._begin()
        leader, *sums = self.store.rows(
            "SELECT leader, passages, article_terms, passage_terms FROM documents WHERE key = ?", (key,)
        )[0]
        self.store.write("UPDATE documents SET removed = ? WHERE key = ?", (self._next, key))
        if leader is None:
            self._totals -= Totals(1, *sums)
            self._withdrawn.append(key)
