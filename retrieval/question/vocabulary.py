"""How often does a corpus hold a word, or several in a row? What questions are read by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Protocol

from retrieval.collection import CollectionStats

Df = Callable[[str, bool], int]
"""(term or pair "a_b", plain) -> how many passages hold it."""
RowDf = Callable[[Sequence[str], bool], int]
"""(terms in a row, plain) -> how many passages may hold them: no more than hold any pair of neighbours."""


class Vocabulary(Protocol):
    """What a corpus knows of a term or a pair "a_b": how many passages hold it, of how many."""

    @property
    def stats(self) -> CollectionStats: ...
    def passage_df(self, term: str, *, plain: bool) -> int: ...


def df_in(vocabulary: Vocabulary) -> Df:
    """The counts of one corpus."""
    return lambda term, lacks_marks: vocabulary.passage_df(term, plain=lacks_marks)


def row_df_in(vocabulary: Vocabulary) -> RowDf:
    """The counts of one corpus, for one term or more."""

    def row_df(terms: Sequence[str], lacks_marks: bool) -> int:
        pairs = [f"{left}_{right}" for left, right in pairwise(terms)]
        return min(vocabulary.passage_df(term, plain=lacks_marks) for term in pairs or terms)

    return row_df
