"""What is kept of one question of a conversation? Plain values that JSON has, and where the passages found stand."""

from __future__ import annotations

import dataclasses
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from retrieval.records import Answer, Document, Following, Hit, Passage, PinnedAnswer, Query, Record


@dataclass(frozen=True, slots=True)
class HitReference(Record):
    """Where a passage found stands: enough to show it again from its document, without a search.

    `start`, `end`: offsets in the document's text; `highlight`: in the passage's; `shown`: in the document's.
    `check`: CRC-32 of the passage's text, which tells whether the document has changed since. `also`: ids.
    """

    document_id: str
    start: int
    end: int
    number: int = 0
    highlight: tuple[int, int] | None = None
    shown: tuple[int, int] | None = None
    score: float = 0.0
    section: tuple[str, ...] = ()
    page: int | None = None
    also: tuple[str, ...] = ()
    check: int = 0


class _Live(Record):
    """Holds what isn't stored: msgspec writes the fields of a dataclass, and this is none."""

    __slots__ = ("_answer",)
    _answer: Answer


@dataclass(frozen=True, slots=True)
class Turn(_Live):
    """One question and what it gave: what paging and the next question lean on.

    `msgspec.json` writes it and reads it back; only `answer` isn't stored. `question`: as typed; `understood`: the
    whole question as searched. `text`: the emphasised words that answer, or empty. `hits`: best first.
    `query`: what was understood; None in turns that older versions wrote, which are asked anew.
    `following`: what it was asked on about, where only that article was searched. `about`: what it was about, where
    that was taken over from the question before. `pinned`: what an operator answers. `number`: which hit is shown,
    from 0. `context`: with the text around it. `lost`: titles of documents that were just found to have changed or
    gone, whose passages are no longer among `hits`.
    """

    question: str
    understood: str
    answered: bool = False
    near: bool = False
    text: str = ""
    hits: tuple[HitReference, ...] = ()
    query: Query | None = None
    missing: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    confidence: float = 0.0
    conflicting: tuple[int, ...] = ()
    following: Following | None = None
    pinned: PinnedAnswer | None = None
    number: int = 0
    context: bool = False
    lost: tuple[str, ...] = ()
    about: str = ""

    @property
    def answer(self) -> Answer | None:
        """What the question found, with its documents; None in a turn read from storage until it is shown again."""
        return getattr(self, "_answer", None)

    @property
    def shown(self) -> HitReference | None:
        """The hit that is shown."""
        return self.hits[self.number] if self.number < len(self.hits) else None

    def holding(self, answer: Answer | None) -> Turn:
        """The same turn with its live answer."""
        turn = dataclasses.replace(self)
        if answer is not None:
            object.__setattr__(turn, "_answer", answer)
        return turn

    def at(self, number: int, *, context: bool = False) -> Turn:
        """The same turn with the hit `number` shown: from 0, the nearest that there is."""
        number = max(0, min(number, len(self.hits) - 1))
        return dataclasses.replace(self, number=number, context=context).holding(self.answer)


def make_turn(
    question: str,
    understood: str,
    answer: Answer,
    *,
    following: Following | None = None,
    about: str = "",
) -> Turn:
    """The turn of a question as typed, understood and answered."""
    return Turn(
        question=question,
        understood=understood,
        answered=answer.answered,
        near=answer.near,
        text=answer.text or "",
        hits=tuple(_reference(hit, answer) for hit in answer.hits),
        query=answer.query,
        missing=answer.missing,
        elsewhere=answer.elsewhere,
        confidence=answer.confidence,
        conflicting=answer.conflicting,
        following=following,
        pinned=answer.pinned,
        about=about,
    ).holding(answer)


def read_again(turn: Turn, document: Callable[[str], Document | None]) -> Turn:
    """The turn with its live answer, from the documents of its hits as they are now; nothing is searched.

    Passages whose document has changed or gone leave `hits` for `lost`; where the first one does, the turn is no
    longer `answered`.
    """
    found = {one: document(one) for one in {i for hit in turn.hits for i in (hit.document_id, *hit.also)}}
    turn = dataclasses.replace(turn, lost=())
    standing = [hit for hit in turn.hits if _stands(hit, found[hit.document_id])]
    if len(standing) < len(turn.hits):
        turn = _without(turn, standing, found)
    hits = tuple(
        hit for rank, one in enumerate(turn.hits, start=1) if (hit := _hit(one, rank, found)) is not None
    )
    return turn.holding(
        Answer(
            question=turn.query.text if turn.query else turn.understood,
            hits=hits,
            answered=turn.answered,
            near=turn.near,
            highlight=hits[0].highlight if turn.answered and hits else None,
            missing=turn.missing,
            elsewhere=turn.elsewhere,
            confidence=turn.confidence,
            conflicting=turn.conflicting,
            query=turn.query or Query(turn.understood),
            pinned=turn.pinned,
        )
    )


def _reference(hit: Hit, answer: Answer) -> HitReference:
    passage = hit.passage
    return HitReference(
        document_id=passage.document_id,
        start=passage.start,
        end=passage.end,
        number=passage.number,
        highlight=(answer.highlight if hit.rank == 1 else None) or hit.highlight,
        shown=hit.shown,
        score=hit.score,
        section=passage.section,
        page=passage.page,
        also=tuple(other.id for other in hit.also),
        check=zlib.crc32(passage.text.encode()),
    )


def _stands(hit: HitReference, document: Document | None) -> bool:
    return document is not None and zlib.crc32(document.text[hit.start : hit.end].encode()) == hit.check


def _hit(one: HitReference, rank: int, found: dict[str, Document | None]) -> Hit | None:
    document = found[one.document_id]
    if document is None:
        return None
    text = document.text[one.start : one.end]
    others = [found[other] for other in one.also]
    return Hit(
        passage=Passage(one.document_id, one.start, one.end, text, one.number, one.section, one.page),
        document=document,
        score=one.score,
        rank=rank,
        highlight=one.highlight,
        also=tuple(dataclasses.replace(other, text="", blocks=()) for other in others if other),
        shown=one.shown,
    )


def _without(turn: Turn, standing: list[HitReference], found: dict[str, Document | None]) -> Turn:
    """The turn without the passages that no longer stand."""
    gone = dict.fromkeys(hit.document_id for hit in turn.hits if hit not in standing)
    titles = [(document.title if (document := found[one]) else "") or one for one in gone]
    same_first = bool(standing) and standing[0] == turn.hits[0]
    before = sum(hit in standing for hit in turn.hits[: turn.number])
    return dataclasses.replace(
        turn,
        hits=tuple(standing),
        answered=turn.answered and (same_first or turn.pinned is not None),
        text=turn.text if same_first or turn.pinned else "",
        near=turn.near and same_first,
        conflicting=(),
        number=max(0, min(before, len(standing) - 1)),
        lost=tuple(titles),
    )
