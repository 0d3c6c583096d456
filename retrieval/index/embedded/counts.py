"""How many entries hold each term of a document? Removals take that off the engine's counts."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from retrieval.collection import TermIds, term_id
from retrieval.term_arrays import DocumentTerms

Counts = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]
"""(ids, how many entries hold each)."""


def counted_id(term: str) -> int:
    """The number under which a term, or a pair "a_b", is counted; fits SQLite's signed 64 bits."""
    first, joint, second = term.partition("_")
    if not joint:
        return term_id(term)
    pair = (term_id(first) << 32) | term_id(second)
    return pair - (1 << 64) if pair >= 1 << 63 else pair


def passage_counts(documents: Iterable[DocumentTerms], *, plain: bool) -> Counts:
    """In how many of their passages each term, and each pair of neighbours, stands."""
    return _count(
        np.concatenate([passage.astype(np.int64), _pairs(passage)])
        for document in documents
        for passage in np.split(document.plain if plain else document.accented, document.starts)[1:-1]
    )


def section_counts(documents: Iterable[DocumentTerms], *, plain: bool) -> Counts:
    """Over how many of their passages each term stands: in a heading, a lead-in, a header row."""
    return _count(
        np.concatenate([own[section] for section in document.sections.path(passage)]).astype(np.int64)
        for document in documents
        for own in [np.split(document.plain if plain else document.accented, document.sections.starts)[1:]]
        for passage in np.flatnonzero(document.sections.over >= 0).tolist()
    )


def article_counts(documents: Iterable[DocumentTerms], *, plain: bool) -> Counts:
    """In how many of them each term stands, title and all."""
    return _count((document.plain if plain else document.accented).astype(np.int64) for document in documents)


def _count(entries: Iterable[npt.NDArray[np.int64]]) -> Counts:
    distinct = [np.unique(entry) for entry in entries]
    if not distinct:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    return np.unique(np.concatenate(distinct), return_counts=True)


def _pairs(terms: TermIds) -> npt.NDArray[np.int64]:
    wide = terms.astype(np.int64)
    return (wide[:-1] << 32) | wide[1:]
