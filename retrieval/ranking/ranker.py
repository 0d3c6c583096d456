"""From a question to ranked passages: candidates, BM25 on its levels, evidence, weights."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from retrieval.analysis.document import Analyzer
from retrieval.analysis.terms import terms_of
from retrieval.index.protocol import Filter, Snapshot
from retrieval.ranking.bm25 import Scores
from retrieval.ranking.candidates import Candidates, Places, QuestionTerms, gather
from retrieval.ranking.evidence import FEATURES, weigh_evidence
from retrieval.ranking.levels import TermWeights, score_levels
from retrieval.ranking.weights import contributions, load_weights
from retrieval.ranking.wording import Wording
from retrieval.records import Query
from retrieval.settings import RankingSettings


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage in its place. `score` orders the passages of one question; `share` is the part of the attainable
    BM25 that it and its article have."""

    key: int
    number: int
    score: float
    share: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """Passages in order, and what they were ordered by.

    `places[i]`: where passage i is among `candidates`. `evidence`: shape (passages, FEATURES). `shares`: what each
    feature adds to each score, same shape; empty before the weights are applied.
    """

    passages: tuple[Ranked, ...]
    places: Places
    terms: QuestionTerms
    weights: TermWeights
    candidates: Candidates
    evidence: Scores
    shares: Scores


def collect(
    query: Query,
    snapshot: Snapshot,
    *,
    analyzer: Analyzer,
    settings: RankingSettings,
    where: Filter | None = None,
) -> Ranking | None:
    """Candidates with their evidence, in the order of the BM25 recipe; None where there is no candidate."""
    terms = QuestionTerms.of(query, snapshot)
    candidates = gather(query, terms, snapshot, limit=settings.candidates, where=where)
    if not len(candidates.article):
        return None
    weights = TermWeights.of(terms, snapshot)
    levels = score_levels(candidates, weights, snapshot.stats, settings)
    places = levels.chosen[: settings.reranked]
    wordings = _wordings(candidates, places, snapshot, analyzer)
    evidence = weigh_evidence(query, terms, candidates, weights, levels, wordings)
    passages = tuple(
        Ranked(
            candidates.keys[candidates.article[place]],
            int(candidates.number[place]),
            float(score),
            float(score),
        )
        for place, score in zip(places, levels.total, strict=False)
    )
    return Ranking(passages, places, terms, weights, candidates, evidence.matrix(FEATURES), np.zeros((0, 0)))


def rank(
    query: Query,
    snapshot: Snapshot,
    *,
    analyzer: Analyzer,
    settings: RankingSettings,
    where: Filter | None = None,
) -> Ranking | None:
    """The candidates for `query`, best first; None where there is none."""
    ranking = collect(query, snapshot, analyzer=analyzer, settings=settings, where=where)
    if ranking is None:
        return None
    shares = contributions(ranking.evidence, load_weights())
    scores = shares.sum(axis=1)
    order = np.argsort(-scores, kind="stable")
    return replace(
        ranking,
        passages=tuple(replace(ranking.passages[place], score=float(scores[place])) for place in order),
        places=ranking.places[order],
        evidence=ranking.evidence[order],
        shares=shares[order],
    )


def _wordings(
    candidates: Candidates, places: Places, snapshot: Snapshot, analyzer: Analyzer
) -> list[Wording]:
    keys = [candidates.keys[article] for article in candidates.article[places]]
    documents, terms = snapshot.documents(set(keys)), snapshot.terms_of(set(keys))
    spellings = {key: analyzer.spelling_of(document) for key, document in documents.items()}
    wordings = []
    for key, number in zip(keys, candidates.number[places], strict=True):
        text, spans = documents[key].text, terms[key].spans
        start, end = spans[number].tolist()
        wordings.append(Wording(text[start:end], terms_of(text[start:end], spellings[key])))
    return wordings
