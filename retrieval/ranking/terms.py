"""Which terms does a question look for, and what does each weigh?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from retrieval.index.protocol import Snapshot
from retrieval.question.vocabulary import row_df_in
from retrieval.ranking.bm25 import Scores, lucene_idf
from retrieval.records import Query, QueryTerm
from retrieval.vietnamese.syllables import plain, spell

RELATED_WEIGHT = 0.3
"""What words count that the question doesn't say itself: older names of its places, and synonyms. Synonyms only of
words that the corpus doesn't know: given for every word they gained nothing on three sets (+0.3, -0.2, -0.2)."""
USUAL = 3
"""A phrase is read as another wording too that so many times as many passages hold (decision 0010)."""
MANY = 20_000
"""Entries that hold a term: with so many the engine is done in a small part of the time that a million take."""
PAIRS = 0.5
ARTICLE = 1.5
"""What a passage's pairs and its article count beside its words: the measured recipe."""


@dataclass(frozen=True, slots=True)
class QuestionTerms:
    """The question's distinct terms and its neighbouring pairs; a term typed twice weighs twice."""

    singles: tuple[QueryTerm, ...]
    pairs: tuple[QueryTerm, ...]
    pair_parts: tuple[tuple[QueryTerm, QueryTerm], ...]

    @classmethod
    def of(cls, query: Query, snapshot: Snapshot) -> QuestionTerms:
        pairs: dict[tuple[str, bool], tuple[QueryTerm, QueryTerm, QueryTerm]] = {}
        for left, right in pairwise(query.terms):
            lacks_marks = left.plain or right.plain
            text = f"{form_of(left, lacks_marks)}_{form_of(right, lacks_marks)}"
            pair = QueryTerm(
                text, max(left.weight, right.weight), lacks_marks, f"{left.origin} {right.origin}"
            )
            pairs.setdefault((text, lacks_marks), (pair, left, right))
        return cls(
            singles=_distinct((*query.terms, *_related(query, snapshot))),
            pairs=tuple(pair for pair, _, _ in pairs.values()),
            pair_parts=tuple((left, right) for _, left, right in pairs.values()),
        )


@dataclass(frozen=True, slots=True)
class TermWeights:
    """Each term's idf times its weight in the question. Shapes (T,), (B,), (T,)."""

    single: Scores
    pair: Scores
    article: Scores

    @classmethod
    def of(cls, terms: QuestionTerms, snapshot: Snapshot) -> TermWeights:
        stats = snapshot.stats

        def passage(term: QueryTerm) -> float:
            return term.weight * lucene_idf(snapshot.passage_df(term.text, plain=term.plain), stats.passages)

        def article(term: QueryTerm) -> float:
            return term.weight * lucene_idf(snapshot.article_df(term.text, plain=term.plain), stats.articles)

        return cls(
            single=np.array([passage(term) for term in terms.singles]),
            pair=np.array([passage(pair) for pair in terms.pairs]),
            article=np.array([article(term) for term in terms.singles]),
        )


def with_usual_wording(query: Query, snapshot: Snapshot) -> Query:
    """The query without other wordings of phrases that are the corpus' own: those of which no other wording is in USUAL
    times as many passages. Laws have "nhà giáo" in many more than "giáo viên"."""

    def is_usual(said: str, others: Sequence[str]) -> bool:
        own, *counts = (_passages_with(words, query, snapshot) for words in (said, *others))
        return own > 0 and max(counts) < USUAL * own

    return replace(query, wording=tuple(each for each in query.wording if not is_usual(*each)))


def worth_looking_for(
    terms: Sequence[QueryTerm], weights: Sequence[float], counts: Sequence[int], *, share: float
) -> list[QueryTerm]:
    """Without those that cost most and tell least: the lightest ones that are in more than MANY entries, as long as the
    others make this `share` of all that the terms weigh. `counts`: how many entries hold each."""
    spare, dropped = (1 - share) * sum(weights), set()
    for place in sorted(range(len(terms)), key=weights.__getitem__):
        if counts[place] > MANY and weights[place] < spare:
            dropped.add(place)
            spare -= weights[place]
    return [term for place, term in enumerate(terms) if place not in dropped]


def form_of(term: QueryTerm, lacks_marks: bool) -> str:
    """The term as it stands in the stream of terms that are accented, or `lacks_marks`."""
    return plain(term.text) if lacks_marks and not term.plain else term.text


def _passages_with(words: str, query: Query, snapshot: Snapshot) -> int:
    """How many passages hold the phrase, its words in a row, at most."""
    lacks_marks = query.lacks_marks
    terms = [spell(word, lacks_marks=lacks_marks) for word in words.split()]
    return row_df_in(snapshot)(terms, lacks_marks)


def _related(query: Query, snapshot: Snapshot) -> Iterator[QueryTerm]:
    lacks_marks = query.lacks_marks
    unknown = (
        other
        for words, others in query.synonyms
        if not _passages_with(words, query, snapshot)
        for other in others
    )
    for phrase in (*query.related, *unknown):
        for word in phrase.split():
            text = spell(word, lacks_marks=lacks_marks)
            yield QueryTerm(
                text, RELATED_WEIGHT, lacks_marks, word, "name" if phrase in query.related else "noun"
            )


def _distinct(terms: Sequence[QueryTerm]) -> tuple[QueryTerm, ...]:
    merged: dict[tuple[str, bool], QueryTerm] = {}
    for term in terms:
        known = merged.get((term.text, term.plain))
        merged[term.text, term.plain] = known.weighing(known.weight + term.weight) if known else term
    return tuple(merged.values())
