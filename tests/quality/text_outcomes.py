"""What does a reader see of every question on our own texts of other kinds?"""

from __future__ import annotations

from dataclasses import dataclass

from bot.conversation import Conversation, Responder
from bot.reply import Quote, Reply
from retrieval import Answer, Hit, QuestionError, Retriever, read_corpus
from retrieval.evaluation.cards import LONGEST, Verdict, emphasis, holds, shown_text
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
    """Ask everything, with default settings, of all the texts in one index in memory."""
    retriever = Retriever.build(read_corpus([TEXTS]))
    return tuple(
        each
        for row in rows()
        for each in (_talk(retriever, row) if len(row.turns) > 1 else [_ask(retriever, row)])
    )


def _ask(retriever: Retriever, row: Row) -> Seen:
    (turn,) = row.turns
    try:
        answer = retriever.answer(turn.text, limit=DEPTH)
    except QuestionError:
        answer = Answer(question=turn.text, hits=(), answered=False)
    rank = next((hit.rank for hit in answer.hits if _right(hit, turn)), None)
    first = answer.hits[0] if answer.hits else None
    return Seen(
        row=row,
        turn=turn,
        number=1,
        understood=turn.text,
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


def _talk(retriever: Retriever, row: Row) -> list[Seen]:
    responder, conversation, found = Responder(retriever), Conversation(), []
    for number, turn in enumerate(row.turns, start=1):
        reply, conversation = responder.respond(turn.text, conversation)
        last = conversation.last
        document = next(iter(last.documents), "") if last and last.question == turn.text else ""
        card = _card(reply)
        found.append(
            Seen(
                row=row,
                turn=turn,
                number=number,
                understood=reply.question or turn.text,
                answered=reply.kind == "answer",
                document=document,
                card=card,
                rank=1 if document == turn.document and holds(card, turn.answers) else None,
            )
        )
    return found


def _card(reply: Reply) -> str:
    """The passages that a reply shows; several where sources disagree."""
    return "\n".join(block.text[:LONGEST] for block in reply.blocks if isinstance(block, Quote))
