"""Which documents are in the index, since which commit, and where did they come from? One SQLite file.

A row is one version of a document; it isn't changed once written, but for `removed`. It is visible at
generation g when it was added at or before g and not removed at or before g. A row with a `leader` is a
near-duplicate of that row's document: it isn't in the engine, but named beside its leader.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import sqlite3
import threading
import weakref
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from types import TracebackType
from typing import Any, Literal
from zlib import crc32

from retrieval.collection import CollectionStats
from retrieval.errors import IndexDamaged
from retrieval.index.embedded.counts import Counts
from retrieval.index.embedded.readonly import may_write
from retrieval.records import PinnedAnswer
from retrieval.vietnamese.syllables import plain

STORE = "store.db"

VISIBLE = "added <= :at AND (removed IS NULL OR removed > :at)"
"""Holds for the rows that are visible at generation `:at`."""

LIVE = "removed IS NULL"
"""Holds for the rows that are visible to the one writer, with what it has done so far."""

_PINS = """
CREATE TABLE IF NOT EXISTS pins(
    id INTEGER PRIMARY KEY AUTOINCREMENT, questions TEXT NOT NULL, text TEXT NOT NULL, source TEXT NOT NULL,
    day TEXT NOT NULL);
"""
"""Made when the first answer is pinned, so that indexes of before stay readable."""

_SCHEMA = """
CREATE TABLE documents(
    key INTEGER PRIMARY KEY, id TEXT NOT NULL, origin TEXT, content BLOB NOT NULL,
    source TEXT, day INTEGER NOT NULL,
    passages INTEGER NOT NULL, article_terms INTEGER NOT NULL, passage_terms INTEGER NOT NULL,
    leader INTEGER, added INTEGER NOT NULL, removed INTEGER);
CREATE INDEX documents_id ON documents(id);
CREATE INDEX documents_added ON documents(added);
CREATE INDEX documents_origin ON documents(origin) WHERE origin IS NOT NULL;
CREATE INDEX documents_leader ON documents(leader) WHERE leader IS NOT NULL;
CREATE INDEX documents_removed ON documents(removed) WHERE removed IS NOT NULL;
CREATE TABLE bands(band INTEGER NOT NULL, key INTEGER NOT NULL, PRIMARY KEY(band, key)) WITHOUT ROWID;
CREATE TABLE files(
    origin TEXT PRIMARY KEY, size INTEGER NOT NULL, modified INTEGER NOT NULL, hash BLOB NOT NULL,
    generation INTEGER NOT NULL);
CREATE TABLE dead(
    part TEXT NOT NULL, plain INTEGER NOT NULL, term INTEGER NOT NULL, generation INTEGER NOT NULL,
    count INTEGER NOT NULL, PRIMARY KEY(part, plain, term, generation)) WITHOUT ROWID;
CREATE TABLE commits(
    generation INTEGER PRIMARY KEY, articles INTEGER NOT NULL, passages INTEGER NOT NULL,
    article_terms INTEGER NOT NULL, passage_terms INTEGER NOT NULL, at TEXT NOT NULL);
CREATE TABLE forms(plain TEXT NOT NULL, form TEXT NOT NULL, PRIMARY KEY(plain, form)) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over the visible documents that are in the engine."""

    articles: int = 0
    passages: int = 0
    article_terms: int = 0
    passage_terms: int = 0

    def __add__(self, other: Totals) -> Totals:
        return Totals(
            self.articles + other.articles,
            self.passages + other.passages,
            self.article_terms + other.article_terms,
            self.passage_terms + other.passage_terms,
        )

    def __sub__(self, other: Totals) -> Totals:
        return self + Totals(-other.articles, -other.passages, -other.article_terms, -other.passage_terms)

    @property
    def stats(self) -> CollectionStats:
        return CollectionStats(
            articles=self.articles,
            passages=self.passages,
            avg_article_len=self.article_terms / max(1, self.articles),
            avg_passage_len=self.passage_terms / max(1, self.passages),
        )


@dataclass(frozen=True, slots=True)
class FileState:
    """A file and the side-cars that speak for it, as they are. `modified`: their newest time, in ns."""

    origin: str
    size: int
    modified: int
    hash: bytes = b""


class _Named:
    """One statement at a time, and errors of the database as IndexDamaged. A class, as most statements take no longer
    than entering a generator's context.
    """

    __slots__ = ("_lock", "_path")

    def __init__(self, lock: threading.RLock, path: Path | None) -> None:
        self._lock, self._path = lock, path

    def __enter__(self) -> None:
        self._lock.acquire()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._lock.release()
        if isinstance(error, sqlite3.DatabaseError):
            raise IndexDamaged(
                f"{self._path or 'chỉ mục trong bộ nhớ'}: {error}; hãy chạy hoidap check"
            ) from error


class Store:
    """The SQLite file, or (`path=None`) the same in memory. One connection behind a lock: safe from all
    threads.
    """

    def __init__(self, path: Path | None, *, create: bool = False) -> None:
        self.path = path
        self._lock = threading.RLock()
        self._named = _Named(self._lock, path)
        if path and not create and not path.is_file():
            raise IndexDamaged(f"{path}: không có; hãy lập chỉ mục lại từ các tệp gốc")
        with self._named:
            self._db = sqlite3.connect(
                _address(path),
                uri=path is not None,
                check_same_thread=False,
                isolation_level=None,
                timeout=30.0,
            )
            self._release = weakref.finalize(self, _close, self._db, _hold(path))
            if create:
                self._db.execute("PRAGMA page_size=8192")
                self._db.execute("PRAGMA journal_mode=WAL")
                self._db.executescript(_SCHEMA)
            self._db.execute("PRAGMA synchronous=FULL")
            self._db.execute("PRAGMA wal_autocheckpoint=4000")

    def rows(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> list[tuple[Any, ...]]:
        """All that a statement gives. Raises IndexDamaged."""
        with self._named:
            return self._db.execute(sql, parameters).fetchall()

    def write(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> int:
        """Does one statement; returns how many rows it changed."""
        with self._named:
            return self._db.execute(sql, parameters).rowcount

    def write_all(self, sql: str, parameters: Iterable[Sequence[Any]]) -> None:
        with self._named:
            self._db.executemany(sql, parameters)

    def begin(self) -> None:
        """Begins a transaction, unless one is under way: what follows is on the disk after `commit`, or not
        at all.
        """
        with self._named:
            if not self._db.in_transaction:
                self._db.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        with self._named:
            if self._db.in_transaction:
                self._db.execute("COMMIT")

    def rollback(self) -> None:
        with self._named:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")

    @contextlib.contextmanager
    def reading(self) -> Iterator[None]:
        """All reads in the block see the same moment."""
        with self._named:
            begun = not self._db.in_transaction
            if begun:
                self._db.execute("BEGIN")
            try:
                yield
            finally:
                if begun:
                    self._db.execute("COMMIT")

    def totals(self, generation: int) -> Totals:
        """The totals of a commit. Raises IndexDamaged when there is no such commit."""
        if generation == 0:
            return Totals()
        found = self.rows(
            "SELECT articles, passages, article_terms, passage_terms FROM commits WHERE generation = ?",
            (generation,),
        )
        if not found:
            raise IndexDamaged(f"{self.path}: thiếu lần ghi {generation}; hãy lập chỉ mục lại từ các tệp gốc")
        return Totals(*found[0])

    def add_forms(self, marked: Iterable[str]) -> None:
        """Keeps terms that have marks for `forms_of`."""
        self.write_all("INSERT OR IGNORE INTO forms VALUES (?, ?)", ((plain(term), term) for term in marked))

    def forms_of(self, term: str) -> list[str]:
        """The terms that are this one without their marks, itself first; none where it has marks. Of some no entry may
        be left."""
        found = self.rows("SELECT form FROM forms WHERE plain = ? ORDER BY form", (term,))
        return [term, *(form for (form,) in found)] if plain(term) == term else []

    def pins(self) -> tuple[PinnedAnswer, ...]:
        """What operators have pinned, the oldest first."""
        if not self.rows("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'pins'"):
            return ()
        return tuple(
            PinnedAnswer(number, tuple(json.loads(questions)), text, source, datetime.date.fromisoformat(day))
            for number, questions, text, source, day in self.rows(
                "SELECT id, questions, text, source, day FROM pins ORDER BY id"
            )
        )

    def pin(self, answer: PinnedAnswer) -> int:
        """Keeps an answer from the next `commit` on; returns its id: the next one where it has 0."""
        self.begin()
        self.write(_PINS)
        questions = json.dumps(answer.questions, ensure_ascii=False)
        row = (answer.id or None, questions, answer.text, answer.source, answer.pinned.isoformat())
        added = self.rows("INSERT INTO pins VALUES (?, ?, ?, ?, ?) RETURNING id", row)
        return int(added[0][0])

    def unpin(self, number: int) -> bool:
        """Forgets it from the next `commit` on; says whether there was one."""
        self.begin()
        self.write(_PINS)
        return self.write("DELETE FROM pins WHERE id = ?", (number,)) > 0

    def check_pages(self) -> None:
        """Raises IndexDamaged where the file's structure is broken. Reads all of it."""
        found = self.rows("PRAGMA integrity_check(1)")
        if found != [("ok",)]:
            raise IndexDamaged(
                f"{self.path}: {' '.join(str(found[0][0]).split())}; hãy lập chỉ mục lại từ các tệp gốc"
            )

    def settle(self) -> bool:
        """Moves everything from the write-ahead log into the file itself; says whether all could be moved."""
        return bool(self.rows("PRAGMA wal_checkpoint(TRUNCATE)")[0][0] == 0)

    def close(self) -> None:
        with self._lock:
            self._release()


_registry = threading.RLock()
_connections: Counter[Path] = Counter()
_kept: dict[Path, FileIO] = {}
"""Files that must stay open: closing any descriptor of a file drops all locks that this process has on
it (POSIX), and with them those of SQLite's connections (sqlite.org/howtocorrupt.html, section 2.2).
"""


def _hold(path: Path | None) -> Path | None:
    """Counts a connection to the file."""
    if path is not None:
        path = path.resolve()
        with _registry:
            _connections[path] += 1
    return path


def _close(connection: sqlite3.Connection, path: Path | None) -> None:
    connection.close()
    if path is not None:
        with _registry:
            _connections[path] -= 1
            if not _connections[path] and path in _kept:
                _kept.pop(path).close()


def checksum(path: Path) -> int:
    """CRC-32 of a database's file, read so that no connection to it is disturbed. Raises FileNotFoundError."""
    path = path.resolve()
    with _registry:
        file = _kept[path] if path in _kept else FileIO(path)
        file.seek(0)
        crc = 0
        while chunk := file.read(1 << 20):
            crc = crc32(chunk, crc)
        if _connections[path]:
            _kept[path] = file
        else:
            file.close()
            _kept.pop(path, None)
    return crc


def add_dead(
    store: Store,
    part: Literal["passages", "sections", "articles"],
    plain: bool,
    generation: int,
    counts: Counts,
) -> None:
    """Adds to the counts that are taken off the engine's from `generation` on."""
    ids, numbers = counts
    store.write_all(
        "INSERT INTO dead VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count",
        ((part, plain, i, generation, n) for i, n in zip(ids.tolist(), numbers.tolist(), strict=True)),
    )


def _address(path: Path | None) -> str:
    """Where this user may not write beside the database, it is read without a lock, unless somebody else writes."""
    if path is None:
        return ":memory:"
    if may_write(path.parent):
        return path.absolute().as_uri()
    log = path.with_name(f"{path.name}-wal")
    return path.absolute().as_uri() + ("?mode=ro" if log.exists() else "?immutable=1")
