"""Which wordings are one question, and which only look like it? On corpora that know the words, and that don't."""

from __future__ import annotations

import pytest

from retrieval import Document, QuestionError, Retriever
from retrieval.answering import pinned

LIBRARY = Document(
    "thu-vien",
    "Thư viện xã Tân Lộc mở cửa từ 7 giờ 30. Thẻ đọc của người lớn giá 20.000 đồng một năm.",
    "Thư viện",
)
OTHER = Document("cho", "Chợ nổi họp từ tờ mờ sáng, người bán dừa rất đông.", "Chợ nổi")

ALIKE = [
    ("Thư viện mở cửa lúc mấy giờ?", "Mấy giờ thư viện mở cửa vậy ạ?"),
    ("Thư viện mở cửa lúc mấy giờ?", "Cho em hỏi thư viện mở cửa vào lúc mấy giờ ạ"),
    ("Thư viện mở cửa lúc mấy giờ?", "thu vien mo cua may gio"),
    ("Thư viện mở cửa lúc mấy giờ?", "Giờ mở cửa thư viện"),
    ("Ai là hiệu trưởng trường Kim Ngân?", "hiệu trưởng trường Kim Ngân là ai?"),
    ("Học phí lớp A1 là bao nhiêu?", "Lớp A1 học phí bao nhiêu tiền?"),
    ("Gửi xe máy một tháng hết bao nhiêu tiền?", "Gửi xe gắn máy một tháng bao nhiêu?"),
    ("Ngày 5/6/2024 trường có học không?", "Ngày 5 tháng 6 năm 2024 trường có học không"),
    ("Quyết định 35/QĐ-UBND quy định gì?", "quyết định 35/qđ-ubnd qui định gì vậy?"),
    ("Ủy ban nhân dân phường ở đâu?", "Uỷ ban nhân dân phường ở đâu ạ?"),
]
OTHERS = [
    ("Thư viện mở cửa lúc mấy giờ?", "Thư viện đóng cửa lúc mấy giờ?"),
    ("Thư viện mở cửa lúc mấy giờ?", "Thư viện mở cửa ngày nào?"),
    ("Thư viện mở cửa lúc mấy giờ?", "Thư viện tỉnh mở cửa lúc mấy giờ?"),
    ("Thư viện mở cửa lúc mấy giờ?", "Ai mở cửa thư viện?"),
    ("Ai được vào thư viện?", "Ai không được vào thư viện?"),
    ("Học phí lớp A1 là bao nhiêu?", "Học phí lớp A2 là bao nhiêu?"),
    ("Học phí năm 2024 là bao nhiêu?", "Học phí năm 2025 là bao nhiêu?"),
    ("Học phí năm 2024 là bao nhiêu?", "Học phí là bao nhiêu?"),
    ("Quyết định 35/QĐ-UBND quy định gì?", "Quyết định 36/QĐ-UBND quy định gì?"),
    ("Giá vé từ Sa Pa đến Hà Nội là bao nhiêu?", "Giá vé từ Hà Nội đến Sa Pa là bao nhiêu?"),
    ("Hiệu trưởng trường Kim Ngân là ai?", "Hiệu trưởng trường Kim Sơn là ai?"),
    ("Ngày 5/6/2024 trường có học không?", "Ngày 6/5/2024 trường có học không?"),
    ("Bán vé ở đâu?", "Bạn vẽ ở đâu?"),
    ("Vé vào bảo tàng bao nhiêu tiền?", "Vé vào bảo tàng cho trẻ em bao nhiêu tiền?"),
]


@pytest.fixture(scope="module", params=[(LIBRARY, OTHER), (OTHER,), ()], ids=["known", "unknown", "empty"])
def retriever(request: pytest.FixtureRequest) -> Retriever:
    return Retriever.build(request.param)


@pytest.mark.parametrize(("wording", "asked"), ALIKE)
def test_another_wording_of_a_question_gets_its_answer(
    retriever: Retriever, wording: str, asked: str
) -> None:
    pin = retriever.pin(wording, "Như đã thông báo.", source="Văn phòng")
    try:
        answer = retriever.answer(asked)
        assert answer.pinned == pin
        assert (answer.answered, answer.text, answer.missing) == (True, "Như đã thông báo.", ())
    finally:
        assert retriever.unpin(pin.id)
    assert retriever.answer(asked).pinned is None


@pytest.mark.parametrize(("wording", "asked"), OTHERS)
def test_another_question_with_most_of_its_words_does_not(
    retriever: Retriever, wording: str, asked: str
) -> None:
    pin = retriever.pin(wording, "Như đã thông báo.", source="Văn phòng")
    try:
        assert retriever.answer(asked).pinned is None
        assert retriever.answer(wording).pinned == pin
    finally:
        retriever.unpin(pin.id)


def test_what_the_corpus_answers_as_well_stays_below() -> None:
    retriever = Retriever.build([LIBRARY])
    question = "Thẻ đọc của người lớn giá bao nhiêu?"
    assert retriever.answer(question).answered
    retriever.pin(
        [question, "Hội thi cờ vua tổ chức ở nhà nào?"], "Từ tháng sau: 25.000 đồng.", source="Thủ thư"
    )
    both, alone = retriever.answer(question), retriever.answer("Hội thi cờ vua tổ chức ở nhà nào?")
    assert both.text == "Từ tháng sau: 25.000 đồng."
    assert both.hits[0].document.id == "thu-vien"
    assert alone.answered
    assert alone.hits == ()


def test_a_source_or_a_period_leaves_what_is_pinned_out() -> None:
    retriever = Retriever.build([LIBRARY])
    retriever.pin("Thư viện mở cửa lúc mấy giờ?", "8 giờ.", source="Thủ thư")
    assert retriever.answer("Thư viện mở cửa lúc mấy giờ?", source="Báo Xa").pinned is None


@pytest.mark.parametrize(
    ("questions", "text", "source", "told"),
    [
        ([], "8 giờ.", "Thủ thư", "chưa có câu hỏi"),
        (["  "], "8 giờ.", "Thủ thư", "chưa có câu hỏi"),
        (["?!"], "8 giờ.", "Thủ thư", "không phải câu hỏi"),
        (["bao nhiêu?"], "8 giờ.", "Thủ thư", "quá ít từ"),
        (["Thư viện ở đâu?"], " ", "Thủ thư", "câu trả lời còn trống"),
        (["Thư viện ở đâu?"], "Ở xã.", " ", "nguồn còn trống"),
        (
            ["Thư viện ở đâu?"],
            "x" * (pinned.MAX_TEXT_CHARACTERS + 1),
            "Thủ thư",
            "câu trả lời dài 2001 ký tự",
        ),
        (["thư " * 100], "8 giờ.", "Thủ thư", "câu hỏi dài 399 ký tự"),
        ([f"Thư viện số {n} ở đâu?" for n in range(21)], "Ở xã.", "Thủ thư", "có 21 cách hỏi"),
    ],
)
def test_what_cannot_be_pinned_is_said(questions: list[str], text: str, source: str, told: str) -> None:
    retriever = Retriever.build([LIBRARY])
    with pytest.raises(QuestionError, match=told):
        retriever.pin(questions, text, source=source)
    assert retriever.pins() == ()


def test_a_question_is_pinned_once() -> None:
    retriever = Retriever.build([LIBRARY])
    first = retriever.pin("Thư viện mở cửa lúc mấy giờ?", "8 giờ.", source="Thủ thư")
    with pytest.raises(QuestionError, match=rf"đã được ghim \(số {first.id}\)"):
        retriever.pin("Mấy giờ thư viện mở cửa?", "9 giờ.", source="Thủ thư")
    assert retriever.pins() == (first,)
    assert not retriever.unpin(first.id + 1)
