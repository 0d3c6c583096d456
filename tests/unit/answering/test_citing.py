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


def _shown(answer: Answer) -> str:
    hit = answer.hits[0]
    return hit.document.text[slice(*(hit.shown or (hit.passage.start, hit.passage.end)))]


@pytest.mark.parametrize(
    ("question", "answered"),
    [
        ("Thả lưới ở cửa cống phải nộp bao nhiêu?", "180.000"),
        ("Lùa trâu vào rừng mới trồng thì nộp bao nhiêu tiền?", "350.000"),
        ("Làm trái khoản 2 Điều 2 thì sao?", "trồng lại 20 cây"),
        ("Ai làm trái khoản 2 Điều 1 phải nộp bao nhiêu?", "180.000"),
    ],
)
def test_what_follows_is_told_by_the_clause_that_cites(
    retriever: Retriever, question: str, answered: str
) -> None:
    answer = retriever.answer(question)
    assert answer.answered
    assert answered in _shown(answer)


@pytest.mark.parametrize(
    ("question", "opening"),
    [
        ("Khoản 2 Điều 2 quy định gì?", "2. Không lùa trâu"),
        ("Khoản 2 Điều 1 nói gì?", "2. Không thả lưới"),
        ("Điều 2 quy định gì?", "1. Không chặt măng"),
        ("Mỗi nhà góp mấy công đắp bờ?", "1. Mỗi nhà góp hai công"),
    ],
)
def test_what_a_clause_says_itself_is_told_by_it(retriever: Retriever, question: str, opening: str) -> None:
    assert opening in _shown(retriever.answer(question))
