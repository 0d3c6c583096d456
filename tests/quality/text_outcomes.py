"""What does a reader see of every question on our own texts of other kinds?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from retrieval import Answer, Hit, QuestionError, Retriever, read_corpus
from retrieval.evaluation.cards import Verdict, emphasis, holds, shown_text
from tests.quality.text_rows import TEXTS, Row, Wanted, rows

DEPTH = 3


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of one message. `rank`: of the first card that holds the answer, from 1, or None.

    `understood`: the question as it was searched. `card`: the first card's text; `document`: whose it is.
    `place`: whether the section asked about is named on or above the right card; None where none is wanted.
    """

    row: Row
    turn: Wanted
    number: int
    understood: str
    answered: bool
    document: str
    card: str
    rank: int | None
    emphasised: str | None = None
    verdict: Verdict = "none"
    place: bool | None = None

    @property
    def right(self) -> bool:
        """Whether the first card holds the answer; of what is to be declined, whether it was."""
        return self.rank == 1 if self.turn.answers else not self.answered


def seen() -> tuple[Seen, ...]:
    """Everything that was asked, in the order of the rows."""
    return tuple(ask_everything())


def ask_everything() -> Iterator[Seen]:
    """Asks row after row, with default settings, of all the texts in one index in memory."""
    retriever = texts()
    for row in rows():
        yield from ask(retriever, row)


def texts() -> Retriever:
    """All the texts in one index in memory."""
    return Retriever.build(read_corpus([TEXTS]))


def ask(retriever: Retriever, row: Row) -> Iterator[Seen]:
    """What comes of each message of a row."""
    yield from _talk(retriever, row) if len(row.turns) > 1 else [_ask(retriever, row)]


def _ask(retriever: Retriever, row: Row) -> Seen:
    (turn,) = row.turns
    try:
        answer = retriever.answer(turn.text, limit=DEPTH)
    except QuestionError:
        answer = Answer(question=turn.text, hits=(), answered=False)
    return _seen(row, 1, turn.text, answer)


def _talk(retriever: Retriever, row: Row) -> Iterator[Seen]:
    conversation = retriever.converse(limit=DEPTH)
    for number, turn in enumerate(row.turns, start=1):
        try:
            asked = conversation.ask(turn.text)
        except QuestionError:
            yield _seen(row, number, turn.text, Answer(question=turn.text, hits=(), answered=False))
        else:
            assert asked.answer is not None
            yield _seen(row, number, asked.understood, asked.answer)


def _seen(row: Row, number: int, understood: str, answer: Answer) -> Seen:
    turn = row.turns[number - 1]
    rank = next((hit.rank for hit in answer.hits if _right(hit, turn)), None)
    first = answer.hits[0] if answer.hits else None
    return Seen(
        row=row,
        turn=turn,
        number=number,
        understood=understood,
        answered=answer.answered,
        document=first.document.id if first else "",
        card=shown_text(first) if first else "",
        rank=rank,
        emphasised=answer.text,
        verdict=emphasis(answer.text, turn.answers) if turn.answers else "none",
        place=_placed(answer.hits[rank - 1], turn.section) if rank and turn.section else None,
    )


def _right(hit: Hit, turn: Wanted) -> bool:
    return hit.document.id == turn.document and holds(shown_text(hit), turn.answers)


def _placed(hit: Hit, section: str) -> bool:
    return holds("\n".join((*hit.passage.section, shown_text(hit))), [section])
