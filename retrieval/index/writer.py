"""How do documents get in and out, so that a commit is all or nothing?

Rows and term arrays first, then articles, then passages with a marker that names the generation: that last commit
is the one that counts.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from retrieval.index.counts import Counts, article_counts, passage_counts
from retrieval.index.engine import Engine, Part
from retrieval.index.prepare import PreparedDocument, prepare
from retrieval.index.protocol import AnalysedDocument
from retrieval.index.store import Store, Totals, row_of
from retrieval.index.termfile import TermFile


class Writer:
    """Collects additions and removals; `commit` makes them visible together."""

    def __init__(self, store: Store, terms: TermFile, passages: Engine, articles: Engine) -> None:
        self._store, self._terms, self._passages, self._articles = store, terms, passages, articles
        self._passage_writer = passages.writer(heap_megabytes=60, threads=1)
        self._article_writer = articles.writer(heap_megabytes=30, threads=1)
        self._generation = passages.search().generation
        self._totals = store.totals(self._generation)
        self._next_key = 1 + (store.rows("SELECT coalesce(max(key), 0) FROM documents")[0][0])
        self._added: list[tuple[object, ...]] = []
        self._by_id: dict[str, int] = {}
        self._removed: set[int] = set()

    def add(self, analysed: AnalysedDocument) -> int:
        """Adds the document, in place of one with the same id; returns its key."""
        return self.add_prepared(prepare(analysed))

    def add_prepared(self, prepared: PreparedDocument) -> int:
        document = prepared.document
        self.remove([document.id])
        key, self._next_key = self._next_key, self._next_key + 1
        self._terms.add(key, prepared.terms)
        for number, (accented, plain) in enumerate(zip(prepared.accented, prepared.plain, strict=True)):
            self._passage_writer.add(key, document, number, accented, plain)
        self._article_writer.add(key, document, 0, prepared.article_accented, prepared.article_plain)
        totals = Totals(1, len(prepared.accented), prepared.article_terms, prepared.passage_terms)
        self._totals = self._totals.plus(totals)
        metadata, text, crc = row_of(key, document)
        self._added.append(
            (
                key,
                document.id,
                metadata,
                text,
                crc,
                totals.passages,
                totals.passage_terms,
                totals.article_terms,
            )
        )
        self._by_id[document.id] = key
        return key

    def remove(self, ids: Iterable[str]) -> int:
        """Removes the documents with these ids; returns how many there were."""
        count = 0
        for identity in ids:
            keys = [
                key
                for (key,) in self._store.rows(
                    "SELECT key FROM documents WHERE id = ? AND removed IS NULL AND added <= ?",
                    (identity, self._generation),
                )
                if key not in self._removed
            ]
            if identity in self._by_id:
                keys.append(self._by_id.pop(identity))
            self._removed.update(keys)
            count += bool(keys)
        return count

    def commit(self) -> int:
        """Makes everything visible at once; returns the generation. Nothing to do: the same generation as before."""
        if not self._added and not self._removed:
            return self._generation
        generation = self._generation + 1
        self._terms.flush()
        with self._store.transaction() as db:
            db.executemany(
                "INSERT INTO documents(key, id, metadata, text, crc, passages, passage_terms, article_terms, added)"
                f" VALUES (?, ?, ?, ?, ?, ?, ?, ?, {generation})",
                self._added,
            )
            for key in self._removed:
                row = db.execute(
                    "SELECT 1, passages, article_terms, passage_terms FROM documents WHERE key = ?", (key,)
                ).fetchone()
                self._totals = self._totals.plus(Totals(*row), -1)
                db.execute("UPDATE documents SET removed = ? WHERE key = ?", (generation, key))
                document = self._terms.get(key)
                for plain in (False, True):
                    self._bury(db, "passages", plain, generation, passage_counts(document, plain=plain))
                    self._bury(db, "articles", plain, generation, article_counts(document, plain=plain))
            totals = self._totals
            db.execute(
                "INSERT INTO commits VALUES (?, ?, ?, ?, ?, ?)",
                (
                    generation,
                    totals.articles,
                    totals.passages,
                    totals.article_terms,
                    totals.passage_terms,
                    datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
                ),
            )
        self._article_writer.commit(generation)
        self._passage_writer.commit(generation)
        self._generation = generation
        self._added.clear()
        self._removed.clear()
        self._by_id.clear()
        return generation

    def _bury(self, db: object, part: Part, plain: bool, generation: int, counts: Counts) -> None:
        ids, numbers = counts
        db.executemany(  # type: ignore[attr-defined]
            "INSERT INTO dead VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count",
            [(part, plain, i, generation, n) for i, n in zip(ids.tolist(), numbers.tolist(), strict=True)],
        )

    def close(self) -> None:
        self._article_writer.close()
        self._passage_writer.close()
