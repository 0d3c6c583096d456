"""How do documents get into the cluster and out, so that a commit is all or nothing?

Entries first, with the generation that they will belong to, which nobody reads yet; then the books; then the state,
which makes them count and names what is gone; then what is gone is removed. A writer that is killed leaves entries
beyond the last commit, or removed ones: both are told by the state, and cleared by the next writer.
"""

from __future__ import annotations

import base64
import contextlib
import datetime
import os
import platform
import threading
import time
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import astuple

from msgspec.structs import replace

from retrieval.errors import IndexDamaged, IndexError_
from retrieval.index.embedded.bookkeeping import Bookkeeper
from retrieval.index.opensearch import state
from retrieval.index.opensearch.books import open_books
from retrieval.index.opensearch.bulk import Bulk
from retrieval.index.opensearch.client import Client
from retrieval.index.opensearch.layout import articles_of, entry_id, passages_of, short_terms
from retrieval.index.opensearch.reading import Moment, blob
from retrieval.index.opensearch.recent import Recent
from retrieval.index.opensearch.state import LEASE, Holder, Seen
from retrieval.index.prepare import (
    PreparedDocument,
    pack_head,
    plain_terms,
    restore,
    unpack_document,
    unpack_terms,
)
from retrieval.index.protocol import folded_source
from retrieval.settings import Settings
from retrieval.term_arrays import DocumentTerms

_SENT_AT_ONCE = 200
"""Documents whose roles may still change cheaply: they are kept back until so many are new."""
_MERGED = 1_000
"""Passages; fewer lie in few pieces."""
_PIECE = 2_500_000
"""Passages of about 5 GB, beyond which the cluster merges nothing by itself."""

WRITING: set[str] = set()
"""Tokens of this process's writers that are at work: one whose end the cluster wasn't told is known by it."""


class ClusterWriter(Bookkeeper):
    """See `protocol.Writer`. `taken`: the state, in which this writer is named as the one that writes."""

    def __init__(self, client: Client, taken: Seen, settings: Settings, *, after: int = 0) -> None:
        self._client, self._settings, self._seen = client, settings.opensearch, taken
        self._building = taken.building
        self._token = taken.state.holder.token if taken.state.holder else ""
        self._articles, self._passages = articles_of(taken.building), passages_of(taken.building)
        self._stating = threading.RLock()
        self._bulk = Bulk(client, settings.opensearch, before=self._show_itself)
        self._entered = 0
        self._pending: dict[int, PreparedDocument] = {}
        self._recent: Recent[DocumentTerms] = Recent(2_000)
        try:
            self._clear()
            moment = Moment(client, self._seen, settings.opensearch)
            try:
                store = open_books(moment, self._seen, settings.opensearch)
            finally:
                moment.close()
        except BaseException:
            self._bulk.close()
            self._let_go()
            raise
        generation = self._seen.state.generation
        super().__init__(
            store,
            join=settings.index.join_near_duplicates,
            generation=generation,
            following=max(self._seen.state.following, after + 1),
        )

    def _clear(self) -> None:
        """Removes what a writer before left that is in no commit, or no longer."""
        before = self._seen.state
        if not (before.gone or before.touched or before.void):
            return
        self._client.ask("POST", f"/{self._articles},{self._passages}/_refresh", kind="refresh")
        beyond: list[object] = [{"range": {"added": {"gt": before.generation}}}]
        if before.gone:
            beyond.append({"terms": {"key": list(before.gone)}})
        if before.void:
            beyond.append({"terms": {"added": list(before.void)}})
        query = {"bool": {"should": beyond, "minimum_should_match": 1}}
        for name in (self._articles, self._passages):
            self._delete_found(name, query)
        self._bulk.wait()
        self._client.ask("POST", f"/{self._articles},{self._passages}/_refresh", kind="refresh")
        self._write(gone=(), touched=False)

    def _delete_found(self, name: str, query: Mapping[str, object]) -> None:
        after: list[object] | None = None
        while True:
            sort = [{"key": "asc"}, *([{"number": "asc"}] if name == self._passages else [])]
            body: dict[str, object] = {"query": query, "size": 5_000, "sort": sort, "_source": False}
            if after:
                body["search_after"] = after
            hits = self._client.ask("POST", f"/{name}/_search", body, kind="clear")["hits"]["hits"]
            for hit in hits:
                self._bulk.delete(name, hit["_id"])
            if not hits:
                return
            after = hits[-1]["sort"]

    def _write(self, **changes: object) -> None:
        """Writes the state with changes. Raises IndexLocked where this writer isn't the one any more."""
        with self._stating:
            holder = self._seen.state.holder
            if holder is not None and "holder" not in changes:
                changes["holder"] = Holder(holder.token, holder.process, holder.host, time.time() + LEASE)
            self._seen = state.write(
                self._client, self._building, replace(self._seen.state, **changes), self._seen
            )

    def _show_itself(self) -> None:
        """Before entries are sent: that this writer lives, and that the cluster holds more than the commit.

        One that was paused learns here that another took its place. What it was sending meanwhile lies in a void
        generation.
        """
        with self._stating:
            now = self._seen.state
            if not now.touched or now.holder is None or now.holder.until - time.time() < 0.75 * LEASE:
                self._write(touched=True)

    # what is stored

    def terms_of(self, key: int) -> DocumentTerms:
        pending = self._pending.get(key)
        if pending is not None:
            return unpack_terms(key, pending.terms)
        known = self._recent.get(key)
        if known is None:
            (packed,) = self._read(key, "terms")
            known = unpack_terms(key, packed)
            self._recent.put(key, known)
        return known

    def _restored(self, key: int) -> PreparedDocument:
        pending = self._pending.get(key)
        if pending is not None:
            return pending
        document, terms, words = self._read(key, "document", "terms", "words")
        return restore(unpack_document(document), unpack_terms(key, terms), words)

    def _read(self, key: int, *columns: str) -> list[bytes]:
        """Columns of a document that was sent, committed or not."""
        body = {
            "query": {
                "bool": {
                    "filter": [{"term": {"key": key}}],
                    "must_not": [{"terms": {"added": list(self._seen.state.void)}}],
                }
            },
            "size": 1,
            "_source": False,
            "docvalue_fields": list(columns),
        }
        for attempt in range(2):
            if attempt:
                self._bulk.wait()
                self._client.ask("POST", f"/{self._articles}/_refresh", kind="refresh")
            hits = self._client.ask("POST", f"/{self._articles}/_search", body, kind="restore")["hits"][
                "hits"
            ]
            if hits:
                found = [blob(hits[0], column) for column in columns]
                if all(found):
                    return [one for one in found if one]
        raise IndexDamaged(
            f"{self._client.address.text}: bài {key} có trong sổ mà không có trong cụm; hãy chạy hoidap check"
        )

    def _keep(self, key: int, prepared: PreparedDocument) -> None:
        if len(self._pending) >= _SENT_AT_ONCE:
            self._send()
        self._pending[key] = prepared

    def _enter(self, key: int, prepared: PreparedDocument) -> None:
        self._pending[key] = prepared

    def _relead(self, key: int) -> None:
        self._pending[key] = self._restored(key)

    def _send(self) -> None:
        """Sends what is kept back, in the roles that it has now."""
        if not self._pending:
            return
        self._show_itself()
        for key, prepared in self._pending.items():
            origin, leader, removed = self.store.rows(
                "SELECT origin, leader, removed FROM documents WHERE key = ?", (key,)
            )[0]
            if removed is None:
                self._put(key, prepared, origin, leader)
        self._pending = {}

    def _put(self, key: int, one: PreparedDocument, origin: str | None, leader: int | None) -> None:
        common = {
            "key": key,
            "added": self._next,
            "day": one.day,
            "source": folded_source(one.source or ""),
        }
        article: dict[str, object] = {
            **common,
            "id": one.id,
            "content": one.content.hex(),
            "passages": len(one.accented),
            "article_terms": one.article_terms,
            "passage_terms": one.passage_terms,
            "bands": one.bands,
            "document": base64.b64encode(one.text).decode(),
            "terms": base64.b64encode(one.terms).decode(),
            "words": base64.b64encode(one.words).decode(),
        }
        if one.source is not None:
            article["publisher"] = one.source
        if origin is not None:
            article["origin"] = origin
        if leader is not None:
            article["leader"] = leader
            article["head"] = base64.b64encode(pack_head(one.text)).decode()
        else:
            article |= {
                "accented": short_terms(one.article),
                "plain": short_terms(one.article_plain),
            }
            for number, (accented, section) in enumerate(zip(one.accented, one.section, strict=True)):
                passage = {
                    **common,
                    "number": number,
                    "accented": short_terms(accented),
                    "plain": short_terms(plain_terms(accented)),
                    "section": short_terms(section),
                    "section_plain": short_terms(plain_terms(section)),
                }
                self._bulk.put(self._passages, entry_id(self._next, key, number), passage)
            self._entered += len(one.accented)
        self._bulk.put(self._articles, entry_id(self._next, key), article)

    # what counts

    def commit(self) -> int:
        """Makes everything visible at once; returns the generation. Nothing to do: the same as before."""
        pins = self.store.pins()
        if not self._changed:
            self.store.commit()
            if pins != self._seen.state.pins:
                self._write(pins=pins)
            return self.generation
        self._send()
        self._bulk.wait()
        self._refresh()
        gone = self.store.rows(
            "SELECT key, passages, leader IS NULL, added FROM documents WHERE removed = ?", (self._next,)
        )
        token = f"{datetime.datetime.now(datetime.UTC).isoformat(timespec='seconds')} {uuid.uuid4().hex}"
        self.store.write(
            "INSERT INTO commits VALUES (?, ?, ?, ?, ?, ?)", (self._next, *astuple(self._totals), token)
        )
        self.store.commit()
        totals = self._totals
        self._write(
            commit=token,
            generation=self._next,
            articles=totals.articles,
            passages=totals.passages,
            article_terms=totals.article_terms,
            passage_terms=totals.passage_terms,
            gone=tuple(key for key, *_ in gone),
            pins=pins,
            touched=True,
            complete=True,
        )
        self.generation, self._next = self._next, self._next + 1
        if gone:
            self._remove_gone((key, count if entered else 0, added) for key, count, entered, added in gone)
        self._write(gone=(), touched=False)
        self.store.begin()
        self.store.write("DELETE FROM documents WHERE removed <= ?", (self.generation,))
        self.store.commit()
        self._withdrawn.clear()
        self._changed = False
        self.pending_passages = 0
        return self.generation

    def _remove_gone(self, gone: Iterable[tuple[int, int, int]]) -> None:
        """`gone`: key, number of passages and generation of each."""
        for key, passages, added in gone:
            self._bulk.delete(self._articles, entry_id(added, key))
            for number in range(passages):
                self._bulk.delete(self._passages, entry_id(added, key, number))
        self._bulk.wait()
        self._refresh()

    def _refresh(self) -> None:
        """All copies show what they were sent; tried again while one of them can't."""
        deadline = time.monotonic() + self._settings.timeout_seconds * 6
        while True:
            told = self._client.ask(
                "POST",
                f"/{self._articles},{self._passages}/_refresh",
                kind="refresh",
                seconds=self._settings.timeout_seconds * 6,
            )
            if not told["_shards"]["failed"]:
                return
            if time.monotonic() > deadline:
                self._client.raise_for(503, told)
            time.sleep(0.5)

    def merge(self) -> None:
        """Where most of what is there was added by this writer, has the cluster make one piece of each shard's many: a
        question that looks into ten takes half as long again. Goes on by itself where it takes long."""
        passages = self._totals.passages
        if self._entered < _MERGED or 2 * self._entered < passages:
            return
        pieces = 1 + passages // (self._settings.shards * _PIECE)
        with contextlib.suppress(IndexError_):  # not needed for right answers
            self._client.ask(
                "POST",
                f"/{self._articles},{self._passages}/_forcemerge",
                kind="merge",
                params={"max_num_segments": str(pieces)},
                seconds=LEASE,
                patient=False,
            )
            self._refresh()

    def close(self) -> None:
        """Drops what isn't committed, and lets others write."""
        try:
            self._bulk.close()
            self.store.rollback()
            self.store.settle()
            self.store.close()
        finally:
            self._let_go()

    def _let_go(self) -> None:
        WRITING.discard(self._token)
        with contextlib.suppress(IndexError_):  # else the lease ends by itself
            self._write(holder=None)


def holder() -> Holder:
    """This process, as one that writes."""
    return Holder(uuid.uuid4().hex, os.getpid(), platform.node(), time.time() + LEASE)
