"""Two short articles and a stand-in that answers from a script: what the tests of measuring ask."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from retrieval import Answer, Document, Hit, Passage, QuestionError
from retrieval.passages import split_passages

BRIDGE = Document(
    id="bridge",
    title="Cầu Mới",
    text="Cây cầu bắc qua sông dài 1.135 mét, xong năm 2019. Bên kia sông có 135 hộ làm nghề chài.",
)
MARKET = Document(
    id="market",
    title="Chợ Phiên",
    text="Chợ họp vào ngày mồng năm hằng tháng bên gốc đa. Có 135 sạp hàng, phần lớn bán vải và nông cụ.",
)


def write_jsonl(path: Path, rows: Sequence[Mapping[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def hits(*numbers: tuple[Document, int]) -> tuple[Hit, ...]:
    """Hits, in this order, of the documents' passages of these numbers."""
    found = []
    for rank, (document, number) in enumerate(numbers, 1):
        start, end = split_passages(document.text)[number]
        passage = Passage(document.id, start, end, document.text[start:end], number)
        found.append(Hit(passage, document, 1.0 / rank, rank))
    return tuple(found)


class Scripted:
    """Answers each question as told; other questions have nothing to look for."""

    def __init__(self, answers: Mapping[str, Answer]) -> None:
        self.answers = answers

    def answer(self, question: str, *, limit: int = 5) -> Answer:
        if question not in self.answers:
            raise QuestionError("nothing to look for")
        answer = self.answers[question]
        return Answer(
            question=question,
            hits=answer.hits[:limit],
            answered=answer.answered,
            highlight=answer.highlight,
            confidence=answer.confidence,
            query=answer.query,
        )
