"""How well do a question's terms fit a text? rank-bm25's BM25 over the candidates only.

Document frequencies and the average length are the whole collection's, so a score doesn't depend on which other
candidates there are. The idf is Lucene's, which is never negative.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from rank_bm25 import BM25Okapi

Scores = npt.NDArray[np.float64]


def lucene_idf(df: int, count: int) -> float:
    """ln(1 + (N - df + 0.5) / (df + 0.5)), as Lucene has it; `count` is N."""
    return math.log(1.0 + (max(count, df) - df + 0.5) / (df + 0.5))


class CandidateBM25(BM25Okapi):  # type: ignore[misc] # the library ships no types
    """BM25Okapi with the candidates' counts handed in as an array: `tf[t, i]` is how often candidate i has term t,
    `idf[t]` what the term counts, `lengths[i]` the candidate's length in terms. Terms are named by their row."""

    def __init__(
        self,
        tf: npt.NDArray[Any],
        lengths: npt.NDArray[Any],
        *,
        idf: Scores,
        avg_len: float,
        k1: float,
        b: float,
    ) -> None:
        self.doc_freqs, self.doc_len, self.corpus_size = tf, lengths, len(lengths)
        self.idf, self.avgdl, self.k1, self.b = idf, avg_len or 1.0, k1, b

    def by_term(self) -> Scores:
        """Shape (terms, candidates): what each term adds."""
        tf = self.doc_freqs
        norm = self.k1 * (1 - self.b + self.b * self.doc_len / self.avgdl)
        return np.asarray(self.idf[:, None] * (tf * (self.k1 + 1) / (tf + norm)), dtype=np.float64)

    def get_scores(self, query: Sequence[int]) -> Scores:
        """The library's sum, shape (candidates,), of the terms in these rows; its own loop asks a dictionary for each
        candidate and term, which took a tenth of a question's time."""
        return np.asarray(self.by_term()[list(query)].sum(axis=0))
