"""How well do candidates fit the question by BM25: the passage, its pairs, its article, it with its neighbours?

The measured recipe: passage + 0.5 x its pairs + 1.5 x (article + 0.27 x its pairs). Scores are divided by what the
question's terms could reach at most (`attainable`), so that they compare between questions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from retrieval.collection import CollectionStats
from retrieval.ranking.bm25 import CandidateBM25, Scores
from retrieval.ranking.candidates import ALIKE, NAMED, Candidates
from retrieval.ranking.terms import ARTICLE, PAIRS, TermWeights
from retrieval.settings import RankingSettings

ARTICLE_PAIRS = 0.4
SCORED = 100
"""Candidates that BM25 scores, by how much of the question they hold at all: 200 find nothing more."""


@dataclass(frozen=True, slots=True)
class Levels:
    """BM25 of the chosen candidates, each array of shape (chosen,), as shares of what is attainable.

    `chosen`: places in Candidates, best `total` first.
    """

    chosen: npt.NDArray[np.int64]
    total: Scores
    passage: Scores
    pairs: Scores
    article: Scores
    article_pairs: Scores
    window: Scores


def score_levels(
    candidates: Candidates, weights: TermWeights, stats: CollectionStats, settings: RankingSettings
) -> Levels:
    """The chosen passages by the recipe."""
    chosen = candidates.chosen
    tf, pair_tf = candidates.with_sections(chosen)

    def bm25(tf: npt.NDArray[Any], idf: Scores, length: npt.NDArray[Any], average: float) -> Scores:
        scorer = _scorer(tf, idf, length, average, settings)
        return np.asarray(scorer.get_scores(range(len(tf))) / (idf.sum() or 1.0))

    length = candidates.length[chosen]
    passage = bm25(tf, weights.single, length, stats.avg_passage_len)
    pairs = bm25(pair_tf, weights.pair, length, stats.avg_passage_len)
    before, after = candidates.beside(chosen, -1), candidates.beside(chosen, 1)
    window = bm25(
        candidates.counts_at(before) + tf + candidates.counts_at(after),
        weights.single,
        candidates.lengths_at(before) + candidates.length[chosen] + candidates.lengths_at(after),
        3 * stats.avg_passage_len,
    )
    articles, of_article = np.unique(candidates.article[chosen], return_inverse=True)
    article_length = candidates.article_length[articles]
    average = stats.avg_article_len
    article = bm25(candidates.article_tf[:, articles], weights.article, article_length, average)[of_article]
    article_pairs = bm25(candidates.article_pair_tf[:, articles], weights.pair, article_length, average)[
        of_article
    ]

    single, pair, whole = weights.single.sum(), weights.pair.sum(), weights.article.sum()
    total = (
        single * passage
        + PAIRS * pair * pairs
        + ARTICLE * whole * article
        + ARTICLE_PAIRS * pair * article_pairs
    ) / (single or 1.0)
    order = np.argsort(-np.round(total + NAMED * candidates.is_sure[chosen], ALIKE), kind="stable")
    return Levels(
        chosen[order],
        *(scores[order] for scores in (total, passage, pairs, article, article_pairs, window)),
    )


def bm25_by_term(
    tf: npt.NDArray[Any], idf: Scores, length: int, average: float, settings: RankingSettings
) -> Scores:
    """What each term adds for one text. All arrays of shape (terms,)."""
    return _scorer(tf[:, None], idf, np.array([length]), average, settings).by_term()[:, 0]


def _scorer(
    tf: npt.NDArray[Any], idf: Scores, length: npt.NDArray[Any], average: float, settings: RankingSettings
) -> CandidateBM25:
    return CandidateBM25(tf, length, idf=idf, avg_len=average, k1=settings.k1, b=settings.b)
