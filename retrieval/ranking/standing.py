"""Where in a passage do the question's words stand? Told by its terms, without its text."""

from __future__ import annotations

import numpy as np

from retrieval.ranking.bm25 import Scores
from retrieval.ranking.candidates import Candidates
from retrieval.ranking.occurrences import Counts, Flags, Places
from retrieval.ranking.terms import QuestionTerms

FEW_TERMS = 8
"""A passage of fewer terms says little without its heading: "Một con lợn quay" below "Giải nhất"."""


def standing(terms: QuestionTerms, candidates: Candidates, places: Places) -> dict[str, Scores]:
    """How much of each of these passages is new, and where in it the question's content words begin and end. What
    stands right over a passage of few words belongs to it."""
    content = np.array([*(term.is_content for term in terms.singles), False])
    known = np.flatnonzero(candidates.row_of >= 0)
    telling = known[content[candidates.row_of[known]]]
    padded = np.append(telling, 0)

    def within(begins: Places, lengths: Counts) -> tuple[Places, Places, Places, Flags]:
        """Of stretches of terms: how many are the question's, where the first and the last telling one stand, and
        whether there is one."""
        ends = begins + lengths
        first, last = np.searchsorted(telling, begins), np.searchsorted(telling, ends) - 1
        count = np.searchsorted(known, ends) - np.searchsorted(known, begins)
        return count, padded[first] - begins, padded[last] - begins, first <= last

    length = candidates.length[places]
    over = np.where(length < FEW_TERMS, candidates.over_length[places], 0)
    here, first, last, some = within(candidates.begins[places], length)
    above, first_above, last_above, some_above = within(candidates.over_begins[places], over)
    size = np.maximum(over + length, 1)
    first = np.where(some_above, first_above, np.where(some, over + first, size))
    last = np.where(some, over + last, np.where(some_above, last_above, -1))
    return {
        "fresh": (over + length - above - here) / size,
        "first": first / size,
        "tail": np.minimum(size - 1 - last, 15) / 15,
    }
