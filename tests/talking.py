"""What a stand-in for the library needs to hold conversations, beside `answer` and `document` of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from retrieval import Answer, Conversation, Document, Query, Turn


class Talking:
    """Understands nothing of a question but its text, and leaves follow-ups to the library."""

    def converse(self, turns: Iterable[Turn] = (), *, limit: int = 5) -> Conversation:
        return Conversation(self, turns, limit=limit)

    def understand(self, question: str) -> Query:
        return Query(question)

    def compose(self, question: str, read: Sequence[Query]) -> Query:
        assert read
        return self.understand(question)

    def answer(self, question: str | Query, **options: object) -> Answer:
        raise NotImplementedError

    def document(self, document_id: str) -> Document | None:
        raise NotImplementedError
