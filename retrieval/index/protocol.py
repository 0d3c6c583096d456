"""What does ranking need of an index? The seam between finding candidates and scoring them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from retrieval.collection import CollectionStats, DocumentTerms
from retrieval.records import Document, PinnedAnswer, QueryTerm


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
    @property
    def pins(self) -> tuple[PinnedAnswer, ...]:
        """What operators have pinned, the oldest first."""

    def passage_df(self, term: str, *, plain: bool) -> int:
        """How many passages hold the term, or the pair "a_b"; one under a heading with the term counts as well.

        Exact right after additions and removals.
        """

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
    def documents(self, keys: Iterable[int], *, blocks: bool = True) -> dict[int, Document]:
        """`blocks`: with them; a long law has thousands, and ranking needs none."""

    def also(self, keys: Iterable[int]) -> dict[int, tuple[Document, ...]]:
        """Documents joined to each as near-duplicates of it, without their text."""
