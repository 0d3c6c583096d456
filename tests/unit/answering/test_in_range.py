"""A value that lies in the range of a row or a line means that one; one that lies in none is missing."""

from __future__ import annotations

import pytest

from retrieval import Answer, Retriever, read_bytes

FERRY = """# Bến đò Cồn Nhàn

| Trọng tải (tấn) | Đi ban ngày | Đi ban đêm |
|---|---|---|
| Dưới 3 | 40.000 đồng | 55.000 đồng |
| 3 – 8 | 90.000 đồng | 120.000 đồng |
| 9 – 20 | 150.000 đồng | 190.000 đồng |

## Áo phao

- Khách 6 - 15 tuổi: áo màu cam
- Khách trên 15 tuổi: áo màu xanh

## Thuê đò

- Gói 2 ngày: 300.000 đồng
- Gói 5 ngày: 650.000 đồng

Ca nô của bến do chú Tư Rớt lái, mỗi ngày chạy hai chuyến.
"""
CREWS = """Đội đua ghe ngo

Hạng\tĐội\tMái chèo\tThời gian
1\tSóc Mây\t54\t4 phút 12
2\tCù Lao\t52\t4 phút 31
3\tVàm Răng\t56\t4 phút 40
"""


def _asked(text: str, name: str, question: str) -> tuple[Answer, str]:
    answer = Retriever.build(read_bytes(name, text.encode())).answer(question)
    hit = answer.hits[0]
    return answer, hit.document.text[slice(*hit.shown)]


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("Ghe 5 tấn đi ban đêm trả bao nhiêu?", "3 – 8 | 90.000 đồng | 120.000 đồng"),
        ("Ghe 12 tấn đi ban ngày bao nhiêu tiền?", "9 – 20 | 150.000 đồng"),
        ("Khách 10 tuổi mặc áo màu gì?", "màu cam"),
        ("Khách 40 tuổi mặc áo màu gì?", "màu xanh"),
    ],
)
def test_the_row_whose_range_holds_the_value_comes_first(question: str, line: str) -> None:
    _, card = _asked(FERRY, "do.md", question)
    assert line in card


@pytest.mark.parametrize("question", ["Gói 3 ngày bao nhiêu tiền?", "Ghe 45 tấn đi ban ngày bao nhiêu tiền?"])
def test_a_value_in_none_of_the_labels_is_missing(question: str) -> None:
    answer, _ = _asked(FERRY, "do.md", question)
    assert not answer.answered
    assert answer.missing


@pytest.mark.parametrize(
    ("question", "emphasis"),
    [
        ("Đội nào đứng hạng 3?", "Vàm Răng"),
        ("Đội nào về đích 4 phút 31?", "Cù Lao"),
    ],
)
def test_a_row_is_found_by_another_cell_than_its_first(question: str, emphasis: str) -> None:
    answer, _ = _asked(CREWS, "ghe.txt", question)
    assert answer.answered
    assert answer.hits[0].passage.text[slice(*(answer.highlight or (0, 0)))] == emphasis


@pytest.mark.parametrize(
    ("labels", "question", "missing"),
    [
        (
            ("Gói cước vàng 1 tháng", "Gói cước bạc 12 tháng"),
            "Gói cước 6 tháng bao nhiêu tiền?",
            ("6 tháng",),
        ),
        (("Thuê lều vải dù 2 ngày", "Thuê lều vải dù 4 ngày"), "Thuê lều 7 ngày bao nhiêu?", ("7 ngày",)),
    ],
)
def test_labels_of_the_kind_that_is_said_give_other_values(
    labels: tuple[str, str], question: str, missing: tuple[str, ...]
) -> None:
    text = f"Bảng giá bãi Cát Cò\n\n{labels[0]}: 45.000 đồng\n{labels[1]}: 95.000 đồng\n"
    answer, _ = _asked(text, "gia.txt", question)
    assert not answer.answered
    assert answer.missing == missing
