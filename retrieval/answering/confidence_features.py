"""How far does the first passage carry the question? Values that the chance of an answer is made of."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from retrieval.answering.rarity import one_word, rarity_of
from retrieval.ranking.ranker import Ranking

SUPPORT = ("score", "content_words", "rare_held", "rare_pairs_held", "words_held", "missing", "passages")
"""What the chance is made of; see `support`."""


def support(ranking: Ranking, lacking: Sequence[str], *, passages: int) -> dict[str, float]:
    """How far the first passage of a corpus of `passages` carries the question.

    `score`: the ranking's. `content_words`: ln(1 + how many the question has). `rare_held`, `rare_pairs_held`:
    ln(1 + the rarity, in Vietnamese at large, of those and of the question's neighbouring pairs that the passage's
    article has). `words_held`: the idf of those pairs, each by how far it is one word. `missing`: 1 where something
    that the question names is. `passages`: ln of how many; among more of them chance finds a better one.
    """
    candidates, terms, place = ranking.candidates, ranking.terms, ranking.places[0]
    article = candidates.article[place]
    held, pairs_held = candidates.article_tf[:, article] > 0, candidates.article_pair_tf[:, article] > 0
    content = np.array([term.is_content for term in terms.singles])
    rare_pairs = rarity_of(terms.pairs)
    left, right = (rarity_of([parts[side] for parts in terms.pair_parts]) for side in (0, 1))
    words = ranking.weights.pair * one_word(left, right, rare_pairs)
    return {
        "score": ranking.passages[0].score,
        "content_words": math.log1p(int(content.sum())),
        "rare_held": math.log1p(rarity_of(terms.singles)[held & content].sum()),
        "rare_pairs_held": math.log1p(rare_pairs[pairs_held].sum()),
        "words_held": float(words[pairs_held].sum()),
        "missing": float(bool(lacking)),
        "passages": math.log(max(1, passages)),
    }
