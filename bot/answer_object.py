"""What does an answer look like to a program? One object, the same from `hoidap ask --json` and over HTTP."""

from __future__ import annotations

from typing import Any

from retrieval import Answer, Document, Hit, PinnedAnswer


def as_object(answer: Answer) -> dict[str, Any]:
    """The answer with its hits; only values that JSON has."""
    return {
        "question": answer.question,
        "answered": answer.answered,
        "near": answer.near,
        **({"partial": True} if answer.partial else {}),
        "answer": answer.text,
        "pinned": pinned_object(answer.pinned) if answer.pinned else None,
        "hits": [hit_object(hit) for hit in answer.hits],
    }


def pinned_object(pinned: PinnedAnswer) -> dict[str, Any]:
    """What an operator answers to `questions`. `date`: when it was pinned, as in ISO 8601."""
    return {
        "id": pinned.id,
        "questions": list(pinned.questions),
        "text": pinned.text,
        "source": pinned.source,
        "date": pinned.pinned.isoformat(),
    }


def hit_object(hit: Hit) -> dict[str, Any]:
    """A hit with where it stands. `shown`: what a card shows, the passage included."""
    document, passage = hit.document, hit.passage
    start, end = hit.shown or (passage.start, passage.end)
    return {
        "rank": hit.rank,
        "score": hit.score,
        "text": passage.text,
        "shown": document.text[start:end],
        "section": list(passage.section),
        "page": passage.page,
        "document": document.id,
        **document_facts(document),
    }


def document_facts(document: Document) -> dict[str, Any]:
    """What is known of a document. `date`: as in ISO 8601."""
    return {
        "title": document.title,
        "source": document.source,
        "number": document.number,
        "date": document.date.isoformat() if document.date else None,
        "date_kind": document.date_kind,
        "url": document.url,
    }
