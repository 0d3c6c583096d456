"""A clause that says what becomes of another, which it only cites, answers what is asked of that one."""

from __future__ import annotations

import pytest

from retrieval import Answer, Retriever, read_bytes

RULES = """QUY ƯỚC XÓM ĐẦM VẠC

Điều 1. Giữ nước
1. Mỗi nhà góp hai công đắp bờ trong tháng Chạp.
2. Không thả lưới ở cửa cống.
3. Nhà neo người được miễn góp công.

Điều 2. Giữ rừng
1. Không chặt măng trước mùa mưa.
2. Không lùa trâu vào rừng mới trồng.

Điều 3. Đền bù
1. Ai làm trái khoản 2 Điều 1 nộp vào quỹ xóm 180.000 đồng.
2. Ai làm trái khoản 2 Điều 2 trồng lại 20 cây và nộp 350.000 đồng.
3. Nhà quy định tại khoản 3 Điều 1 do trưởng xóm xét vào ngày 12 tháng 11.
"""


@pytest.fixture(scope="module")
def retriever() -> Retriever:
    return Retriever.build(read_bytes("quy-uoc.txt", RULES.encode()))


def _first(answer: Answer) -> str:
    """The first passage's own text: what is shown may be the whole article."""
    return answer.hits[0].passage.text


@pytest.mark.parametrize(
    ("question", "opening"),
    [
        ("Thả lưới ở cửa cống phải nộp bao nhiêu?", "1. Ai làm trái khoản 2 Điều 1"),
        ("Lùa trâu vào rừng mới trồng thì nộp bao nhiêu tiền?", "2. Ai làm trái khoản 2 Điều 2"),
        ("Làm trái khoản 2 Điều 2 thì sao?", "2. Ai làm trái khoản 2 Điều 2"),
        ("Ai làm trái khoản 2 Điều 1 phải nộp bao nhiêu?", "1. Ai làm trái khoản 2 Điều 1"),
        ("Khoản 3 Điều 1 do ai xét?", "3. Nhà quy định tại khoản 3 Điều 1"),
    ],
)
def test_what_follows_is_told_by_the_clause_that_cites(
    retriever: Retriever, question: str, opening: str
) -> None:
    answer = retriever.answer(question)
    assert answer.answered
    assert _first(answer).startswith(opening)


@pytest.mark.parametrize(
    ("question", "opening"),
    [
        ("Khoản 2 Điều 2 quy định gì?", "2. Không lùa trâu"),
        ("Khoản 2 Điều 1 nói gì?", "2. Không thả lưới"),
        ("Điều 2 quy định gì?", "1. Không chặt măng"),
        ("Điều 2 có gì?", "1. Không chặt măng"),
        ("Dieu 2 gom nhung gi?", "1. Không chặt măng"),
        ("Điều 1 quy ước xóm Đầm Vạc nói gì?", "1. Mỗi nhà góp hai công"),
        ("Mỗi nhà góp mấy công đắp bờ?", "1. Mỗi nhà góp hai công"),
    ],
)
def test_what_a_clause_says_itself_is_told_by_it(retriever: Retriever, question: str, opening: str) -> None:
    assert _first(retriever.answer(question)).startswith(opening)


@pytest.mark.parametrize(
    ("question", "opening"),
    [
        ("Điều 1 quy định thế nào về thả lưới?", "2. Không thả lưới"),
        ("Điều 1 quy ước xóm Đầm Vạc nói gì về nhà neo người?", "3. Nhà neo người"),
        ("Dieu 2 quy dinh the nao ve lua trau?", "2. Không lùa trâu"),
    ],
)
def test_words_behind_the_reference_tell_the_clause(
    retriever: Retriever, question: str, opening: str
) -> None:
    assert _first(retriever.answer(question)).startswith(opening)


PIER = """NỘI QUY BẾN CÁ RẠCH GỐC

Điều 5. Chỗ ngồi
1. Hộ thuê chỗ ở bến nộp đơn cho ban quản lý.
2. Không đổ nước đá ra lối đi.

Điều 6. Tiền nộp
1. Hộ nghèo nêu ở {reference} đóng 70.000 đồng một tháng.
2. Ban quản lý thu tiền vào ngày 5 hằng tháng.
"""


@pytest.mark.parametrize(
    ("reference", "answered"),
    [
        ("Điều 5", True),
        ("Điều 5 Nội quy này", True),
        ("Điều 5 của Quy chế này", True),
        ("Điều 5 Luật Giá", False),
        ("khoản 1 Điều 5 của Nghị định 44/2024/NĐ-CP", False),
        ("Điều 5 và Điều 7 Luật Giá", False),
        ("Điều 5 nghị định về giá", False),
    ],
)
def test_an_article_of_another_paper_is_none_of_this_one(reference: str, answered: bool) -> None:
    retriever = Retriever.build(read_bytes("noi-quy.txt", PIER.format(reference=reference).encode()))
    answer = retriever.answer("Hộ thuê chỗ ở bến phải đóng bao nhiêu?")
    assert answer.answered == answered
    assert ("70.000" in _first(answer)) == answered


LINES_OF_FINES = """QUY CHẾ CHỢ PHIÊN LŨNG PHÌN

Điều 5. Trật tự
1. Mỗi hộ ngồi đúng ô đã kẻ.
2. Không đốt rác trong chợ.

Điều 6. Mức phạt
Khoản 1 Điều 5: phạt 200.000 đồng.
Khoản 2 Điều 5: phạt 500.000 đồng.
"""
TABLE_OF_FINES = """# QUY CHẾ CHỢ PHIÊN LŨNG PHÌN

## Điều 5. Trật tự

1. Mỗi hộ ngồi đúng ô đã kẻ.
2. Không đốt rác trong chợ.

## Điều 6. Mức phạt

| Hành vi | Mức phạt |
|---|---|
| Khoản 1 Điều 5 | 200.000 đồng |
| Khoản 2 Điều 5 | 500.000 đồng |
"""


@pytest.mark.parametrize(("name", "text"), [("a.txt", LINES_OF_FINES), ("a.md", TABLE_OF_FINES)])
@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Vi phạm khoản 2 Điều 5 phạt bao nhiêu?", "500.000"),
        ("Khoản 1 Điều 5 bị phạt bao nhiêu?", "200.000"),
        ("Khoản 2 Điều 5 bị phạt thế nào?", "500.000"),
        ("Đốt rác trong chợ bị phạt bao nhiêu?", "500.000"),
        ("Khoản 2 Điều 5 nói gì?", "Không đốt rác"),
    ],
)
def test_a_line_or_a_row_may_begin_with_what_it_cites(name: str, text: str, question: str, said: str) -> None:
    answer = Retriever.build(read_bytes(name, text.encode())).answer(question)
    assert answer.answered
    assert said in _first(answer)


def test_a_clause_may_bear_a_number_with_a_letter() -> None:
    text = RULES.replace("3. Nhà neo", "2a. Không tát cạn ao đình.\n3. Nhà neo").replace(
        "2. Ai làm trái khoản 2 Điều 2",
        "2. Ai làm trái khoản 2a Điều 1 nộp 90.000 đồng.\n3. Ai làm trái khoản 2 Điều 2",
    )
    answer = Retriever.build(read_bytes("quy-uoc.txt", text.encode())).answer(
        "Tát cạn ao đình phải nộp bao nhiêu?"
    )
    assert answer.answered
    assert "90.000" in _first(answer)
