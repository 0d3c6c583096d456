"""A thing of which the article never speaks, though it has all else that a short question says."""

from __future__ import annotations

import pytest

from retrieval import Document, Retriever

HATCHERY = Document(
    id="trai.txt",
    title="Trại ấp trứng Đầm Sen",
    text="Trại ấp trứng Đầm Sen\n\nTrại nhận ấp trứng vịt với giá 1.800 đồng một quả, ấp trong 28 ngày. Khách mang trứng "
    "đến trước thứ Năm.\n\nNgười nuôi được cho mượn lồng úm trong 2 tuần, không phải đặt cọc. Kỹ thuật viên là chị Lý "
    "Mùi Coi.\n\nTrại mở cửa lúc 6 giờ và đóng cửa lúc 17 giờ.",
)


@pytest.fixture(scope="module")
def retriever() -> Retriever:
    return Retriever.build([HATCHERY])


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("Ấp trứng ngỗng giá bao nhiêu một quả?", "ngỗng"),
        ("Cho mượn đèn sưởi trong mấy tuần?", "đèn sưởi"),
        ("Thủ kho trại ấp trứng là ai?", "Thủ kho"),
    ],
)
def test_what_the_article_never_names_is_missing(retriever: Retriever, question: str, missing: str) -> None:
    answer = retriever.answer(question)
    assert not answer.answered
    assert answer.missing == (missing,)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Ấp trứng vịt hết bao nhiêu tiền?", "1.800 đồng"),  # the asking words' own verb
        ("Trại mở cửa vào lúc mấy giờ?", "6 giờ"),
        ("Cơ sở ấp trứng Đầm Sen đóng cửa mấy giờ?", "17 giờ"),  # only opens the question
        ("Em muốn mượn lồng úm thì mượn được bao lâu?", "2 tuần"),  # who asks
    ],
)
def test_words_of_asking_name_no_thing(retriever: Retriever, question: str, text: str) -> None:
    answer = retriever.answer(question)
    hit = answer.hits[0]
    assert not answer.missing
    assert text in hit.document.text[slice(*hit.shown)]
