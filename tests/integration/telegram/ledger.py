"""A corpus in which every question has an answer of its own: who gets somebody else's is found out."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence

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

_NUMBER = re.compile(r"số (\d+)")


def question(number: int) -> str:
    return f"Xã số {number} có bao nhiêu hộ dân?"


def figure(number: int) -> str:
    """The answer to it."""
    return f"{70_000 + number}"


class Ledger(Talking):
    def document(self, document_id: str) -> Document | None:
        return self.answer(f"số {document_id.removesuffix('.md')}").hits[0].document

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
        match = _NUMBER.search(question)
        if match is None:
            raise QuestionError("no number in it")
        number = int(match.group(1))
        text = f"Theo sổ <b>& ghi chép</b>, xã số {number} có {figure(number)} hộ dân."
        document = Document(f"{number}.md", text, title=f"Xã số {number}", source="Sổ")
        start = text.index(figure(number))
        span = (start, start + len(figure(number)))
        hit = Hit(Passage(document.id, 0, len(text), text), document, 1.0, 1, highlight=span)
        return Answer(question, (hit,), answered=True, highlight=span, confidence=1.0, query=Query(question))

    def documents(self) -> Iterable[Document]:
        return ()

    def sources(self) -> Sequence[SourceSummary]:
        return ()

    def add(self, documents: Iterable[Document]) -> None:
        raise NotImplementedError

    def remove(self, ids: Iterable[str]) -> int:
        raise NotImplementedError

    def refresh(self) -> None:
        """Nobody else writes to it."""
