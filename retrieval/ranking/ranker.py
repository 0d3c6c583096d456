"""From a question to ranked passages: candidates, BM25 on its levels, evidence, weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.index.protocol import Filter, Snapshot
from retrieval.ranking.candidates import Candidates, QuestionTerms, gather
from retrieval.ranking.levels import Levels, TermWeights, score_levels
from retrieval.records import Query
from retrieval.settings import RankingSettings


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage in its place. `score` orders the passages of one question; `share` in [0, 1] is the part of the
    attainable BM25 that it has."""

    key: int
    number: int
    score: float
    share: float


def rank(
    query: Query, snapshot: Snapshot, *, settings: RankingSettings, where: Filter | None = None
) -> Sequence[Ranked]:
    """The candidates for `query`, best first."""
    terms = QuestionTerms.of(query)
    candidates = gather(query, terms, snapshot, limit=settings.candidates, where=where)
    if not len(candidates.article):
        return []
    weights = TermWeights.of(terms, snapshot)
    levels = score_levels(candidates, weights, snapshot.stats, settings)
    return _ranked(candidates, levels)


def _ranked(candidates: Candidates, levels: Levels) -> list[Ranked]:
    return [
        Ranked(candidates.keys[candidates.article[place]], int(candidates.number[place]), float(total), float(share))
        for place, total, share in zip(levels.chosen, levels.total, levels.passage, strict=True)
    ]
