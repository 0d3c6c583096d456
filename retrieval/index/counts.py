"""How often do removed documents hold each term? What is taken off the engine's counts, which still have them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from retrieval.index.prepare import term_id
from retrieval.index.protocol import DocumentTerms, TermIds

Counts = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]
"""(ids, how many entries hold each)."""


def dead_id(term: str) -> int:
    """The number under which a term or a pair "a_b" is counted; fits SQLite's signed 64 bits."""
    first, joint, second = term.partition("_")
    return _pair(term_id(first), term_id(second)) if joint else term_id(term)


def _pair(first: int, second: int) -> int:
    joined = (first << 32) | second
    return joined - (1 << 64) if joined >= 1 << 63 else joined


def passage_counts(document: DocumentTerms, *, plain: bool) -> Counts:
    """In how many of its passages each term, and each pair of neighbours, stands."""
    terms, starts = document.plain if plain else document.accented, document.starts
    found = [
        np.unique(np.concatenate([passage.astype(np.int64), _pairs(passage)]))
        for passage in np.split(terms, starts)[1:-1]
    ]
    if not found:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    return np.unique(np.concatenate(found), return_counts=True)


def article_counts(document: DocumentTerms, *, plain: bool) -> Counts:
    """One for each term of the document, title and all."""
    ids = np.unique(document.plain if plain else document.accented).astype(np.int64)
    return ids, np.ones_like(ids)


def _pairs(terms: TermIds) -> npt.NDArray[np.int64]:
    wide = terms.astype(np.int64)
    return (wide[:-1] << 32) | wide[1:]
