"""What did a retriever say to each question, was it right, and how long did it take?"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from retrieval.errors import QuestionError
from retrieval.evaluation.qrels import Emphasis, is_right_passage, judge_emphasis
from retrieval.evaluation.sets import Question
from retrieval.records import Answer, AnswerKind

DEPTH = 50
"""Passages asked for: enough for ten different articles among them, nearly always."""


class Answering(Protocol):
    """What is measured: a Retriever, or a baseline."""

    def answer(self, question: str, *, limit: int = 5) -> Answer: ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question asked, judged. Tuples are in the order of the hits."""

    question: Question
    asked: str
    """The words that were sent: the question's own or a variant of them."""
    right: tuple[bool, ...]
    documents: tuple[str, ...]
    lengths: tuple[int, ...]
    """Characters of each passage."""
    answered: bool
    confidence: float
    missing: tuple[str, ...]
    kind: AnswerKind
    emphasis: Emphasis
    milliseconds: float


def ask_all(
    retriever: Answering,
    questions: Iterable[Question],
    *,
    variant: Callable[[Question], str | None] | None = None,
    on_progress: Callable[[], object] | None = None,
) -> list[Outcome]:
    """Asks each question, in the words that `variant` makes of it, unless it makes None."""
    outcomes = []
    for question in questions:
        words = question.text if variant is None else variant(question)
        if words is not None:
            outcomes.append(_ask(retriever, question, words))
        if on_progress:
            on_progress()
    return outcomes


def _ask(retriever: Answering, question: Question, words: str) -> Outcome:
    began = time.perf_counter()
    try:
        answer = retriever.answer(words, limit=DEPTH)
    except QuestionError:
        answer = Answer(question=words, hits=(), answered=False)
    took = time.perf_counter() - began
    hits = answer.hits
    return Outcome(
        question=question,
        asked=words,
        right=tuple(is_right_passage(hit, question) for hit in hits),
        documents=tuple(hit.document.id for hit in hits),
        lengths=tuple(len(hit.passage.text) for hit in hits),
        answered=answer.answered,
        confidence=answer.confidence,
        missing=answer.missing,
        kind=answer.query.kind,
        emphasis=judge_emphasis(hits[0], answer.highlight, question) if hits and answer.answered else "none",
        milliseconds=1000 * took,
    )
