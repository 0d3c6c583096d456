"""A retriever small enough to read: it answers from a list, without any search."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from retrieval import (
    Answer,
    Document,
    Following,
    Hit,
    Passage,
    Query,
    QuestionError,
    SourceSummary,
)
from tests.talking import Talking


def document(
    name: str,
    sentences: Sequence[str],
    *,
    title: str = "",
    source: str | None = None,
    published: datetime.date | None = None,
    mentioned: datetime.date | None = None,
    url: str | None = None,
    kind: str = "article",
) -> Document:
    return Document(
        id=name,
        text=" ".join(sentences),
        title=title,
        source=source,
        published=published,
        mentioned=mentioned,
        url=url,
        kind="digest" if kind == "digest" else "article",
    )


def hit(document: Document, sentence: str, *, rank: int = 1, emphasised: str = "") -> Hit:
    start = document.text.index(sentence)
    at = sentence.index(emphasised)
    return Hit(
        passage=Passage(document.id, start, start + len(sentence), sentence),
        document=document,
        score=1 / rank,
        rank=rank,
        highlight=(at, at + len(emphasised)) if emphasised else None,
    )


class StandIn(Talking):
    """Answers each question with the hits it was given for it; notes what it was asked."""

    def __init__(
        self, hits: dict[str, Sequence[Hit]], *, answered: bool = True, missing: tuple[str, ...] = ()
    ) -> None:
        self.asked: list[str] = []
        self._hits = hits
        self._answered = answered
        self._missing = missing

    def documents(self) -> list[Document]:
        found = {hit.document.id: hit.document for hits in self._hits.values() for hit in hits}
        return list(found.values())

    def sources(self) -> list[SourceSummary]:
        return [SourceSummary("Báo A", len(self.documents()))]

    def document(self, document_id: str) -> Document | None:
        return next((document for document in self.documents() if document.id == document_id), None)

    def answer(
        self,
        question: str | Query,
        *,
        limit: int = 5,
        source: str | None = None,
        since: datetime.date | None = None,
        until: datetime.date | None = None,
        following: Following | None = None,
    ) -> Answer:
        question = question.text if isinstance(question, Query) else question
        self.asked.append(question)
        if question == "?!":
            raise QuestionError("nothing to look for")
        found = self._hits.get(question, ())
        hits = tuple(hit for hit in found if not following or hit.document.id == following.document_id)[
            :limit
        ]
        answered = self._answered and bool(hits)
        return Answer(
            question,
            hits,
            answered=answered,
            highlight=hits[0].highlight if answered else None,
            missing=self._missing,
            query=Query(question),
        )
