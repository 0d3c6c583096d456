"""From a question to ranked passages: candidates, BM25 on its levels, evidence, weights."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

import numpy as np

from retrieval.analyzer import Analyzer
from retrieval.collection import HEADER, HEADING
from retrieval.index.protocol import Filter, Snapshot
from retrieval.ranking.bm25 import Scores
from retrieval.ranking.bm25_fields import SCORED, score_levels
from retrieval.ranking.candidates import ALIKE, NAMED, Candidates, Wish, gather
from retrieval.ranking.evidence import FEATURES, read_evidence, weigh_evidence
from retrieval.ranking.occurrences import Places
from retrieval.ranking.order import Order, best_first
from retrieval.ranking.papers import asked_fact
from retrieval.ranking.passage_view import Over, PassageView
from retrieval.ranking.terms import QuestionTerms, TermWeights, with_usual_wording
from retrieval.ranking.weights import FeatureWeight, contributions, load_weights
from retrieval.records import Document, Passage, Query
from retrieval.settings import RankingSettings
from retrieval.term_arrays import DocumentTerms, TermArrays
from retrieval.vietnamese.tokens import Spelling

READ = 20
"""Passages whose texts are read: the best by what arrays tell. The first passage answers as often as with 30 read, of
1,810 questions on news, encyclopaedia, laws and medicine; one of the first three does once more. On an archive of news,
of 117 questions, the first does as often, one of three once less."""


class _Documents:
    """A question's documents, each read when it is first asked for."""

    def __init__(self, terms: TermArrays, snapshot: Snapshot, analyzer: Analyzer) -> None:
        self.terms, self._snapshot, self._analyzer = terms, snapshot, analyzer
        self._read: dict[int, Document] = {}
        self._spellings: dict[int, Spelling] = {}
        self._over: dict[tuple[int, int], Over] = {}

    def read(self, keys: Iterable[int]) -> None:
        self._read |= self._snapshot.documents(set(keys) - self._read.keys(), blocks=False)

    def get(self, key: int) -> Document:
        if key not in self._read:
            self.read([key])
        return self._read[key]

    def spelling(self, key: int) -> Spelling:
        if key not in self._spellings:
            self._spellings[key] = self._analyzer.spelling_of(self.get(key))
        return self._spellings[key]

    def over(self, key: int, number: int) -> Over | None:
        """What stands over the passage with this number."""
        section = int(self.terms[key].sections.over[number])
        if section < 0:
            return None
        if (key, section) not in self._over:
            self._over[key, section] = self._what_is_over(key, section)
        return self._over[key, section]

    def _what_is_over(self, key: int, section: int) -> Over:
        terms, text = self.terms[key], self.get(key).text
        is_heading = terms.sections.kinds[section] == HEADING
        heading = " ".join(text[slice(*terms.sections.spans[section].tolist())].split()) if is_heading else ""
        return Over(terms.ids(*terms.sections.starts[section : section + 2].tolist()), heading)


class Texts:
    """The texts of a question's candidates, each read when it is first asked for.

    A view leans on the documents, not on this object, which holds the views: all of a question is let go as soon as it
    is answered, and doesn't wait for Python's collector of cycles.
    """

    def __init__(self, candidates: Candidates, snapshot: Snapshot, analyzer: Analyzer) -> None:
        self._documents = _Documents(candidates.documents, snapshot, analyzer)
        self._views: dict[tuple[int, int], PassageView] = {}

    def read(self, keys: Iterable[int]) -> None:
        """Reads these documents at once."""
        self._documents.read(keys)

    def document(self, key: int) -> Document:
        """Without its blocks."""
        return self._documents.get(key)

    def terms(self, key: int) -> DocumentTerms:
        return self._documents.terms[key]

    def view(self, key: int, number: int) -> PassageView:
        view = self._views.get((key, number))
        if view is None:
            documents = self._documents
            terms = documents.terms[key]
            start, end = terms.spans[number].tolist()
            view = self._views[key, number] = PassageView(
                documents.get(key).text[start:end],
                partial(documents.spelling, key),
                terms.ids(*terms.starts[number : number + 2].tolist()),
                partial(documents.over, key, number),
            )
        return view


@dataclass(frozen=True)
class Ranked:
    """Passage `number` of a document and what its evidence is worth."""

    key: int
    number: int
    score: float
    texts: Texts

    @property
    def terms(self) -> DocumentTerms:
        """The term arrays of its document."""
        return self.texts.terms(self.key)

    @property
    def document(self) -> Document:
        """Without its blocks."""
        return self.texts.document(self.key)

    @property
    def view(self) -> PassageView:
        """What stands in the passage."""
        return self.texts.view(self.key, self.number)

    @cached_property
    def passage(self) -> Passage:
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
    weights: Sequence[FeatureWeight] | None = None,
) -> Ranking | None:
    """Candidates with their evidence, in the order of the BM25 recipe; None where there is no candidate.

    `weights`: only the texts of the READ best by these are read, which come first; of all, where they aren't given, and
    `within` one document.
    """
    query, terms, of_terms = snapshot.settled(lambda: weigh_terms(query, snapshot))
    wish = Wish(
        query,
        terms,
        of_terms,
        passages=settings.candidates,
        scored=max(SCORED, settings.reranked),
        with_heads=asked_fact(query) is not None,
    )
    candidates = gather(wish, snapshot, where=where, within=within)
    if candidates is None:
        return None
    levels = score_levels(candidates, of_terms, snapshot.stats, settings)
    places = levels.chosen[: settings.reranked]
    texts = Texts(candidates, snapshot, analyzer)
    keys = [candidates.keys[article] for article in candidates.article[places].tolist()]
    numbers = candidates.number[places].tolist()
    evidence = weigh_evidence(query, terms, candidates, of_terms, levels, places)
    order = np.arange(len(places))
    if weights and within is None:
        worth = contributions(evidence, weights).sum(axis=1) + NAMED * candidates.is_sure[places]
        first = np.sort(np.argsort(-np.round(worth, ALIKE), kind="stable")[:READ])
        order = np.concatenate([first, np.delete(order, first)])
    read = order[:READ] if weights and within is None else order
    texts.read(keys[place] for place in read)
    views = [texts.view(keys[place], numbers[place]) for place in read]
    told = read_evidence(query, terms, candidates, of_terms, places[read], views)
    for name, values in told.items():
        evidence[read, FEATURES.index(name)] = values
    scores = contributions(evidence, weights).sum(axis=1) if weights else levels.total
    passages = tuple(
        Ranked(keys[place], numbers[place], score, texts)
        for place, score in zip(order.tolist(), scores[order].tolist(), strict=True)
    )
    return Ranking(passages, places[order], terms, of_terms, candidates, evidence[order])


def rank(
    query: Query,
    snapshot: Snapshot,
    *,
    analyzer: Analyzer,
    settings: RankingSettings,
    where: Filter | None = None,
    within: int | None = None,
) -> Ranking | None:
    """The candidates for `query`, best first, those before others whose texts were read; None where there is none."""
    weights = load_weights()
    ranking = collect(
        query, snapshot, analyzer=analyzer, settings=settings, where=where, within=within, weights=weights
    )
    if ranking is None:
        return None
    first = READ if within is None else None
    return ranking.reordered(best_first([entry.score for entry in ranking.passages], first=first))


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
