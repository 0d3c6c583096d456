"""What was understood and answered of late? Many people ask the same, and one commit gives each of them the same."""

from __future__ import annotations

import sys
import threading
import weakref
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import TypeVar, cast

from retrieval.index.protocol import Snapshot
from retrieval.records import Answer, Document, Hit, Query

MOST = 16_000_000
"""Bytes that are kept, about: the texts of eight long laws, or a thousand answers from short articles."""

RECORD, HIT = 4_000, 1_200
"""Bytes of a query with what was typed, and of each hit without its document. Measured on the gate's questions: an
answer of five hits takes 7 kB, its query's 3 among it."""

_TERMS = 4
"""Times the letters typed that a question's terms take with them. Measured on questions of 8,700 letters."""
_BLOCK = 130
"""Bytes of a document's block."""

T = TypeVar("T", Query, Answer)
Held = Query | Answer


class Remembered:
    """The queries and answers of one commit that were asked for last, in memory alone; safe from several threads.

    A document that several answers show is held once. `most`: bytes, by what they are reckoned at above.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most, self._size = most, 0
        self._commit: Callable[[], Snapshot | None] = lambda: None
        self._held: OrderedDict[Hashable, Held] = OrderedDict()
        self._documents: dict[str, tuple[Document, int]] = {}
        """By id, each with how many hits show it."""
        self._lock = threading.Lock()

    def recall(self, snapshot: Snapshot, key: Hashable, make: Callable[[], T]) -> T:
        """What `make()` gives, which `snapshot` and `key` decide alone; made once for the two as long as it is kept.

        What a snapshot gives that lacks a part of the corpus isn't kept, nor what raises, nor what alone would take all
        the room, nor where the key can't be told from others: a program may make a query with a list in it.
        """
        try:
            hash(key)
        except TypeError:
            return make()
        with self._lock:
            if self._commit() is not snapshot:
                self._forget()
                self._commit = weakref.ref(snapshot)
            held = self._held.get(key)
            if held is not None:
                self._held.move_to_end(key)
                return cast(T, held)
        made = make()
        with self._lock:
            if self._commit() is not snapshot or snapshot.partial or key in self._held:
                return made
            if sum(_weight(hit.document) for hit in _hits(made)) > self._most:
                return made
            kept = self._taking(made)
            self._held[key] = kept
            self._size += _size_of(key, kept)
            while self._size > self._most:
                self._drop(*self._held.popitem(last=False))
        return cast(T, kept)

    def forget(self) -> None:
        """Keeps nothing of what there was."""
        with self._lock:
            self._forget()

    def _forget(self) -> None:
        self._held.clear()
        self._documents.clear()
        self._commit, self._size = lambda: None, 0

    def _taking(self, made: Held) -> Held:
        """The same, with the documents that are held already in place of its own."""
        if isinstance(made, Query):
            return made
        return replace(made, hits=tuple(map(self._sharing, made.hits)))

    def _sharing(self, hit: Hit) -> Hit:
        document, users = self._documents.get(hit.document.id, (hit.document, 0))
        self._documents[document.id] = document, users + 1
        if not users:
            self._size += _weight(document)
        return hit if document is hit.document else replace(hit, document=document)

    def _drop(self, key: Hashable, held: Held) -> None:
        self._size -= _size_of(key, held)
        for hit in _hits(held):
            document, users = self._documents.pop(hit.document.id)
            if users > 1:
                self._documents[document.id] = document, users - 1
            else:
                self._size -= _weight(document)


def _hits(held: Held) -> tuple[Hit, ...]:
    return held.hits if isinstance(held, Answer) else ()


def _size_of(key: Hashable, held: Held) -> int:
    """Of a key and its value without documents: what was typed may be a whole pasted text, whose terms take more."""
    typed = sum(map(sys.getsizeof, key if isinstance(key, tuple) else ()))
    return RECORD + _TERMS * typed + HIT * len(_hits(held))


def _weight(document: Document) -> int:
    return (
        sys.getsizeof(document.text)
        + _BLOCK * len(document.blocks)
        + sum(map(sys.getsizeof, document.meta.values()))
    )
