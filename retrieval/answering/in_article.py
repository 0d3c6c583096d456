"""What comes first where a question asks on about a passage that was shown?

Somebody who asks "Vì sao?" means what was just read: the reason stands in the same article, mostly nearby. The words
that the question took over from before said which article; within it, its own words say what to look for.
"""

from __future__ import annotations

import re
from dataclasses import replace

from retrieval.ranking.order import nearer_first
from retrieval.ranking.ranker import Ranking
from retrieval.records import Following, Query

CARRIED_WEIGHT = 0.08
"""What a word that was taken over counts; measured on conversations of our own: 0.03 to 0.1 are alike, 0.3 is worse."""


def own_words_first(query: Query, following: Following) -> Query:
    """The question with the words that it took over weighing less."""
    own = _words(following.own)
    if not own:
        return query
    terms = tuple(
        term if _words(term.origin) & own else term.weighing(term.weight * CARRIED_WEIGHT)
        for term in query.terms
    )
    return replace(query, terms=terms)


def nearby_first(ranking: Ranking, following: Following) -> Ranking:
    """The article's passages in order, the nearer to what was shown before others of nearly their score."""
    scores = [entry.score for entry in ranking.passages]
    numbers = [entry.number for entry in ranking.passages]
    return ranking.reordered(nearer_first(scores, numbers, following.number))


def _words(text: str) -> set[str]:
    return set(re.findall(r"\d+|[^\W\d_]+", text.lower()))
