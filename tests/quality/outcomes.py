"""What do the library and its conversations make of every question of the gate?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from retrieval import Answer, QuestionError, Retriever, read_corpus
from retrieval.vietnamese.syllables import strip_marks
from tests.quality import questions as asked
from tests.quality.questions import Question, Talk, Target, Turn, Unanswerable

SEEDS = Path(__file__).parents[2] / "seeds"
DEPTH = 10
"""Hits asked for: the depth of the measures."""

Verdict = Literal["right", "wrong", "none"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that has an answer, and what came back.

    `rank`: of the first right passage, from 1, or None; `document_rank`: of the right article among articles.
    `plain_rank`: `rank` when the same question is typed without diacritics.
    """

    question: Question
    answer: Answer
    rank: int | None
    document_rank: int | None
    plain_rank: int | None
    emphasis: Verdict


@dataclass(frozen=True, slots=True)
class Refused:
    """A question without an answer, and what came back. `named`: the reply says what is missing."""

    question: Unanswerable
    answer: Answer
    named: bool


@dataclass(frozen=True, slots=True)
class Said:
    """One turn of a conversation. `understood`: the question as searched. `right`: as the turn wants it."""

    turn: Turn
    understood: str
    answer: Answer
    right: bool


@dataclass(frozen=True, slots=True)
class Talked:
    """A conversation, turn by turn."""

    talk: Talk
    turns: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Everything that golden files and totals are made of."""

    asked: tuple[Asked, ...]
    refused: tuple[Refused, ...]
    talked: tuple[Talked, ...]


def outcomes() -> Outcomes:
    """Ask the sample corpus everything, with default settings, from an index in memory."""
    retriever = Retriever.build(read_corpus([SEEDS]))
    return Outcomes(
        asked=tuple(map(partial(_ask, retriever), asked.questions())),
        refused=tuple(map(partial(_refuse, retriever), asked.unanswerable())),
        talked=tuple(map(partial(_talk, retriever), asked.talks())),
    )


def emphasis(answer: Answer, question: Question) -> Verdict:
    """Are the emphasised words right: do they hold what is asked for, in at most twice the ideal length?

    What must be held is the number without its unit, or the whole of a date or a name.
    """
    if answer.text is None:
        return "none"
    held = _number(question.span) if question.kind == "number" else question.span
    whole = re.search(rf"(?<![\w.,/-]){re.escape(held)}(?!\w)", answer.text)
    fits = whole and len(answer.text) <= 2 * len(question.span)
    return "right" if fits and question.target.held_by(answer.hits[0]) else "wrong"


def _ask(retriever: Retriever, question: Question) -> Asked:
    answer = _answer(retriever, question.text)
    documents = dict.fromkeys(hit.document.id for hit in answer.hits)
    return Asked(
        question=question,
        answer=answer,
        rank=_rank(answer, question.target),
        document_rank=_first(name == question.target.document for name in documents),
        plain_rank=_rank(_answer(retriever, strip_marks(question.text)), question.target),
        emphasis=emphasis(answer, question),
    )


def _refuse(retriever: Retriever, question: Unanswerable) -> Refused:
    answer = _answer(retriever, question.text)
    return Refused(question=question, answer=answer, named=_names(answer, question.missing))


def _talk(retriever: Retriever, talk: Talk) -> Talked:
    conversation = retriever.converse(limit=DEPTH)
    said = []
    for turn in talk.turns:
        asked = conversation.ask(turn.text)
        assert asked.answer is not None
        right = _as_wanted(asked.answer, turn)
        said.append(Said(turn=turn, understood=asked.understood, answer=asked.answer, right=right))
    return Talked(talk=talk, turns=tuple(said))


def _as_wanted(answer: Answer, turn: Turn) -> bool:
    if turn.target is None:
        return not answer.answered and _names(answer, turn.missing)
    return _rank(answer, turn.target) == 1


def _answer(retriever: Retriever, question: str) -> Answer:
    try:
        return retriever.answer(question, limit=DEPTH)
    except QuestionError:
        return Answer(question=question, hits=(), answered=False)


def _rank(answer: Answer, target: Target) -> int | None:
    return _first(target.held_by(hit) for hit in answer.hits)


def _first(flags: Iterable[bool]) -> int | None:
    return next((rank for rank, flag in enumerate(flags, start=1) if flag), None)


def _names(answer: Answer, missing: str) -> bool:
    return bool(missing) and any(
        strip_marks(missing).lower() in strip_marks(name).lower() for name in answer.missing
    )


def _number(span: str) -> str:
    words = span.split()
    return next((word for word in words if re.search(r"\d", word)), words[0] if words else "")
