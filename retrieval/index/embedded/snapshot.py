"""What does one commit of an index answer? Candidates, counts, terms and documents of one moment."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from typing import TypeVar

from retrieval.collection import CollectionStats
from retrieval.index.edge import Entry, best_entries, is_settled, with_margin
from retrieval.index.embedded.bookkeeping import Listed
from retrieval.index.embedded.counts import article_counts, counted_id
from retrieval.index.embedded.engine import EngineSearch
from retrieval.index.embedded.epoch import Epoch
from retrieval.index.embedded.store import VISIBLE, FileState
from retrieval.index.prepare import PreparedDocument
from retrieval.index.protocol import Filter, Wanted
from retrieval.records import Document, SourceSummary
from retrieval.term_arrays import TermArrays

T = TypeVar("T")

_MOST = 8
"""Of so many times the wanted entries that all score the same, it is the engine's choice which are found."""

REMEMBERED = 20_000
"""Counts of words and pairs that are kept for one commit: about 2 MB, the words of some hundred questions."""


class StoredSnapshot:
    """See `protocol.Snapshot`. Removed documents stay in the engine until it is rebuilt: here they are left
    out.
    """

    partial = False

    def __init__(self, epoch: Epoch) -> None:
        self._epoch = epoch
        self._passages = epoch.passages.search(epoch.store.forms_of)
        self._articles = (
            epoch.articles.search()
        )  # second: it may then be newer than the passages, never older
        self.generation = self._passages.generation
        self.entries = self._passages.entries
        store, at = epoch.store, {"at": self.generation, "articles_at": self._articles.generation}
        with store.reading():
            self.stats: CollectionStats = store.totals(self.generation).stats
            self.pins = store.pins()
            self._gone = frozenset(
                key
                for (key,) in store.rows("SELECT key FROM documents WHERE removed <= :at OR added > :at", at)
            )
            early = store.rows(
                "SELECT key FROM documents WHERE leader IS NULL AND added > :at AND added <= :articles_at"
                " AND (removed IS NULL OR removed > :at)",
                at,
            )
        self._early = self._count_early([key for (key,) in early])
        self._dead_df = lru_cache(maxsize=4096)(self._count_dead)
        self._passage_df = lru_cache(maxsize=REMEMBERED)(self._count_passages)
        self._article_df = lru_cache(maxsize=REMEMBERED)(self._count_articles)

    def _count_early(self, keys: Sequence[int]) -> dict[tuple[bool, int], int]:
        """Counts of articles that the articles' engine has already, and the passages' not yet: a writer is
        between its two commits, or was killed there.
        """
        counts: dict[tuple[bool, int], int] = {}
        for plain in (False, True) if keys else ():
            ids, numbers = article_counts(map(self._epoch.terms_of, keys), plain=plain)
            counts |= {(plain, i): n for i, n in zip(ids.tolist(), numbers.tolist(), strict=True)}
        return counts

    def passage_df(self, term: str, *, plain: bool) -> int:
        return self._passage_df(term, plain)

    def article_df(self, term: str, *, plain: bool) -> int:
        return self._article_df(term, plain)

    def _count_passages(self, term: str, plain: bool) -> int:
        if plain and not all(self._articles.df(word, plain=True) for word in term.split("_")):
            return 0  # most of the slips that a name is tried for are no word: their forms aren't looked up
        held = self._passages.df(term, plain=plain) - self._dead_df("passages", term, plain)
        if "_" in term:
            return max(
                0, held
            )  # a removed passage may have had a pair in forms that the engine isn't asked for
        over = self._passages.section_df(term, plain=plain) - self._dead_df("sections", term, plain)
        return min(held + over, self.stats.passages)

    def _count_articles(self, term: str, plain: bool) -> int:
        early = self._early.get((plain, counted_id(term)), 0) if self._early else 0
        return self._articles.df(term, plain=plain) - self._dead_df("articles", term, plain) - early

    def _count_dead(self, part: str, term: str, plain: bool) -> int:
        if not self._gone:
            return 0
        rows = self._epoch.store.rows(
            "SELECT sum(count) FROM dead WHERE part = ? AND plain = ? AND term = ? AND generation <= ?",
            (part, plain, counted_id(term), self.generation),
        )
        return rows[0][0] or 0

    def settled(self, compute: Callable[[], T], *, then: Callable[[T], object] | None = None) -> T:
        return compute()  # counts lie here: none is guessed

    def find(
        self, articles: Wanted, passages: Wanted, where: Filter | None = None
    ) -> tuple[list[int], list[tuple[int, int]]]:
        keys = [key for key, _ in self._best(self._articles, articles, where)]
        return keys, self._best(self._passages, passages, where)

    def _best(self, engine: EngineSearch, wanted: Wanted, where: Filter | None) -> list[Entry]:
        """Asks for more as long as removed documents take places, or the last one may be no better than another."""
        limit = with_margin(wanted.limit)
        while True:
            found = engine.best(wanted.terms, limit=limit, where=where, sections=engine is self._passages)
            alive = [one for one in found if one[1][0] not in self._gone] if self._gone else found
            if len(found) < limit or is_settled(alive, wanted.limit) or len(alive) > _MOST * wanted.limit:
                return best_entries(alive, wanted.limit)
            limit *= 2

    def terms_of(self, keys: Sequence[int]) -> TermArrays:
        flat, begins, ends = self._epoch.terms.numbers(keys)
        return TermArrays(keys, flat, begins, ends)

    def documents(self, keys: Iterable[int], *, blocks: bool = True) -> dict[int, Document]:
        return {key: self._epoch.document(key, blocks=blocks) for key in keys}

    def also(self, keys: Iterable[int]) -> dict[int, tuple[Document, ...]]:
        found: dict[int, tuple[Document, ...]] = {}
        leaders = [key for key in keys if key in self._leaders]
        if not leaders:
            return found
        for leader, key in self._epoch.store.rows(
            "SELECT leader, key FROM documents WHERE leader IN (SELECT value FROM json_each(:leaders))"
            f" AND {VISIBLE} ORDER BY id",
            {"leaders": json.dumps(leaders), "at": self.generation},
        ):
            found[leader] = (*found.get(leader, ()), self._epoch.document(key, text=False))
        return found

    @cached_property
    def _leaders(self) -> frozenset[int]:
        """Keys of documents that others are joined to; few, so that most questions ask the database nothing."""
        rows = self._epoch.store.rows(
            f"SELECT DISTINCT leader FROM documents WHERE leader IS NOT NULL AND {VISIBLE}",
            {"at": self.generation},
        )
        return frozenset(key for (key,) in rows)

    def keys(self, *, joined: bool = False) -> list[int]:
        """Keys of all documents, in the order they were added; `joined`: near-duplicates of others too."""
        alone = "" if joined else " AND leader IS NULL"
        rows = self._epoch.store.rows(
            f"SELECT key FROM documents WHERE {VISIBLE}{alone} ORDER BY key", {"at": self.generation}
        )
        return [key for (key,) in rows]

    def is_crowded(self, share: float, least: int) -> bool:
        """Whether more than this share of the engine's passages are removed ones, and at least `least`."""
        removed = self.entries - self.stats.passages
        return removed >= least and removed > share * self.entries

    def key_of(self, identity: str) -> int | None:
        rows = self._epoch.store.rows(
            f"SELECT key FROM documents WHERE id = :id AND {VISIBLE}", {"id": identity, "at": self.generation}
        )
        return int(rows[0][0]) if rows else None

    def all_documents(self) -> Iterator[Document]:
        """Every document, near-duplicates too, in the order they were added; one at a time is in memory."""
        return (self._epoch.document(key) for key in self.keys(joined=True))

    def document_count(self) -> int:
        """Of all documents, near-duplicates too."""
        return int(
            self._epoch.store.rows(
                f"SELECT count(*) FROM documents WHERE {VISIBLE}", {"at": self.generation}
            )[0][0]
        )

    def listed(self) -> Iterator[Listed]:
        """Every document, near-duplicates too, in the order they were added."""
        for row in self._epoch.store.rows(
            f"SELECT key, id, content, origin FROM documents WHERE {VISIBLE} ORDER BY key",
            {"at": self.generation},
        ):
            yield Listed(*row)

    def prepared(self, keys: Iterable[int]) -> Iterator[tuple[int, PreparedDocument]]:
        """What was written of each, in the order of the keys."""
        for key in keys:
            yield key, self._epoch.restored(key)

    def file_states(self) -> list[FileState]:
        """The files as they were when they were last indexed."""
        rows = self._epoch.store.rows(
            "SELECT origin, size, modified, hash FROM files WHERE generation <= ?", (self.generation,)
        )
        return [FileState(*row) for row in rows]

    def sources(self) -> list[SourceSummary]:
        rows = self._epoch.store.rows(
            f"SELECT source, count(*), min(nullif(day, 0)), max(day) FROM documents WHERE {VISIBLE}"
            " GROUP BY source ORDER BY count(*) DESC, source",
            {"at": self.generation},
        )
        return [
            SourceSummary(source, articles, _date(first), _date(last))
            for source, articles, first, last in rows
        ]

    def close(self) -> None:
        pass  # its files go with the index


def _date(day: int | None) -> datetime.date | None:
    return datetime.date.fromordinal(day) if day else None
