"""What would plain rank-bm25 find? BM25Okapi over lower-cased underthesea words, passage by passage."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from retrieval.passages import split_passages
from retrieval.records import Answer, Document, Hit, Passage
from retrieval.settings import PassageSettings


class PlainRetriever:
    """Answers every question with its best passages; BM25Okapi's own defaults, no title, nothing declined."""

    def __init__(self, documents: Iterable[Document], *, settings: PassageSettings | None = None) -> None:
        from rank_bm25 import BM25Okapi

        self._documents = {document.id: document for document in documents}
        self._passages = [
            Passage(document.id, start, end, document.text[start:end], number)
            for document in self._documents.values()
            for number, (start, end) in enumerate(split_passages(document.text, settings=settings))
        ]
        self._index = BM25Okapi([_words(passage.text) for passage in self._passages])

    def answer(self, question: str, *, limit: int = 5) -> Answer:
        """The passages of the highest scores; equal scores keep the order of the corpus."""
        scores = self._index.get_scores(_words(question))
        best = np.argsort(-scores, kind="stable")[:limit]
        hits = tuple(
            Hit(self._passages[at], self._documents[self._passages[at].document_id], float(scores[at]), rank)
            for rank, at in enumerate(best, 1)
        )
        return Answer(
            question=question, hits=hits, answered=bool(hits), confidence=hits[0].score if hits else 0.0
        )


def _words(text: str) -> list[str]:
    from underthesea import word_tokenize

    return [word.lower() for word in word_tokenize(text)]
