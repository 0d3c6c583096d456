"""Where in a passage do the question's words stand? Told by the ids of its terms, without its text."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from retrieval.collection import TermIds, term_id
from retrieval.ranking.bm25 import Scores
from retrieval.ranking.occurrences import Places
from retrieval.ranking.terms import QuestionTerms
from retrieval.term_arrays import DocumentTerms

Ids = tuple[TermIds, TermIds]
"""Ids of some terms, accented and plain."""
FEW_TERMS = 8
"""A passage of fewer terms says little without its heading: "Một con lợn quay" below "Giải nhất"."""


def ids_of(document: DocumentTerms, number: int) -> Ids:
    """Of the terms of a passage."""
    start, end = document.starts[number : number + 2].tolist()
    return document.accented[start:end], document.plain[start:end]


def ids_over(document: DocumentTerms, section: int) -> Ids:
    """Of the terms of what stands over passages."""
    start, end = document.sections.starts[section : section + 2].tolist()
    return document.accented[start:end], document.plain[start:end]


def headed_ids_of(document: DocumentTerms, number: int) -> Ids:
    """Of a passage of few words with what stands right over it, which it says the rest of; of others, their own."""
    own = ids_of(document, number)
    section = int(document.sections.over[number]) if len(own[0]) < FEW_TERMS else -1
    if section < 0:
        return own
    over = ids_over(document, section)
    return np.concatenate([over[0], own[0]]), np.concatenate([over[1], own[1]])


def rows_in(terms: QuestionTerms, ids: Sequence[Ids]) -> tuple[Places, Places]:
    """For each term of some passages, laid end to end, which row of the question's terms it is, -1: of none; and where
    each passage's terms start, and where the last one's end."""
    starts = np.cumsum([0, *(len(pair[0]) for pair in ids)])
    rows = np.full(starts[-1], -1, np.int64)
    for side in (1, 0):
        known = [(row, term) for row, term in enumerate(terms.singles) if term.plain == bool(side)]
        if known and len(rows):
            stream = np.concatenate([pair[side] for pair in ids])
            for row, term in known:
                rows[stream == np.uint32(term_id(term.text))] = row
    return rows, starts


def standing(terms: QuestionTerms, ids: Sequence[Ids]) -> dict[str, Scores]:
    """How much of each passage is new, and where in it the question's content words begin and end."""
    rows, starts = rows_in(terms, ids)
    content = [term.is_content for term in terms.singles]
    lengths = np.diff(starts)
    size = np.maximum(lengths, 1)
    passage_of = np.repeat(np.arange(len(lengths)), lengths)
    held = np.flatnonzero((rows >= 0) & np.array([*content, False])[rows])
    place = held - starts[passage_of[held]]
    first, last = size.copy(), np.full(len(size), -1)
    np.minimum.at(first, passage_of[held], place)
    np.maximum.at(last, passage_of[held], place)
    return {
        "fresh": np.bincount(passage_of[rows < 0], minlength=len(size)) / size,
        "first": first / size,
        "tail": np.minimum(size - 1 - last, 15) / 15,
    }
