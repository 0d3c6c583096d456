"""A corpus small enough to know by heart, searched by shared words: what the bot is tested with."""

from __future__ import annotations

import datetime
import threading
import unicodedata
from collections import Counter
from collections.abc import Iterable

from retrieval import (
    Answer,
    Document,
    Following,
    Hit,
    Passage,
    Query,
    QuestionError,
    SourceSummary,
)
from tests.talking import Talking

ARTICLES = (
    Document(
        id="soc-trang.md",
        title="Sóc Trăng phát triển đảng viên",
        text="Tỉnh Sóc Trăng có nhiều cách làm hay. Từ năm ngoái đến nay, Sóc Trăng kết nạp 7.448 đảng viên. "
        "Trong đó có nhiều người trẻ.",
        source="Báo Đồng Khởi",
        published=datetime.date(2020, 2, 7),
        url="https://baodongkhoi.vn/soc-trang.html",
    ),
    Document(
        id="bac-giang.md",
        title="Bắc Giang trồng vải",
        text="Huyện Lục Ngạn có 15.000 ha vải. Sóc Trăng cũng gửi người đến học. Vải chín vào tháng sáu.",
        mentioned=datetime.date(2019, 7, 29),
    ),
    Document(
        id="ky-hieu.md",
        title="Ký hiệu <b>trong</b> toán & tin",
        text='Dấu "<" và "&" dùng trong toán. Biểu thức a < b && c > d viết bằng ký hiệu < và &.',
        source="Báo <Tin>",
        published=datetime.date(2021, 11, 29),
        url="https://tin.example/ky-hieu?a=1&b=2",
    ),
    Document(
        id="dai.md",
        title="Câu rất dài",
        text="Chuyện " + "về con đường dài qua làng " * 400 + "kết thúc ở đây.",
        source="Báo Dài",
        published=datetime.date(2018, 1, 1),
    ),
)


class Shelf(Talking):
    """Answers as a Retriever does.

    `gate`, `writing_gate`: searching and adding wait for them, where they are set. `broken`: every search fails.
    `unreadable`: no document can be read.
    """

    def __init__(self, documents: Iterable[Document] = ARTICLES) -> None:
        self._documents = {document.id: document for document in documents}
        self._lock = threading.Lock()
        self.gate: threading.Event | None = None
        self.writing_gate: threading.Event | None = None
        self.refreshed = 0
        self.broken = False
        self.unreadable = False

    def document(self, document_id: str) -> Document | None:
        if self.unreadable:
            raise RuntimeError("a fault of the disk, on purpose")
        return self._documents.get(document_id)

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
        question = question.text if isinstance(question, Query) else question
        if self.gate is not None:
            assert self.gate.wait(30)
        words = _words(question)
        if not words:
            raise QuestionError(f"{question}: nothing to look for; ask in words")
        if self.broken or "hỏng" in words:
            raise RuntimeError("a fault of the search, on purpose")
        with self._lock:
            scored = [
                (sum((_words(text) & words).values()), document, start, text)
                for document in self._documents.values()
                for start, text in _sentences(document.text)
            ]
        best = sorted((s for s in scored if s[0] >= 2), key=lambda s: -s[0])[:limit]
        hits = tuple(
            Hit(Passage(d.id, start, start + len(text), text), d, float(score), rank)
            for rank, (score, d, start, text) in enumerate(best, start=1)
        )
        missing = tuple(name for name in ("Cà Mau",) if name.lower() in question.lower())
        answered = bool(hits) and hits[0].score >= 3 and not missing
        return Answer(
            question=question,
            hits=hits,
            answered=answered,
            highlight=_figure(hits[0].passage.text) if answered else None,
            missing=missing,
            confidence=0.9 if answered else 0.1,
            query=Query(question),
        )

    def understand(self, question: str) -> Query:
        if not _words(question):
            raise QuestionError(f"{question}: nothing to look for; ask in words")
        return Query(question)

    def sources(self) -> list[SourceSummary]:
        return [SourceSummary(d.source, 1, d.date, d.date) for d in self._documents.values()]

    def documents(self) -> Iterable[Document]:
        return list(self._documents.values())

    def add(self, documents: Iterable[Document]) -> None:
        if self.writing_gate is not None:
            assert self.writing_gate.wait(30)
        with self._lock:
            self._documents |= {document.id: document for document in documents}

    def remove(self, ids: Iterable[str]) -> int:
        with self._lock:
            return sum(self._documents.pop(identifier, None) is not None for identifier in ids)

    def refresh(self) -> None:
        self.refreshed += 1


def _sentences(text: str) -> Iterable[tuple[int, str]]:
    at = 0
    for piece in text.split(". "):
        yield at, piece
        at += len(piece) + 2


def _words(text: str) -> Counter[str]:
    folded = unicodedata.normalize("NFC", text).lower()
    return Counter("".join(c if c.isalnum() or c == "." else " " for c in folded).split())


def _figure(text: str) -> tuple[int, int] | None:
    for word in text.split():
        bare = word.rstrip(".,")
        if len(bare) > 3 and bare.replace(".", "").isdigit():
            start = text.index(bare)
            return start, start + len(bare)
    return None
