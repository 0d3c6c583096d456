"""Who holds an office, where only the signature of a text of that body says so."""

from __future__ import annotations

import pytest

from retrieval import Answer, Retriever, read_bytes

LETTER = """TRẠI GIỐNG CÂY RỪNG KHE SU
Số: 14/TB-TG

THÔNG BÁO
Về việc phát cây keo cho các hộ

Trại phát 30 cây keo mỗi hộ vào sáng ngày 3 tháng 2 năm 2033, do kỹ sư Bàn Văn Tá hướng dẫn trồng.

GIÁM ĐỐC
Cầm Thị Ngoan
"""


@pytest.fixture(scope="module")
def retriever() -> Retriever:
    return Retriever.build(read_bytes("tb.txt", LETTER.encode()))


def _card(answer: Answer) -> str:
    hit = answer.hits[0]
    return hit.document.text[slice(*hit.shown)]


@pytest.mark.parametrize(
    "question", ["Giám đốc trại giống Khe Su là ai?", "Giám đốc trại giống cây rừng tên gì?"]
)
def test_the_office_of_the_texts_body_is_its_signers(retriever: Retriever, question: str) -> None:
    answer = retriever.answer(question)
    assert answer.answered
    assert "Cầm Thị Ngoan" in _card(answer)


@pytest.mark.parametrize(
    "question", ["Giám đốc xí nghiệp Đồng Mạ là ai?", "Phó giám đốc trại giống Khe Su là ai?"]
)
def test_another_office_or_body_is_not(retriever: Retriever, question: str) -> None:
    answer = retriever.answer(question)
    assert not (answer.answered and "Cầm Thị Ngoan" in _card(answer))
