"""What is emphasised in a passage, for a question typed as people type it."""

from __future__ import annotations

from retrieval import Document, Query, Retriever
from retrieval.answering.spans import pick_span
from retrieval.ranking.passage_view import PassageView
from retrieval.vietnamese.tokens import Spelling


def understood(question: str, *texts: str) -> Query:
    """The question as read where the corpus holds just these texts."""
    return Retriever.build(Document(f"d{number}", text) for number, text in enumerate(texts)).understand(
        question
    )


def view_of(text: str) -> PassageView:
    return PassageView(text, lambda: Spelling({}))


def picked(question: str, text: str) -> str | None:
    """The words of the text that are emphasised."""
    span = pick_span(understood(question, text), view_of(text))
    return text[slice(*span)] if span else None
