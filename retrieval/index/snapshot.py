"""What does one commit of an index answer? Candidates, counts, terms and documents, all of the same moment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from retrieval.index.counts import dead_id
from retrieval.index.engine import EngineSearch, Part
from retrieval.index.protocol import CollectionStats, DocumentTerms, Filter
from retrieval.index.store import Store
from retrieval.index.termfile import TermFile
from retrieval.records import Document, QueryTerm


class StoredSnapshot:
    """See `protocol.Snapshot`. Removed documents stay in the engine until it is rebuilt: here they are left out."""

    def __init__(self, store: Store, terms: TermFile, passages: EngineSearch, articles: EngineSearch) -> None:
        self._store, self._terms, self._passages, self._articles = store, terms, passages, articles
        self.generation = passages.generation
        self.stats: CollectionStats = store.totals(self.generation).stats
        self._dead = frozenset(
            key
            for (key,) in store.rows(
                "SELECT key FROM documents WHERE removed <= ?1 UNION ALL SELECT key FROM documents WHERE added > ?1",
                (self.generation,),
            )
        )
        self._dead_df = lru_cache(maxsize=4096)(self._count_dead)

    def passage_df(self, term: str, *, plain: bool) -> int:
        return self._df(self._passages, "passages", term, plain)

    def article_df(self, term: str, *, plain: bool) -> int:
        return self._df(self._articles, "articles", term, plain)

    def _df(self, engine: EngineSearch, part: Part, term: str, plain: bool) -> int:
        return max(0, engine.df(term, plain=plain) - (self._dead_df(part, term, plain) if self._dead else 0))

    def _count_dead(self, part: Part, term: str, plain: bool) -> int:
        rows = self._store.rows(
            "SELECT sum(count) FROM dead WHERE part = ? AND plain = ? AND term = ? AND generation <= ?",
            (part, plain, dead_id(term), self.generation),
        )
        return rows[0][0] or 0

    def find_passages(
        self, terms: Sequence[QueryTerm], *, limit: int, where: Filter | None = None
    ) -> list[tuple[int, int]]:
        return self._best(self._passages, terms, limit, where)

    def find_articles(
        self, terms: Sequence[QueryTerm], *, limit: int, where: Filter | None = None
    ) -> list[int]:
        return [key for key, _ in self._best(self._articles, terms, limit, where)]

    def _best(
        self, engine: EngineSearch, terms: Sequence[QueryTerm], limit: int, where: Filter | None
    ) -> list[tuple[int, int]]:
        """Asks for more as long as removed documents take places."""
        wanted = limit
        while True:
            found = engine.best(terms, limit=wanted, where=where)
            alive = [entry for entry in found if entry[0] not in self._dead] if self._dead else found
            if len(alive) >= limit or len(found) < wanted:
                return alive[:limit]
            wanted *= 2

    def keys(self) -> list[int]:
        """Keys of all documents of this commit, in the order they were added."""
        return [
            key for (key,) in self._store.rows("SELECT key FROM documents ORDER BY key") if key not in self._dead
        ]

    def terms_of(self, keys: Iterable[int]) -> dict[int, DocumentTerms]:
        return {key: self._terms.get(key) for key in keys}

    def documents(self, keys: Iterable[int]) -> dict[int, Document]:
        return self._store.documents(keys)

    def also(self, keys: Iterable[int]) -> dict[int, tuple[Document, ...]]:
        return {}
