"""One amount, and the many ways people write it."""

from __future__ import annotations

import pytest

from retrieval.vietnamese.mentions import find_mentions

CORPUS: list[tuple[float | None, str | None, tuple[str, ...]]] = [
    (54_000, None, ("54.000", "54 nghìn", "54 ngàn", "khoảng 54.000")),
    (25, None, ("hai mươi lăm", "25", "hơn 25")),
    (305, None, ("ba trăm linh năm", "ba trăm lẻ năm")),
    (2_300_000, "money", ("2.300.000 đồng", "2,3 triệu đồng", "hai triệu ba trăm nghìn đồng")),
    (50, "money", ("$50", "50 USD", "50 đô la Mỹ", "năm mươi euro")),
    (13.3, "percent", ("13,3%", "13,3 phần trăm", "trên 13,3%")),
    (120, "length", ("120 mét", "120m", "một trăm hai mươi mét", "120 ki-lô-mét")),
    (5, "time", ("5 năm", "năm năm", "năm tháng", "5 ngày")),
    (35, "age", ("35 tuổi", "ba mươi lăm tuổi")),
    (60, "speed", ("60 km/h", "60 km/giờ")),
    (2.5, "weight", ("2,5 kg", "2,5 tấn", "2,5 tạ")),
    (1.65, "length", ("1m65", "1,65 m")),
    (64.5, "weight", ("64kg5", "64,5 kg")),
    (1_800_000, "money", ("1tr8", "1,8tr", "1tr80", "1.800.000 đồng", "1,8 triệu đồng")),
    (1_250_000, "money", ("1tr250", "1tr25", "1,25tr")),
    (7_000_000, "money", ("7tr", "7tr đồng", "7 triệu đồng")),
    (500, "area", ("500 m2", "500 mét vuông", "500 ha")),
    (12, "area", ("12 cm2", "12 cm²", "12dm2", "12 mm²")),
    (13, "volume", ("13 cm3", "13cm³", "13 dm3", "13 m3")),
    (3.5, "length", ("3km5", "3,5 km")),
    (None, "percent", ("27-30%", "từ 27 đến 30%")),
    (None, "score", ("23-16", "3 - 1")),
    (None, "ordinal", ("lần thứ hai", "hạng 3", "đầu tiên", "thứ nhất")),
    (None, None, ("một phần ba", "một nửa")),
]


@pytest.mark.parametrize(
    ("value", "dimension", "written"),
    [(value, dimension, written) for value, dimension, forms in CORPUS for written in forms],
)
def test_a_way_to_write_it(value: float | None, dimension: str | None, written: str) -> None:
    text = f"Lúc ấy, {written}, ai cũng biết."
    found = find_mentions(text).quantities
    assert [(text[one.start : one.end], one.value, one.dimension) for one in found] == [
        (written, value, dimension)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Năm học này nhà trường mở cửa.",
        "Mỗi năm người ta lại về.",
        "Năm sinh và năm mất đều rõ.",
        "Nghị quyết số 05 và Quyết định 35/QĐ-UBND.",
        "Theo khoản 2 Điều 5, lớp A1 ở phòng P.101.",
        "Ngày 14/11/2025, từ 2015 đến 2020.",
    ],
)
def test_what_is_no_amount(text: str) -> None:
    assert find_mentions(text).quantities == ()


@pytest.mark.parametrize("text", ["Sách dày 250 tr., bìa cứng.", "Tạp chí có 48 tr, in màu."])
def test_pages_are_no_money(text: str) -> None:
    assert [one.dimension for one in find_mentions(text).quantities] == [None]


def test_five_counts_where_something_counted_follows() -> None:
    assert [one.value for one in find_mentions("Có năm người, năm con trâu và năm mươi bao.").quantities] == [
        5,
        5,
        50,
    ]


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("Uống ngày 3 lần, mỗi lần 10 ml.", ["3", "10 ml"]),
        ("Mỗi ngày 2 lượt xe, mỗi tháng 4 kỳ thu gom.", ["2", "4"]),
        ("Bôi lần 5 mg sau khi tắm.", ["5 mg"]),
        ("Bé uống ngày 2 viên.", ["2"]),
        ("Mỗi lớp 35 em, mỗi khóa 20 người.", ["35", "20"]),
        ("Mỗi lần 3 món.", ["3"]),
        ("Bò uống ngày 30 lít nước.", ["30 lít"]),
        ("Heo con ăn ngày 2 cân, heo lớn hơn.", ["2 cân"]),
        ("Mỗi ngày 5 tạ cá.", ["5 tạ"]),
    ],
)
def test_a_figure_that_counts_what_follows_numbers_nothing(text: str, amounts: list[str]) -> None:
    found = find_mentions(text)
    assert [text[one.start : one.end] for one in found.quantities] == amounts
    assert found.moments == ()


@pytest.mark.parametrize(
    "text",
    [
        "Ngày 3 tháng 4",
        "Ngày 14 trường nghỉ",
        "ngày 20 lần đầu",
        "tháng 3 năm 2020",
        "Ngày 25 ký quyết định",
        "Ngày 30 tấn công",
        "Ngày 20 mẫu nước được gửi đi",
        "Ngày 12 cân đối thu chi",
        "Ngày 12 độ ẩm tăng",
        "Ngày 8 thùng phiếu được niêm phong",
        "Ngày 3 tạ lễ",
        "Ngày 6 kí hợp đồng",
        "Ngày 9 lần lượt từng hộ nhận đất",
        "Ngày 25 V. Putin đến",
        "Tháng 7 nước, bùn tràn vào",
        "Ngày 17 đơn, thư được chuyển đi",
    ],
)
def test_a_figure_that_numbers_a_day_counts_nothing(text: str) -> None:
    found = find_mentions(text)
    assert len(found.moments) == 1
    assert not any(one.form == "figure" for one in found.quantities)


@pytest.mark.parametrize(
    "text",
    [
        "Ngày 8 xã, ngày 9 huyện.",
        "Ngày 20 xe, ngày 21 tàu.",
        "Ngày 25 ký, ngày 28 công bố.",
        "Ngày 4 cân, ngày 5 đóng gói.",
    ],
)
def test_the_days_of_a_list_count_nothing(text: str) -> None:
    found = find_mentions(text)
    assert len(found.moments) == 2
    assert found.quantities == ()
