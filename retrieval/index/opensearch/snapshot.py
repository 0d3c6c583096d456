"""What does one commit in a cluster answer? The same as one on disk, in few requests."""

from __future__ import annotations

import datetime
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from retrieval.collection import CollectionStats
from retrieval.errors import IndexDamaged, SnapshotLost
from retrieval.index.edge import Scored, best_entries, with_margin
from retrieval.index.embedded.bookkeeping import Listed
from retrieval.index.opensearch import state
from retrieval.index.opensearch.counts import Dictionary, Term, count_entries
from retrieval.index.opensearch.layout import short_term
from retrieval.index.opensearch.reading import Hit, Moment, blob
from retrieval.index.opensearch.reading import field as value_of
from retrieval.index.opensearch.recent import Recent
from retrieval.index.prepare import PreparedDocument, restore, unpack_document, unpack_terms, unpack_text
from retrieval.index.protocol import SECTION, Filter, Wanted, folded_source
from retrieval.records import Document, PinnedAnswer, QueryTerm, SourceSummary
from retrieval.term_arrays import DocumentTerms, TermArrays

T = TypeVar("T")

GUESS = 1
"""What a count is taken for until it is known: most words of a question stand in the corpus, so that most of what
reading it asks for is asked for at once. With 0, every word is taken for a slip of which all likenesses are counted."""

SHORT = 40_000
"""Bytes of the longest term arrays, and of the longest text, that are kept in memory."""

_AT_ONCE = 500
"""Documents that are read in one request."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What was read of one building, whatever the commit: term arrays and stored documents by key."""

    terms: Recent[DocumentTerms] = field(default_factory=lambda: Recent(2_000))
    documents: Recent[bytes] = field(default_factory=lambda: Recent(300))


class ClusterSnapshot:
    """See `protocol.Snapshot`. `dictionary`: None where counts have to be taken of the entries."""

    def __init__(self, moment: Moment, dictionary: Dictionary | None, kept: Kept) -> None:
        self._moment, self._dictionary, self._kept = moment, dictionary, kept
        seen = moment.seen.state
        self.generation: int = seen.generation
        self.stats: CollectionStats = seen.stats
        self.pins: tuple[PinnedAnswer, ...] = seen.pins
        self._counts: dict[Term, int] = {}
        self._guessing = threading.local()
        self._also: Recent[tuple[Document, ...]] = Recent(2_000)
        self.used = time.monotonic()
        self._users, self._retired = 0, False
        self._changing = threading.Lock()

    @property
    def partial(self) -> bool:
        return self._moment.partial

    def passage_df(self, term: str, *, plain: bool) -> int:
        return min(self._count(("passages", short_term(term), plain)), max(1, self.stats.passages))

    def article_df(self, term: str, *, plain: bool) -> int:
        return self._count(("articles", short_term(term), plain))

    def _count(self, term: Term) -> int:
        known = self._counts.get(term)
        if known is not None:
            return known
        lacking: dict[Term, None] | None = getattr(self._guessing, "lacking", None)
        if lacking is not None:
            lacking[term] = None
            return GUESS
        self._learn([term])
        return self._counts[term]

    def _learn(self, terms: Iterable[Term]) -> None:
        listed = list(terms)
        count = (
            self._dictionary.count if self._dictionary else lambda terms: count_entries(self._moment, terms)
        )
        self._counts.update(count(listed))

    def settled(self, compute: Callable[[], T], *, then: Callable[[T], object] | None = None) -> T:
        if (
            getattr(self._guessing, "lacking", None) is not None
        ):  # within another one, which settles this as well
            return compute()
        while True:
            lacking: dict[Term, None] = {}
            self._guessing.lacking = lacking
            try:
                result = compute()
                settled = not lacking
                if then is not None:
                    then(result)
            except Exception:  # guesses may contradict each other
                if not lacking:
                    raise
                settled = False
            finally:
                self._guessing.lacking = None
            if lacking:
                self._learn(lacking)
            if settled:
                return result

    def find(
        self, articles: Wanted, passages: Wanted, where: Filter | None
    ) -> tuple[list[int], list[tuple[int, int]]]:
        moment, filters = self._moment, _filters(where)
        searches = [moment.state_search()]
        if articles.terms and articles.limit > 0:
            should = [_clause(term, plain="plain", marked="accented") for term in articles.terms]
            searches.append(
                moment.search(
                    "articles",
                    {"should": should, "filter": filters},
                    size=with_margin(articles.limit),
                    sort=[{"_score": "desc"}, {"key": "asc"}],
                )
            )
        if passages.terms and passages.limit > 0:
            should = [_clause(term, plain="plain", marked="accented") for term in passages.terms]
            should += [
                _clause(term, plain="section_plain", marked="section", share=SECTION)
                for term in passages.terms
                if "_" not in term.text
            ]
            searches.append(
                moment.search(
                    "passages",
                    {"should": should, "filter": filters},
                    size=with_margin(passages.limit),
                    sort=[{"_score": "desc"}, {"key": "asc"}, {"number": "asc"}],
                )
            )
        now, *found = moment.ask(*searches, kind="find")
        self._check_counted_within(now)
        rows = [[_scored(*hit["sort"]) for hit in one["hits"]["hits"]] for one in found]
        of_articles = rows.pop(0) if articles.terms and articles.limit > 0 else []
        keys = [key for key, _ in best_entries(of_articles, articles.limit)]
        return keys, best_entries(rows[0] if rows else [], passages.limit)

    def _check_counted_within(self, answer: dict[str, object]) -> None:
        """Raises SnapshotLost where a writer may have changed the dictionary while it was read for this question."""
        self.used = time.monotonic()
        if self._dictionary is None:
            return
        hits = answer["hits"]["hits"]  # type: ignore[index]
        seen = self._moment.seen.state
        if not hits or state.decoded(self._moment.client, hits[0]["_source"]["content"]).stamp != seen.stamp:
            self._moment.lost = True
            raise SnapshotLost(f"{self._moment.client.address.text}: vừa có người ghi vào đó; hãy hỏi lại")

    def terms_of(self, keys: Sequence[int]) -> TermArrays:
        listed = list(keys)
        known = {key: self._kept.terms.get(key) for key in listed}
        for hit in self._stored([key for key, terms in known.items() if terms is None], "terms"):
            key, packed = int(value_of(hit, "key")), blob(hit, "terms")
            if packed is not None:
                known[key] = terms = unpack_terms(key, packed)
                if len(packed) <= SHORT:
                    self._kept.terms.put(key, terms)
        return TermArrays.joined({key: terms.values for key, terms in known.items() if terms is not None})

    def documents(self, keys: Iterable[int], *, blocks: bool = True) -> dict[int, Document]:
        listed = list(keys)
        known = {key: self._kept.documents.get(key) for key in listed}
        lacking = [key for key, packed in known.items() if packed is None]
        joined: dict[int, tuple[Document, ...]] = {}
        for hit in self._stored(lacking, "document", joined=joined):
            key = int(value_of(hit, "key"))
            known[key] = packed = blob(hit, "document")
            if packed is not None and len(packed) <= SHORT:
                self._kept.documents.put(key, packed)
        for key in lacking:
            self._also.put(key, joined.get(key, ()))
        return {
            key: unpack_document(packed) if blocks else unpack_text(packed)[0]
            for key, packed in known.items()
            if packed is not None
        }

    def _stored(
        self, keys: Sequence[int], *columns: str, joined: dict[int, tuple[Document, ...]] | None = None
    ) -> Iterator[Hit]:
        """The entries of articles with these keys, with some columns. `joined`: takes up their near-duplicates."""
        for start in range(0, len(keys), _AT_ONCE):
            part = list(keys[start : start + _AT_ONCE])
            wanted = self._moment.search(
                "articles",
                {"filter": [{"terms": {"key": part}}]},
                size=len(part),
                sort=["_doc"],
                docvalue_fields=["key", *columns],
            )
            searches = [wanted] if joined is None else [wanted, self._joined_search(part)]
            found, *beside = self._moment.ask(*searches, kind=columns[0])
            yield from found["hits"]["hits"]
            if joined is not None:
                joined |= self._joined_in(part, beside[0]["hits"]["hits"])

    def _joined_search(self, leaders: Sequence[int]) -> tuple[dict[str, object], dict[str, object]]:
        return self._moment.search(
            "articles",
            {"filter": [{"terms": {"leader": list(leaders)}}]},
            size=_AT_ONCE,
            sort=["_doc"],
            docvalue_fields=["key", "leader", "head"],
        )

    def _joined_in(self, leaders: Sequence[int], hits: Sequence[Hit]) -> dict[int, tuple[Document, ...]]:
        """Near-duplicates of each leader, by id. Where one request doesn't hold them all, the rest is read."""
        if len(hits) == _AT_ONCE:
            query = {"filter": [{"terms": {"leader": list(leaders)}}]}
            hits = list(self._moment.pages("articles", query, ["key", "leader", "head"], "key"))
        found: dict[int, list[Document]] = {}
        for hit in hits:
            packed = blob(hit, "head")
            if packed is not None:
                document = unpack_document(packed, text=False)
                found.setdefault(int(value_of(hit, "leader")), []).append(document)
        return {
            leader: tuple(sorted(documents, key=lambda document: document.id))
            for leader, documents in found.items()
        }

    def also(self, keys: Iterable[int]) -> dict[int, tuple[Document, ...]]:
        listed = list(dict.fromkeys(keys))
        known = {key: self._also.get(key) for key in listed}
        lacking = [key for key, documents in known.items() if documents is None]
        for start in range(0, len(lacking), _AT_ONCE):
            part = lacking[start : start + _AT_ONCE]
            hits = self._moment.ask(self._joined_search(part), kind="also")[0]["hits"]["hits"]
            joined = self._joined_in(part, hits)
            for key in part:
                known[key] = joined.get(key, ())
                self._also.put(key, joined.get(key, ()))
        return {key: documents for key, documents in known.items() if documents}

    def keys(self, *, joined: bool = False) -> list[int]:
        """Keys of all documents, in the order they were added; `joined`: near-duplicates of others too."""
        query = {} if joined else {"must_not": [{"exists": {"field": "leader"}}]}
        return [int(hit["sort"][0]) for hit in self._moment.pages("articles", query, [], "key")]

    def document_count(self) -> int:
        """Of all documents, near-duplicates too."""
        search = self._moment.search("articles", {}, size=0, track_total_hits=True)
        return int(self._moment.ask(search, kind="count")[0]["hits"]["total"]["value"])

    def listed(self) -> Iterator[Listed]:
        """Every document, near-duplicates too, in the order they were added."""
        for hit in self._moment.pages("articles", {}, ["key", "id", "content", "origin"], "key"):
            content = bytes.fromhex(value_of(hit, "content"))
            yield Listed(int(value_of(hit, "key")), value_of(hit, "id"), content, value_of(hit, "origin"))

    def prepared(self, keys: Iterable[int]) -> Iterator[tuple[int, PreparedDocument]]:
        """What was written of each, in the order of the keys. Raises IndexDamaged."""
        listed = list(keys)
        found = {int(value_of(hit, "key")): hit for hit in self._stored(listed, "document", "terms", "words")}
        for key in listed:
            hit = found.get(key, {})
            document, terms, words = (blob(hit, column) for column in ("document", "terms", "words"))
            if document is None or terms is None or words is None:
                where = self._moment.client.address.text
                raise IndexDamaged(f"{where}: bài {key} không còn đủ; hãy chạy hoidap check --index {where}")
            yield key, restore(unpack_document(document), unpack_terms(key, terms), words)

    def key_of(self, identity: str) -> int | None:
        search = self._moment.search(
            "articles",
            {"filter": [{"term": {"id": identity}}]},
            size=1,
            docvalue_fields=["key"],
        )
        hits = self._moment.ask(search, kind="key")[0]["hits"]["hits"]
        return int(value_of(hits[0], "key")) if hits else None

    def sources(self) -> list[SourceSummary]:
        found: list[SourceSummary] = []
        after: dict[str, object] = {}
        days = {"filter": {"range": {"day": {"gt": 0}}}, "aggs": {"days": {"stats": {"field": "day"}}}}
        while True:
            by_source: dict[str, object] = {
                "size": 1_000,
                "sources": [{"publisher": {"terms": {"field": "publisher", "missing_bucket": True}}}],
                **after,
            }
            search = self._moment.search(
                "articles", {}, size=0, aggs={"sources": {"composite": by_source, "aggs": {"dated": days}}}
            )
            told = self._moment.ask(search, kind="sources")[0]["aggregations"]["sources"]
            for bucket in told["buckets"]:
                dated = bucket["dated"]["days"]
                known = dated["count"] > 0
                found.append(
                    SourceSummary(
                        bucket["key"]["publisher"],
                        bucket["doc_count"],
                        _date(dated["min"]) if known else None,
                        _date(dated["max"]) if known else None,
                    )
                )
            if "after_key" not in told:
                return sorted(
                    found, key=lambda one: (-one.documents, one.source is not None, one.source or "")
                )
            after = {"after": told["after_key"]}

    @property
    def is_exact(self) -> bool:
        """Whether counts come from the engine's dictionary: cheap, and exact as nothing removed lies in it."""
        return self._dictionary is not None

    @property
    def is_lost(self) -> bool:
        return self._moment.lost

    def held(self) -> ClusterSnapshot:
        """Itself, for one more who closes it."""
        with self._changing:
            self._users += 1
        return self

    def close(self) -> None:
        with self._changing:
            self._users -= 1
            last = self._retired and self._users <= 0
        if last:
            self._moment.close()

    def retire(self) -> None:
        """Nobody gets it any more: the cluster forgets its moment when the last one closes it."""
        with self._changing:
            self._retired, last = True, self._users <= 0
        if last:
            self._moment.close()


def _clause(term: QueryTerm, *, plain: str, marked: str, share: float = 1.0) -> dict[str, object]:
    field = plain if term.plain else marked
    return {"term": {field: {"value": short_term(term.text), "boost": share * term.weight}}}


def _scored(score: float, key: int, number: int = 0) -> Scored:
    return score, (key, number)


def _filters(where: Filter | None) -> list[object]:
    filters: list[object] = []
    if where is not None and where.source is not None:
        filters.append({"term": {"source": folded_source(where.source)}})
    if where is not None and (where.since is not None or where.until is not None):
        since = (where.since or datetime.date.min).toordinal()
        until = (where.until or datetime.date.max).toordinal()
        filters.append({"range": {"day": {"gte": since, "lte": until}}})
    return filters


def _date(day: float) -> datetime.date:
    return datetime.date.fromordinal(int(day))
