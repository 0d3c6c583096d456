"""What else speaks for a passage? Named features of the best candidates, for a weighted sum.

Most compare the idf mass of the question's words that a stretch of text holds; some look at how the words stand in
the passage; the last ones ask whether it has what the question asks for. All are free of the corpus' size and of
the question's length, so that weights learned on some corpora hold on others.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from retrieval.ranking.answer_signals import TEXT_FEATURES, labels_said, text_features
from retrieval.ranking.bm25 import Scores
from retrieval.ranking.bm25_fields import Levels
from retrieval.ranking.candidates import ALIKE, Candidates
from retrieval.ranking.occurrences import Flags, Places
from retrieval.ranking.passage_view import PassageView
from retrieval.ranking.standing import standing
from retrieval.ranking.terms import QuestionTerms, TermWeights
from retrieval.records import Query, Role

_NAMES: frozenset[Role] = frozenset({"name"})
_NOUNS: frozenset[Role] = frozenset({"noun", "modifier"})

FEATURES = (
    "total",
    "pairs",
    "article",
    "article_pairs",
    "window",
    "article_rank",
    "introduced",
    "length",
    "article_length",
    "cover_title",
    "cover_before",
    "cover_before2",
    "cover_after",
    "cover_around",
    "cover_section",
    "cover_pairs",
    "cover_article_pairs",
    "article_run",
    "section_fits",
    "names_article",
    "nouns_here",
    "fresh",
    "first",
    "tail",
    *TEXT_FEATURES,
)


def weigh_evidence(
    query: Query,
    terms: QuestionTerms,
    candidates: Candidates,
    weights: TermWeights,
    levels: Levels,
    places: Places,
) -> Scores:
    """Shape (passages, FEATURES): of the first passages of `levels`, which `places` are. What only their texts tell is
    0."""
    features = {
        **_level_features(levels, len(places), candidates),
        "introduced": np.log1p(candidates.number[places]) * (query.kind == "definition"),
        **_coverage_features(terms, candidates, weights, places),
        **_section_features(candidates, weights, places),
        **standing(terms, candidates, places),
    }
    nothing = np.zeros(len(places))
    return np.stack([features.get(name, nothing) for name in FEATURES], axis=1)


def read_evidence(
    query: Query,
    terms: QuestionTerms,
    candidates: Candidates,
    weights: TermWeights,
    places: Places,
    views: Sequence[PassageView],
) -> dict[str, Scores]:
    """What the texts of the passages at `places`, which `views` are, tell beside that: their labels too."""
    features = {
        **_section_features(candidates, weights, places, labels_said(query, terms, views)),
        **text_features(query, terms, weights.single, views, candidates.rows_at(places)),
    }
    features["is_heading"] = features["is_heading"] * _has_nothing_over(candidates, places)
    titled = [
        n for n, term in enumerate(terms.singles) if term.text.isdigit() and int(term.text) in query.years
    ]
    if titled:  # a paper of the year asked for names days of other years too
        of_year = candidates.title[np.ix_(np.array(titled), candidates.article[places])].any(axis=0)
        features["year_other"] = features["year_other"] * ~of_year
    return features


def _has_nothing_over(candidates: Candidates, places: Places) -> np.ndarray:
    """Whether no heading, lead-in or header row stands over each passage. Below one, a short line without a full stop
    is what that heading is about ("Hạn nộp" above "30/6/2024"), and no heading itself."""
    return np.asarray(candidates.section_length[places] == 0)


def _level_features(levels: Levels, count: int, candidates: Candidates) -> dict[str, Scores]:
    article_total = np.round(levels.article + levels.article_pairs * 0.3, ALIKE)
    article = candidates.article[levels.chosen]
    by_article = np.full(len(candidates.keys), -np.inf)
    np.maximum.at(by_article, article, article_total)
    known = np.sort(by_article[np.isfinite(by_article)])
    article_rank = len(known) - np.searchsorted(known, by_article, side="right")[article]  # ties share a rank
    arrays = {
        "total": levels.total,
        "pairs": levels.pairs,
        "article": levels.article,
        "article_pairs": levels.article_pairs,
        "window": levels.window,
        "article_rank": np.log1p(article_rank),
        "length": np.log1p(candidates.length[levels.chosen]),
        "article_length": np.log1p(candidates.article_length[article]),
    }
    return {name: np.asarray(values[:count], dtype=np.float64) for name, values in arrays.items()}


def _coverage_features(
    terms: QuestionTerms,
    candidates: Candidates,
    weights: TermWeights,
    places: Places,
) -> dict[str, Scores]:
    """Shares of the question's idf mass that each stretch of text holds."""
    mass = weights.single
    total = mass.sum() or 1.0
    here = candidates.held(places)
    before, after = candidates.beside(places, -1), candidates.beside(places, 1)
    previous, following = candidates.counts_at(before) > 0, candidates.counts_at(after) > 0
    earlier = (
        candidates.counts_at(np.where(before >= 0, candidates.beside(np.maximum(before, 0), -1), -1)) > 0
    )
    article = candidates.article[places]
    title, whole = candidates.title.take(article, axis=1), candidates.article_tf.take(article, axis=1) > 0

    def share(flags: np.ndarray, roles: frozenset[Role] | None = None) -> Scores:
        if roles is None:
            return np.asarray(mass @ flags / total)
        rows = np.array([term.role in roles for term in terms.singles])
        part = mass[rows].sum()
        return np.asarray(mass[rows] @ flags[rows] / part) if part else np.zeros(len(places))

    return {
        "cover_title": share(here | title),
        "cover_before": share(here | previous),
        "cover_before2": share(here | previous | earlier),
        "cover_after": share(here | following),
        "cover_around": share(here | previous | following | title),
        **_pair_features(candidates, weights, places),
        "names_article": share(whole, _NAMES),
        "nouns_here": share(here, _NOUNS),
    }


def _section_features(
    candidates: Candidates,
    weights: TermWeights,
    places: Places,
    labels: tuple[Flags, Scores, Scores] | None = None,
) -> dict[str, Scores]:
    """How far what stands over a passage speaks of what is asked. `labels`: see `labels_said`; they count as headings
    of what stands after them."""
    mass = weights.single
    total = mass.sum() or 1.0
    above = candidates.section_tf.take(places, axis=1) > 0
    in_label, label_said, label_asked = labels or (False, 0.0, 0.0)
    above = above | in_label
    title = candidates.title.take(candidates.article[places], axis=1)
    section, about = mass @ above / total, mass @ (above | title) / total
    by_label = np.maximum(section * label_said, about * label_asked)
    return {
        "cover_section": section,
        "section_fits": 1.0 - (1.0 - section * candidates.section_said[places]) * (1.0 - by_label),
    }


def _pair_features(candidates: Candidates, weights: TermWeights, places: Places) -> dict[str, Scores]:
    """Shares of the mass of the question's pairs of neighbours that a passage and its article hold."""
    mass = weights.pair
    total = mass.sum() or 1.0
    article = candidates.article[places]
    here = (candidates.pair_tf.take(places, axis=1) > 0) | (
        candidates.section_pair_tf.take(places, axis=1) > 0
    )
    whole = candidates.article_pair_tf > 0
    run, longest = np.zeros(len(candidates.keys)), np.zeros(len(candidates.keys))
    for row, held in zip(mass, whole, strict=True):  # pairs stand in the question's order
        run = np.where(held, run + row, 0.0)
        longest = np.maximum(longest, run)
    return {
        "cover_pairs": np.asarray(mass @ here / total),
        "cover_article_pairs": np.asarray(mass @ whole / total)[article],
        "article_run": (longest / total)[article],
    }
