"""What comes first where a question asks on about a passage that was shown?

Somebody who asks "Vì sao?" means what was just read: the reason stands in the same article, mostly nearby. The words
that the question took over from before said which article; within it, its own words say what to look for.
"""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from retrieval.ranking.ranker import Ranking
from retrieval.records import Following, Query

CARRIED_WEIGHT = 0.08
"""What a word that was taken over counts; measured on conversations of our own: 0.03 to 0.1 are alike, 0.3 is worse."""
NEARBY = 2.0
"""What the score of the passage that was shown gains, and others less with each step away; 1 to 2 are alike."""
DECAY = 0.28
"""Of each step: as the answers of our conversations lie, two in five in the passage shown, one in five right after."""


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
    """The article's passages in order, the nearer before others of nearly their score.

    One reads on: what stands before is twice as far as what follows.
    """
    moved = np.array([entry.passage.number - following.number for entry in ranking.passages])
    steps = np.where(moved < 0, -2 * moved, moved)
    scores = np.array([entry.score for entry in ranking.passages]) + NEARBY * np.exp(-DECAY * steps)
    return ranking.reordered(np.argsort(-scores, kind="stable").tolist())


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))
