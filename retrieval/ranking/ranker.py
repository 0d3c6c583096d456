"""From a question to ranked passages: candidates, BM25 on its levels, evidence, weights."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, cached_property, partial

import numpy as np

from retrieval.analyzer import Analyzer
from retrieval.collection import HEADER, HEADING
from retrieval.index.protocol import Filter, Snapshot
from retrieval.ranking.bm25 import Scores
from retrieval.ranking.bm25_fields import SCORED, score_levels
from retrieval.ranking.candidates import Candidates, Wish, gather
from retrieval.ranking.evidence import weigh_evidence
from retrieval.ranking.occurrences import Places
from retrieval.ranking.order import Order, best_first
from retrieval.ranking.papers import asked_fact
from retrieval.ranking.passage_view import Over, PassageView
from retrieval.ranking.terms import QuestionTerms, TermWeights, with_usual_wording
from retrieval.ranking.weights import contributions, load_weights
from retrieval.records import Document, Passage, Query
from retrieval.settings import RankingSettings
from retrieval.term_arrays import DocumentTerms
from retrieval.vietnamese.tokens import Spelling


@dataclass(frozen=True)
class Ranked:
    """Passage `number` of a document and what its evidence is worth.

    `document`: without its blocks. `view`: what stands in the passage.
    """

    key: int
    document: Document
    terms: DocumentTerms
    number: int
    score: float
    view: PassageView

    @cached_property
    def passage(self) -> Passage:
        """Made for those that are looked at."""
        return passage_of(self.document, self.terms, self.number)


@dataclass(frozen=True, slots=True)
class Ranking:
    """Passages in order, and what they were ordered by.

    `places[i]`: where passage i is among `candidates`. `evidence`: shape (passages, FEATURES). `standing`: the score
    that each passage stands in its place by; it falls from one to the next, as `score` of the passages need not.
    """

    passages: tuple[Ranked, ...]
    places: Places
    terms: QuestionTerms
    weights: TermWeights
    candidates: Candidates
    evidence: Scores
    standing: tuple[float, ...] = ()

    def terms_of(self, key: int) -> DocumentTerms:
        """The term arrays of a candidate's document."""
        return self.candidates.documents[key]

    def reordered(self, order: Order) -> Ranking:
        """The same passages in another order."""
        chosen = np.asarray(order.places, dtype=np.int64)
        return replace(
            self,
            passages=tuple(self.passages[place] for place in order.places),
            places=self.places[chosen],
            evidence=self.evidence[chosen],
            standing=order.scores,
        )


def weigh_terms(query: Query, snapshot: Snapshot) -> tuple[Query, QuestionTerms, TermWeights]:
    """The query with the wordings that count, its terms, and what each weighs: all that counts of terms decide."""
    terms = QuestionTerms.of(query, snapshot)
    return with_usual_wording(query, snapshot), terms, TermWeights.of(terms, snapshot)


def collect(
    query: Query,
    snapshot: Snapshot,
    *,
    analyzer: Analyzer,
    settings: RankingSettings,
    where: Filter | None = None,
    within: int | None = None,
) -> Ranking | None:
    """Candidates with their evidence, in the order of the BM25 recipe; None where there is no candidate."""
    query, terms, weights = snapshot.settled(lambda: weigh_terms(query, snapshot))
    wish = Wish(
        query,
        terms,
        weights,
        passages=settings.candidates,
        scored=max(SCORED, settings.reranked),
        with_heads=asked_fact(query) is not None,
    )
    candidates = gather(wish, snapshot, where=where, within=within)
    if candidates is None:
        return None
    levels = score_levels(candidates, weights, snapshot.stats, settings)
    places = levels.chosen[: settings.reranked]
    passages = _read(candidates, places, levels.total, snapshot, analyzer)
    evidence = weigh_evidence(query, terms, candidates, weights, levels, [entry.view for entry in passages])
    return Ranking(passages, places, terms, weights, candidates, evidence)


def rank(
    query: Query,
    snapshot: Snapshot,
    *,
    analyzer: Analyzer,
    settings: RankingSettings,
    where: Filter | None = None,
    within: int | None = None,
) -> Ranking | None:
    """The candidates for `query`, best first; None where there is none."""
    ranking = collect(query, snapshot, analyzer=analyzer, settings=settings, where=where, within=within)
    if ranking is None:
        return None
    scores = contributions(ranking.evidence, load_weights()).sum(axis=1)
    scored = tuple(
        Ranked(entry.key, entry.document, entry.terms, entry.number, score, entry.view)
        for entry, score in zip(ranking.passages, scores.tolist(), strict=True)
    )
    return replace(ranking, passages=scored).reordered(best_first(scores.tolist()))


def _read(
    candidates: Candidates, places: Places, scores: Scores, snapshot: Snapshot, analyzer: Analyzer
) -> tuple[Ranked, ...]:
    articles = candidates.article[places].tolist()
    documents = snapshot.documents({candidates.keys[article] for article in articles}, blocks=False)

    @cache
    def spelling(key: int) -> Spelling:
        return analyzer.spelling_of(documents[key])

    over = cache(lambda key, section: _over(documents[key], candidates.documents[key], section))

    def above(key: int, number: int) -> Over | None:
        section = int(candidates.documents[key].sections.over[number])
        return over(key, section) if section >= 0 else None

    ranked = []
    for article, number, score in zip(
        articles, candidates.number[places].tolist(), scores.tolist(), strict=False
    ):
        key = candidates.keys[article]
        terms = candidates.documents[key]
        document = documents[key]
        start, end = terms.spans[number].tolist()
        first, last = terms.starts[number : number + 2].tolist()
        stored = terms.accented[first:last], terms.plain[first:last]
        view = PassageView(
            document.text[start:end], partial(spelling, key), stored, partial(above, key, number)
        )
        ranked.append(Ranked(key, document, terms, number, score, view))
    return tuple(ranked)


def _over(document: Document, terms: DocumentTerms, section: int) -> Over:
    """What a section says to the passages right under it."""
    sections = terms.sections
    start, end = sections.starts[section : section + 2].tolist()
    is_heading = sections.kinds[section] == HEADING
    heading = " ".join(document.text[slice(*sections.spans[section].tolist())].split()) if is_heading else ""
    return Over((terms.accented[start:end], terms.plain[start:end]), heading)


def passage_of(document: Document, terms: DocumentTerms, number: int) -> Passage:
    """The document's passage with this number, with the headings over it, its table's header row among them."""
    start, end = terms.spans[number].tolist()
    sections = terms.sections
    headings = tuple(
        " ".join(document.text[slice(*sections.spans[section].tolist())].split())
        for section in sections.path(number)
        if sections.kinds[section] in (HEADING, HEADER)
    )
    page = int(sections.pages[number]) or None
    return Passage(document.id, start, end, document.text[start:end], number, headings, page)
