"""What is known of each document, and since which commit? One SQLite file; rows aren't changed once written.

A document is visible at generation g when it was added at or before g and not removed at or before g.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import sqlite3
import threading
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from retrieval.errors import IndexDamaged
from retrieval.index.protocol import CollectionStats
from retrieval.records import Document, Kind

_SCHEMA = """
CREATE TABLE documents(
    key INTEGER PRIMARY KEY, id TEXT NOT NULL, metadata BLOB NOT NULL, text BLOB NOT NULL, crc INTEGER NOT NULL,
    passages INTEGER NOT NULL, passage_terms INTEGER NOT NULL, article_terms INTEGER NOT NULL,
    added INTEGER NOT NULL, removed INTEGER);
CREATE INDEX documents_id ON documents(id);
CREATE INDEX documents_added ON documents(added);
CREATE INDEX documents_removed ON documents(removed) WHERE removed IS NOT NULL;
CREATE TABLE dead(
    part TEXT NOT NULL, plain INTEGER NOT NULL, term INTEGER NOT NULL, generation INTEGER NOT NULL,
    count INTEGER NOT NULL, PRIMARY KEY(part, plain, term, generation)) WITHOUT ROWID;
CREATE TABLE commits(
    generation INTEGER PRIMARY KEY, articles INTEGER NOT NULL, passages INTEGER NOT NULL,
    article_terms INTEGER NOT NULL, passage_terms INTEGER NOT NULL, at TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over the visible documents; the averages are made from them."""

    articles: int = 0
    passages: int = 0
    article_terms: int = 0
    passage_terms: int = 0

    def plus(self, other: Totals, sign: int = 1) -> Totals:
        return Totals(
            self.articles + sign * other.articles,
            self.passages + sign * other.passages,
            self.article_terms + sign * other.article_terms,
            self.passage_terms + sign * other.passage_terms,
        )

    @property
    def stats(self) -> CollectionStats:
        return CollectionStats(
            articles=self.articles,
            passages=self.passages,
            avg_article_len=self.article_terms / max(1, self.articles),
            avg_passage_len=self.passage_terms / max(1, self.passages),
        )


class Store:
    """The SQLite file, or (`path=None`) the same in memory. One connection behind a lock: safe from all threads."""

    def __init__(self, path: Path | None, *, create: bool = False) -> None:
        self.path = path
        self._lock = threading.RLock()
        if path and not create and not path.exists():
            raise IndexDamaged(f"{path}: missing; build the index anew from the original files")
        with self._named():
            self._db = sqlite3.connect(str(path or ":memory:"), check_same_thread=False, isolation_level=None)
            if create:
                self._db.execute("PRAGMA page_size=16384")
                self._db.executescript(_SCHEMA)
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=FULL")

    @contextlib.contextmanager
    def _named(self) -> Iterator[None]:
        with self._lock:
            try:
                yield
            except sqlite3.DatabaseError as error:
                raise IndexDamaged(f"{self.path or 'index in memory'}: {error}; run hoidap check") from error

    def rows(self, sql: str, parameters: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
        """Everything that a SELECT finds. Raises IndexDamaged."""
        with self._named():
            return self._db.execute(sql, tuple(parameters)).fetchall()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All of what is done in it, on the disk when it ends; nothing of it when it fails."""
        with self._named():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def documents(self, keys: Iterable[int], *, text: bool = True) -> dict[int, Document]:
        """Documents by key; without their text when that isn't asked for. Raises IndexDamaged."""
        wanted = json.dumps(list(keys))
        rows = self.rows(
            f"SELECT key, metadata, {'text' if text else 'NULL'}, crc FROM documents"
            " WHERE key IN (SELECT value FROM json_each(?))",
            (wanted,),
        )
        return {key: self._document(key, metadata, body, crc) for key, metadata, body, crc in rows}

    def _document(self, key: int, metadata: bytes, text: bytes | None, crc: int) -> Document:
        if text is not None and zlib.crc32(text, zlib.crc32(metadata, key)) != crc:
            raise IndexDamaged(f"{self.path}: document {key} is not what was written; run hoidap check")
        return document_from(metadata, zlib.decompress(text).decode() if text is not None else "")

    def totals(self, generation: int) -> Totals:
        found = self.rows(
            "SELECT articles, passages, article_terms, passage_terms FROM commits WHERE generation = ?",
            (generation,),
        )
        if not found and generation:
            raise IndexDamaged(f"{self.path}: commit {generation} is missing; run hoidap check")
        return Totals(*found[0]) if found else Totals()

    def close(self) -> None:
        with self._lock:
            self._db.close()


def row_of(key: int, document: Document) -> tuple[bytes, bytes, int]:
    """(metadata, text, CRC) as a row holds them."""
    metadata = json.dumps(
        [
            document.id,
            document.title,
            document.source,
            document.published and document.published.isoformat(),
            document.mentioned and document.mentioned.isoformat(),
            document.url,
            document.author,
            document.kind,
        ],
        ensure_ascii=False,
    ).encode()
    text = zlib.compress(document.text.encode(), 1)
    return metadata, text, zlib.crc32(text, zlib.crc32(metadata, key))


def document_from(metadata: bytes, text: str) -> Document:
    """The document of a row."""
    identity, title, source, published, mentioned, url, author, kind = json.loads(metadata)
    return Document(
        id=identity,
        text=text,
        title=title,
        source=source,
        published=_date(published),
        mentioned=_date(mentioned),
        url=url,
        author=author,
        kind=cast(Kind, kind),
    )


def _date(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None
