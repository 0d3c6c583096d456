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
        ("3 loại giấy tờ: đơn, ảnh", "3 loại giấy tờ", ":"),
        ("24 giờ: hết hạn nộp", "24 giờ", ":"),
        ("2. 12 món chay: đậu, nấm", "12 món chay", ":"),
        ("Trẻ từ 2 - 6 tuổi: 40.000", "Trẻ từ 2 - 6 tuổi", ":"),
        ("3 - 8 tấn: 90.000 đồng", "3 - 8 tấn", ":"),
        ("Năm học 2020 - 2021: 5 lớp", "Năm học 2020 - 2021", ":"),
        ("Ghế loại 1 - 50.000đ", "Ghế loại 1", "-"),
        ("Phòng 12 - 250k", "Phòng 12", "-"),
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
        "Kế hoạch - 2025",
        "Báo cáo tổng kết – 2019.",
        "Khách từ 2 - 6 tuổi",
        "24 giờ | sân kho",
        "5 con bò - 40.000",
        "36 tháng, trừ dây điện. Nơi sửa: 7 phố Chợ",
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


@pytest.mark.parametrize(
    ("text", "opened"),
    [
        ("Giá: muối hạt 1.900 đồng, bánh đa 4.300 đồng", ["Giá", "muối hạt", "bánh đa"]),
        ("cá thu 90.000 đồng, cá nục 40.000 đồng", ["cá thu", "cá thu", "cá nục"]),
        ("Xã có 90 hộ, trong đó nuôi bò 12 hộ. Sau đó còn 3 hộ, bỏ nghề 4 hộ.", ["Xã có"]),
    ],
)
def test_what_stands_before_figures_opens_only_in_an_enumeration(text: str, opened: list[str]) -> None:
    assert list(openings(text)) == opened
