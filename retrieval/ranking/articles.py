"""Which passages are the article that a question names? Told by the headings over them and by their own numbers.

"Điều 3" is what stands under a heading that begins so, or begins so itself; not what cites it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from retrieval.collection import DocumentTerms, TermIds, term_id
from retrieval.vietnamese.article_references import ArticleReference

Flags = npt.NDArray[np.bool_]


def passages_named(references: Sequence[ArticleReference], documents: Sequence[DocumentTerms]) -> Flags:
    """For each passage of the documents, laid end to end, whether it is in one of what the question names."""
    found = [
        np.logical_or.reduce(
            [np.zeros(len(document.spans), np.bool_), *(_within(each, document) for each in references)]
        )
        for document in documents
    ]
    return np.concatenate(found) if found else np.zeros(0, np.bool_)


def _within(reference: ArticleReference, document: DocumentTerms) -> Flags:
    sections, terms = document.sections, document.plain
    heads = _begin(
        terms, sections.starts[:-1], sections.starts[1:], [*reference.part.split(), reference.number]
    )
    over = _under(heads, document)
    own = _begin(
        terms, document.starts[:-1], document.starts[1:], [*reference.part.split(), reference.number]
    )
    named = over | own
    for mark in (reference.clause, reference.point):
        if mark and named.any():
            items = _begin(terms, document.starts[:-1], document.starts[1:], [mark])
            below = _under(_begin(terms, sections.starts[:-1], sections.starts[1:], [mark]), document)
            narrowed = named & (items | below)
            if narrowed.any() or mark == reference.clause:
                named = narrowed
    return named


def _begin(
    terms: TermIds, starts: npt.NDArray[np.uint32], ends: npt.NDArray[np.uint32], words: list[str]
) -> Flags:
    """Whether each stretch of `terms` begins with these words."""
    begins = ends.astype(np.int64) - starts >= len(words)
    for offset, word in enumerate(words):
        places = np.minimum(starts.astype(np.int64) + offset, max(len(terms) - 1, 0))
        begins &= terms[places] == np.uint32(term_id(word)) if len(terms) else False
    return np.asarray(begins)


def _under(heads: Flags, document: DocumentTerms) -> Flags:
    """Which passages stand under one of these sections, or under what stands under it."""
    covered = heads.copy()
    for section, parent in enumerate(document.sections.parents.tolist()):
        covered[section] |= parent >= 0 and covered[parent]
    over = document.sections.over
    return (
        np.asarray((over >= 0) & covered[np.maximum(over, 0)])
        if len(covered)
        else np.zeros(len(over), np.bool_)
    )
