"""How well do a question's terms fit a text? rank-bm25's BM25 over the candidates only.

Document frequencies and the average length are the whole collection's, so a score doesn't depend on which other
candidates there are. The idf is Lucene's, which is never negative.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
from rank_bm25 import BM25Okapi

Scores = npt.NDArray[np.float64]


def lucene_idf(df: int, count: int) -> float:
    """ln(1 + (N - df + 0.5) / (df + 0.5)), as Lucene has it; `count` is N."""
    return math.log(1.0 + (max(count, df) - df + 0.5) / (df + 0.5))


class CandidateBM25(BM25Okapi):  # type: ignore[misc] # the library ships no types
    """BM25Okapi with the candidates' counts handed in: `tf[i]` maps the terms of candidate i that matter to how
    often it has them; `lengths[i]` is its length in terms."""

    def __init__(
        self,
        tf: Sequence[Mapping[str, float]],
        lengths: Sequence[int],
        *,
        idf: Mapping[str, float],
        avg_len: float,
        k1: float,
        b: float,
    ) -> None:
        self.doc_freqs, self.doc_len, self.corpus_size = tf, lengths, len(lengths)
        self.idf, self.avgdl, self.k1, self.b = idf, avg_len or 1.0, k1, b

    def score(self, terms: Sequence[str]) -> Scores:
        """Shape (candidates,): the sum over `terms`."""
        return np.asarray(self.get_scores(terms), dtype=np.float64)
