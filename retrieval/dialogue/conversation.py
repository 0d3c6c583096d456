"""How does one talk with a corpus? A question after another, each understood after those before it."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterable, Sequence
from typing import Protocol

from retrieval.dialogue.coreference import Before, names_read
from retrieval.dialogue.phrases import Phrases
from retrieval.dialogue.rewrite import complete, in_place
from retrieval.dialogue.scope import stays
from retrieval.dialogue.turn import Turn, make_turn, read_again
from retrieval.question.bounds import typed_question
from retrieval.records import Answer, Document, Following, Query


class Asking(Protocol):
    """What a conversation needs of the library."""

    def understand(self, question: str) -> Query:
        """Raises QuestionError where there is nothing to look for."""

    def compose(self, question: str, read: Sequence[Query]) -> Query:
        """What a question asks that is made of words of questions that were understood."""

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
        """Raises QuestionError as `understand` does."""

    def document(self, document_id: str) -> Document | None:
        """The document with this id, if the corpus has it."""


class Conversation:
    """What was asked so far, and what the next message asks.

    Cheap to make: a bot that serves many people keeps each one's `turns` and makes a conversation of them for every
    message. One conversation is for one thread at a time.
    """

    def __init__(
        self,
        retriever: Asking,
        turns: Iterable[Turn] = (),
        *,
        limit: int = 5,
        source: str | None = None,
        since: datetime.date | None = None,
        until: datetime.date | None = None,
    ) -> None:
        """`limit`: hits of a turn. `source`, `since`, `until`: as in `Retriever.answer`, for every question."""
        self._retriever = retriever
        self._turns = tuple(turns)
        self._limit = limit
        self._source, self._since, self._until = source, since, until

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The questions so far, newest last: plain records to store."""
        return self._turns

    def ask(self, text: str, *, alone: bool = False) -> Turn:
        """Answers a question, a follow-up or a correction. `alone`: carry nothing over from before.

        Raises QuestionError where there is nothing to look for; the conversation is then as it was.
        """
        turn = self._asked(typed_question(text), None if alone or not self._turns else self._last())
        self._turns = (*self._turns, turn)
        return turn

    def show(self, number: int, *, context: bool = False) -> Turn:
        """The last question again, at its hit `number` (from 0; the nearest there is), and nothing searched.

        `context`: with the text around it. Passages whose document has changed or gone are named in the turn's `lost`.
        Raises LookupError where nothing was asked.
        """
        if not self._turns:
            raise LookupError("nothing was asked yet")
        last = self._last()
        if last.answer is None:
            last = read_again(last.at(number, context=context), self._retriever.document)
            number = last.number
        turn = last.at(number, context=context)
        self._turns = (*self._turns[:-1], turn)
        return turn

    def next(self) -> Turn:
        """The last question again, at the hit after the one shown, if there is one."""
        return self.show(self._shown + 1)

    def previous(self) -> Turn:
        """The last question again, at the hit before the one shown, if there is one."""
        return self.show(self._shown - 1)

    def context(self) -> Turn:
        """The last question again, with the text around the passage shown."""
        return self.show(self._shown, context=True)

    @property
    def _shown(self) -> int:
        return self._turns[-1].number if self._turns else 0

    def _asked(self, text: str, last: Turn | None) -> Turn:
        if last is None:
            return make_turn(text, text, self._answer(text))
        phrase = in_place(text)
        query = self._retriever.understand(phrase or text)
        before = self._before(last)
        new = Phrases(query, known_names=before.names())
        whole = complete(new, before, placed=phrase is not None)
        if whole is None:
            return make_turn(text, text, self._answer(query))
        if whole.again:
            return self._more(text, last)
        completed = self._retriever.compose(whole.question, (query, before.question.query))
        must = whole.lean == "must"
        anywhere = self._answer(completed if must else query)
        if anywhere.pinned:
            return make_turn(text, whole.question if must else text, anywhere)
        if last.shown and (last.answered or last.near or last.following or last.number):
            # What was declined is about no article, unless the person turned to it.
            following = Following(last.shown.document_id, last.shown.number, whole.asked)
            there = self._answer(completed, following)
            if stays(whole, there, anywhere):
                return make_turn(text, whole.question, there, following=following, about=whole.about)
        return make_turn(text, whole.question if must else text, anywhere)

    def _more(self, text: str, last: Turn) -> Turn:
        """What the last question gave, with the text around it."""
        turn = last if last.answer else read_again(last, self._retriever.document)
        return dataclasses.replace(turn.at(turn.number, context=True), question=text).holding(turn.answer)

    def _answer(self, question: str | Query, following: Following | None = None) -> Answer:
        return self._retriever.answer(
            question,
            limit=self._limit,
            source=self._source,
            since=self._since,
            until=self._until,
            following=following,
        )

    def _last(self) -> Turn:
        """The last turn; one of an older version, which kept no passages, is asked anew."""
        turn = self._turns[-1]
        if turn.query is not None:
            return turn
        answer = self._answer(turn.understood, turn.following)
        return make_turn(turn.question, turn.understood, answer, following=turn.following)

    def _before(self, turn: Turn) -> Before:
        shown = turn.shown
        article = self._retriever.document(shown.document_id) if shown else None
        start, end = (shown.start, shown.end) if shown else (0, 0)
        query = turn.query or Query(turn.understood)
        texts = (article.title, article.text) if article else ()
        known = (one.name for text in texts for one in names_read(text))
        return Before(Phrases(query, known_names=known, about=turn.about), turn.text, article, start, end)
