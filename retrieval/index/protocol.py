"""What does ranking need of an index? The seam between finding candidates and scoring them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from retrieval.records import Document, QueryTerm

TermIds = npt.NDArray[np.uint32]
"""CRC-32 of each term's UTF-8, in the order of the text."""


@dataclass(frozen=True, slots=True)
class AnalysedDocument:
    """A document with its passages and terms, ready to be indexed.

    `spans`: shape (passages, 2), character offsets. `starts`: shape (passages + 1,), where each passage's terms
    start in `accented` and `plain`; terms before `starts[0]` are the title's.
    """

    document: Document
    spans: npt.NDArray[np.uint32]
    starts: npt.NDArray[np.uint32]
    accented: tuple[str, ...]
    plain: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentTerms:
    """An indexed document without its text: what scoring reads. Arrays as in AnalysedDocument, terms as ids."""

    key: int
    spans: npt.NDArray[np.uint32]
    starts: npt.NDArray[np.uint32]
    accented: TermIds
    plain: TermIds


@dataclass(frozen=True, slots=True)
class CollectionStats:
    """Counts over the whole collection. Lengths are in terms; an article's counts its title."""

    articles: int
    passages: int
    avg_article_len: float
    avg_passage_len: float


@dataclass(frozen=True, slots=True)
class Filter:
    """Which articles may be found. `source` compares without case and marks."""

    source: str | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None


class Snapshot(Protocol):
    """One commit of an index, immutable; safe to use from several threads."""

    @property
    def generation(self) -> int: ...
    @property
    def stats(self) -> CollectionStats: ...
    def passage_df(self, term: str, *, plain: bool) -> int:
        """How many passages hold the term, or the pair "a_b". Exact right after additions and removals."""

    def article_df(self, term: str, *, plain: bool) -> int:
        """How many articles hold the term (no pairs)."""

    def find_passages(
        self, terms: Sequence[QueryTerm], *, limit: int, where: Filter | None
    ) -> list[tuple[int, int]]:
        """(document key, passage number) of the best by the engine's own BM25; terms may be pairs "a_b"."""

    def find_articles(self, terms: Sequence[QueryTerm], *, limit: int, where: Filter | None) -> list[int]:
        """Keys of the best articles by the engine's own BM25 (no pairs)."""

    def keys(self) -> list[int]:
        """Keys of all documents, in the order they were added."""

    def terms_of(self, keys: Iterable[int]) -> dict[int, DocumentTerms]: ...
    def documents(self, keys: Iterable[int]) -> dict[int, Document]: ...
    def also(self, keys: Iterable[int]) -> dict[int, tuple[Document, ...]]:
        """Documents joined to each as near-duplicates of it, without their text."""
