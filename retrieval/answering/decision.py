"""Does the corpus hold the answer, or only something near it?"""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.index.protocol import Snapshot
from retrieval.records import Query


def missing_names(query: Query, snapshot: Snapshot) -> tuple[str, ...]:
    """The question's names with a syllable that the corpus never has."""
    unknown = {
        term.origin for term in query.terms if not snapshot.passage_df(term.text, plain=term.plain)
    }
    return tuple(name for name in query.names if unknown & set(name.split()))


def confidence(query: Query, shares: Sequence[float]) -> float:
    """How sure the first passage is, in [0, 1]."""
    return min(1.0, shares[0]) if shares else 0.0
