"""Why does a passage rank where it does? Every part of its score, by term and by kind of evidence.

The shares of one hit add up to its score.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from retrieval.index.protocol import Snapshot
from retrieval.ranking.bm25 import Scores
from retrieval.ranking.bm25_fields import ARTICLE_PAIRS, bm25_by_term
from retrieval.ranking.evidence import FEATURES
from retrieval.ranking.ranker import Ranking
from retrieval.ranking.terms import ARTICLE, PAIRS
from retrieval.ranking.weights import load_weights
from retrieval.records import QueryTerm, TermShare
from retrieval.settings import RankingSettings


def explain(
    ranking: Ranking, number: int, snapshot: Snapshot, settings: RankingSettings
) -> tuple[TermShare, ...]:
    """The shares of the hit with this number, from 0, largest first.

    `field` is where a term was counted: `passage`, `passage pair`, `article` or `article pair`; `evidence` is for
    what isn't one term's, with its value as `tf`; `order` is what a passage gained by coming before one that scores
    more; `constant` is the same for all hits of all questions.
    """
    weights = load_weights()
    of_total = weights[FEATURES.index("total")].weight
    rows = [
        TermShare(term.text, field, tf, df, idf, of_total * share)
        for term, field, tf, df, idf, share in snapshot.settled(
            lambda: list(_terms(ranking, number, snapshot, settings))
        )
        if tf
    ]
    values = ranking.evidence[number]
    rows += [
        TermShare(weight.name, "evidence", float(value), 0, 0.0, weight.weight * float(value))
        for weight, value in zip(weights, values, strict=True)
        if weight.name != "total" and value
    ]
    gained = ranking.standing[number] - ranking.passages[number].score if ranking.standing else 0.0
    if gained:
        rows.append(TermShare("", "order", 0.0, 0, 0.0, gained))
    constant = -sum(weight.weight * weight.mean for weight in weights)
    rows.append(TermShare("", "constant", 0.0, 0, 0.0, constant))
    return tuple(sorted(rows, key=lambda row: -abs(row.share)))


def _terms(
    ranking: Ranking, number: int, snapshot: Snapshot, settings: RankingSettings
) -> Iterator[tuple[QueryTerm, str, float, int, float, float]]:
    """(term, field, tf, df, idf with the term's weight, part of the recipe's total) of each term on each level."""
    terms, weights, candidates, stats = ranking.terms, ranking.weights, ranking.candidates, snapshot.stats
    place = ranking.places[number]
    article = candidates.article[place]
    tf, pair_tf = (counts[:, 0] for counts in candidates.with_sections(np.array([place])))
    length, article_length = int(candidates.length[place]), int(candidates.article_length[article])
    levels = (
        (
            "passage",
            1.0,
            terms.singles,
            weights.single,
            tf,
            length,
            stats.avg_passage_len,
        ),
        (
            "passage pair",
            PAIRS,
            terms.pairs,
            weights.pair,
            pair_tf,
            length,
            stats.avg_passage_len,
        ),
        (
            "article",
            ARTICLE,
            terms.singles,
            weights.article,
            candidates.article_tf[:, article],
            article_length,
            stats.avg_article_len,
        ),
        (
            "article pair",
            ARTICLE_PAIRS,
            terms.pairs,
            weights.pair,
            candidates.article_pair_tf[:, article],
            article_length,
            stats.avg_article_len,
        ),
    )
    attainable = float(weights.single.sum()) or 1.0
    for field, factor, of_level, idf, counts, size, average in levels:
        shares: Scores = bm25_by_term(np.asarray(counts), idf, size, average, settings)
        for term, count, weight, share in zip(of_level, counts, idf, shares, strict=True):
            df = (snapshot.article_df if field == "article" else snapshot.passage_df)(
                term.text, plain=term.plain
            )
            yield term, field, float(count), df, float(weight), factor * float(share) / attainable
