"""The candidates' BM25 is rank-bm25's, with the collection's statistics."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from retrieval.ranking.bm25 import CandidateBM25, lucene_idf

words = st.sampled_from(["đảng", "viên", "kết", "nạp", "tỉnh"])
texts = st.lists(st.lists(words, min_size=1, max_size=12), min_size=2, max_size=8)


@given(texts, st.lists(words, min_size=1, max_size=4))
def test_scores_of_some_candidates_are_those_of_the_whole_collection(
    collection: list[list[str]], question: list[str]
) -> None:
    library = BM25Okapi(collection, k1=1.2, b=0.75)
    chosen = collection[::2]
    ours = CandidateBM25(
        np.array([[text.count(word) for text in chosen] for word in question]),
        np.array([len(text) for text in chosen]),
        idf=np.array([library.idf.get(word, 0.0) for word in question]),
        avg_len=library.avgdl,
        k1=1.2,
        b=0.75,
    )
    np.testing.assert_array_equal(ours.get_scores(range(len(question))), library.get_scores(question)[::2])


def test_idf_is_never_negative_and_falls_with_df() -> None:
    values = [lucene_idf(df, 10) for df in range(11)]
    assert values == sorted(values, reverse=True)
    assert values[-1] > 0
