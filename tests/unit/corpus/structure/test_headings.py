"""Which lines look like a label with what it says, and which may head others."""

from __future__ import annotations

import pytest

from retrieval.corpus.structure.headings import is_label_line, looks_like_heading


@pytest.mark.parametrize(
    "line",
    [
        "Lệ phí: 120.000 đồng",
        "a) Lệ phí: 120.000 đồng",
        "b) Nơi nộp: cửa số 3",
        "3 loại giấy tờ: đơn, ảnh, giấy khai sinh",
        "24 giờ: hết hạn gửi bài",
        "Trẻ từ 2 - 6 tuổi: 40.000",
        "Cát vàng - 410.000đ/m3",
        "Ghế loại 2 - 70.000đ",
    ],
)
def test_a_label_and_what_it_says(line: str) -> None:
    assert is_label_line(line)
    assert not looks_like_heading(line)


@pytest.mark.parametrize("line", ["Kế hoạch - 2025", "Báo cáo tổng kết - 2019", "Khách từ 2 - 6 tuổi"])
def test_a_year_or_a_range_behind_a_dash_is_no_price(line: str) -> None:
    assert not is_label_line(line)
    assert looks_like_heading(line)


@pytest.mark.parametrize("line", ["- Lệ phí: 120.000 đồng", "A. Lệ phí: 120.000 đồng"])
def test_bullets_and_marks_of_lists_are_left_to_lists(line: str) -> None:
    assert not is_label_line(line)
