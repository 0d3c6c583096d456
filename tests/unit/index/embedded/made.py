"""Small documents and a plain analysis for them: a passage a line, terms are what stands between blanks.

A line that starts with "#" is the heading of those below it; one that starts with "@" is a paper's head, on page 2.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from retrieval.collection import HEADING, Sections
from retrieval.index.embedded import AnalysedDocument, Index
from retrieval.index.protocol import Filter, Snapshot, Wanted
from retrieval.records import Document, QueryTerm


def analyse(document: Document) -> AnalysedDocument:
    terms = document.title.split()
    starts, spans, headings, over, at = [len(terms)], [], [], [], 0
    for line in document.text.split("\n"):
        if line.startswith("#"):
            headings.append((at, at + len(line)))
        else:
            spans.append((at, at + len(line)))
            over.append(len(headings) - 1)
            terms += line.split()
            starts.append(len(terms))
        at += len(line) + 1
    ends = [len(terms)]
    for start, end in headings:
        terms += document.text[start:end].split()
        ends.append(len(terms))
    beside = np.array([document.text.startswith("@", start) for start, _ in spans], np.uint32)
    return AnalysedDocument(
        document=document,
        spans=np.array(spans, np.uint32).reshape(-1, 2),
        starts=np.array(starts, np.uint32),
        sections=Sections(
            spans=np.array(headings, np.uint32).reshape(-1, 2),
            kinds=np.full(len(headings), HEADING, np.uint32),
            parents=np.arange(len(headings), dtype=np.int32) - 1,
            over=np.array(over, np.int32),
            starts=np.array(ends, np.uint32),
            pages=2 * beside,
            beside=beside,
        ),
        accented=tuple(terms),
    )


def put(index: Index, *documents: Document, remove: Iterable[str] = ()) -> None:
    """One commit."""
    with index.writer() as writer:
        for document in documents:
            writer.add(analyse(document))
        writer.remove(remove)
        writer.commit()


TET = Document(
    "tet",
    "chợ hoa mở cửa ngày 20\nhoa đào và hoa mai đều rẻ hơn năm trước",
    title="Chợ Tết",
    source="Báo Mẫu",
    published=datetime.date(2020, 1, 20),
    url="https://example.org/tet",
    author="Người Viết",
)
LUA = Document(
    "lua",
    "nông dân gặt lúa sớm\ngiá lúa tăng 5 phần trăm\ncửa hàng mở thêm",
    title="Mùa lúa",
    source="BAO MAU",
    published=datetime.date(2021, 6, 1),
)
MUA = Document(
    "mua", "mưa to ở miền núi\nhọc sinh nghỉ học", title="Thời tiết", mentioned=datetime.date(2021, 9, 2)
)
TET_AGAIN = replace(
    TET, id="tet-again", title="Hoa Tết rẻ hơn", source="Báo Khác", published=datetime.date(2020, 1, 21)
)


def best_passages(
    snapshot: Snapshot, *terms: QueryTerm, limit: int, where: Filter | None = None
) -> list[tuple[int, int]]:
    _, passages = snapshot.find(Wanted([], 0), Wanted(terms, limit), where)
    return passages
