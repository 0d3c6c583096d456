"""What a line says something about."""

from __future__ import annotations

import pytest

from retrieval.vietnamese.labels import label_of, opening_of, openings


@pytest.mark.parametrize(
    ("line", "label", "sign"),
    [
        ("Lệ phí: 120.000 đồng", "Lệ phí", ":"),
        ("1. Lệ phí: 120.000 đồng", "Lệ phí", ":"),
        ("- b) Nơi nộp: bộ phận một cửa", "Nơi nộp", ":"),
        ("Giá:50.000đ", "Giá", ":"),
        ("Cát vàng - 410.000đ/m3", "Cát vàng", "-"),
        ("Ca sáng | 7 giờ | sân kho", "Ca sáng", "|"),
        ("Nhóm 2: rau củ", "Nhóm 2", ":"),
    ],
)
def test_the_label_of_a_line(line: str, label: str, sign: str) -> None:
    found = label_of(line)
    assert found is not None
    assert (line[found.start : found.end], found.sign) == (label, sign)


@pytest.mark.parametrize(
    "line",
    [
        "Họp tổ lúc 7:30 ở nhà kho",
        "Xem https://vi-du.vn/bang-gia",
        "Sân kho mở cả ngày.",
        "Hồ sơ gồm:",
        "Ai làm? Tổ 2: rau củ",
        "12 | 5 | 7",
        "An Lạc - Bình Khê",
    ],
)
def test_other_lines_have_none(line: str) -> None:
    assert label_of(line) is None


def test_a_label_within_a_text() -> None:
    text = "Bảng giá\nVé lẻ: 6.000 đồng\nVé tháng: 90.000 đồng"
    found = label_of(text, 9, 26)
    assert found is not None
    assert text[found.start : found.end] == "Vé lẻ"


def test_an_opening_may_be_a_range() -> None:
    assert opening_of("2 - 6 tuổi: 40.000 đồng") == "2 - 6 tuổi"
    assert opening_of("2 - 6 tuổi | 40.000 đồng") == "2 - 6 tuổi"
    assert opening_of("từ 2 đến 6 tuổi") == ""


def test_what_opens_lines_and_cells() -> None:
    text = "1. Ca sáng (7 giờ)\nCa chiều: 13 giờ | kho B\n- Ca tối"
    assert list(openings(text)) == ["Ca sáng", "Ca chiều", "kho B", "Ca tối"]
