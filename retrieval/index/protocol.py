"""What does ranking need of an index? The seam between finding candidates and scoring them."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol, TypeVar

from retrieval.collection import AnalysedDocument, CollectionStats
from retrieval.records import Document, PinnedAnswer, QueryTerm, SourceSummary
from retrieval.term_arrays import TermArrays
from retrieval.vietnamese.characters import as_meant
from retrieval.vietnamese.syllables import strip_marks

T = TypeVar("T")

SECTION = 0.5
"""What a word in the headings over a passage counts beside one in the passage, when candidates are looked for."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which articles may be found. `source` compares without case and marks."""

    source: str | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """The best `limit` by the engine's own BM25 of these terms."""

    terms: Sequence[QueryTerm]
    limit: int


def folded_source(source: str) -> str:
    """A source's name as filters compare it: without case and marks."""
    return " ".join(strip_marks(as_meant(source)).lower().split())


class Snapshot(Protocol):
    """One commit of an index, immutable; safe to use from several threads. Who took it closes it.

    Each method may raise SnapshotLost: what it reads from is gone, and a new snapshot answers.
    """

    @property
    def generation(self) -> int: ...
    @property
    def stats(self) -> CollectionStats: ...
    @property
    def partial(self) -> bool:
        """Whether a part of what it was asked couldn't be read, and was left out as the settings say."""

    @property
    def pins(self) -> tuple[PinnedAnswer, ...]:
        """What operators have pinned, the oldest first."""

    def passage_df(self, term: str, *, plain: bool) -> int:
        """How many passages hold the term, or the pair "a_b"; one under a heading with the term counts as well.

        Exact right after additions and removals; in a folder, a pair without marks is counted in the forms that it
        mostly has, and removed ones in all.
        """

    def article_df(self, term: str, *, plain: bool) -> int:
        """How many articles hold the term (no pairs)."""

    def settled(self, compute: Callable[[], T], *, then: Callable[[T], object] | None = None) -> T:
        """What `compute()` gives, which depends on this snapshot's counts and nothing else that changes.

        Where counts come from far away, it is run with guesses for those that aren't known, the true ones are read
        together, and it is run again, until it has asked for none that wasn't known. `then`: what will be made of the
        result next; its counts are read along with the others.
        """

    def find(
        self, articles: Wanted, passages: Wanted, where: Filter | None
    ) -> tuple[list[int], list[tuple[int, int]]]:
        """Keys of the best articles, and (document key, passage number) of the best passages.

        Terms of passages may be pairs "a_b", those of articles not.
        """

    def keys(self) -> list[int]:
        """Keys of all documents, in the order they were added."""

    def terms_of(self, keys: Sequence[int]) -> TermArrays: ...
    def documents(self, keys: Iterable[int], *, blocks: bool = True) -> dict[int, Document]:
        """`blocks`: with them; a long law has thousands, and ranking needs none."""

    def also(self, keys: Iterable[int]) -> dict[int, tuple[Document, ...]]:
        """Documents joined to each as near-duplicates of it, without their text."""

    def key_of(self, identity: str) -> int | None:
        """The key of the document with this id, a near-duplicate of another too."""

    def sources(self) -> list[SourceSummary]:
        """Every source, most articles first."""

    def close(self) -> None:
        """Lets go of what is kept for it. Called once by each who took it."""


class Writer(Protocol):
    """Collects additions and removals; `commit` makes them visible together."""

    def add(self, analysed: AnalysedDocument) -> None:
        """Adds the document, in place of one with the same id."""

    def remove(self, ids: Iterable[str]) -> int:
        """Removes the documents with these ids; returns how many there were."""

    def pin(self, answer: PinnedAnswer) -> int:
        """Keeps an operator's answer; returns its id: the next one where it has 0."""

    def unpin(self, number: int) -> bool:
        """Forgets it; says whether there was one."""

    def commit(self) -> int:
        """Makes everything visible at once; returns the generation."""


class Index(Protocol):
    """Where documents are kept. All methods are safe from several threads; one writer at a time."""

    def snapshot(self) -> Snapshot:
        """The newest commit, as of about a second ago at most."""

    def writer(self) -> AbstractContextManager[Writer]:
        """To add and remove. What isn't committed when the block ends is dropped. Raises IndexLocked."""

    def refresh(self) -> None:
        """The next snapshot sees what was committed before this call."""

    def doubt(self) -> None:
        """What was found to be as it was written is looked at again when it is next read."""

    def close(self) -> None:
        """Lets go of all files or connections."""
