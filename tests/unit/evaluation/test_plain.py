"""The baseline is rank-bm25's own score of underthesea's words."""

from __future__ import annotations

import pytest
from rank_bm25 import BM25Okapi
from underthesea import word_tokenize

from retrieval import Document
from retrieval.evaluation.plain import PlainRetriever

SENTENCES = [
    "Hợp tác xã trồng bốn mươi cây số dừa ven con kênh mới đào.",
    "Trường tiểu học của làng có chín phòng học và một sân bóng rộng.",
    "Hội phụ nữ quyên góp áo ấm cho các cháu vùng cao vào mùa đông.",
]


def test_scores_are_those_of_the_library() -> None:
    documents = [Document(id=str(number), text=text) for number, text in enumerate(SENTENCES)]
    question = "Trường tiểu học có bao nhiêu phòng?"
    answer = PlainRetriever(documents).answer(question, limit=3)
    index = BM25Okapi([[word.lower() for word in word_tokenize(text)] for text in SENTENCES])
    scores = index.get_scores([word.lower() for word in word_tokenize(question)])
    assert [hit.score for hit in answer.hits] == pytest.approx(sorted(scores, reverse=True))
    assert answer.hits[0].passage.text == SENTENCES[1]
    assert [hit.rank for hit in answer.hits] == [1, 2, 3]
    assert answer.answered
