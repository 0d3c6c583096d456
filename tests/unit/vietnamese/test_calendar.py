"""One moment, and the many ways people write it."""

from __future__ import annotations

import datetime

import pytest

from retrieval.vietnamese.mention import Moment
from retrieval.vietnamese.mentions import find_mentions

DAY = Moment("day", 2025, 11, 14)
CORPUS: list[tuple[Moment, tuple[str, ...]]] = [
    (
        DAY,
        (
            "ngày 14/11/2025",
            "14-11-2025",
            "14.11.2025",
            "14 / 11 / 2025",
            "ngày 14 tháng 11 năm 2025",
            "14 tháng 11, 2025",
            "ngày 14 tháng mười một năm 2025",
            "hôm 14/11/2025",
            "sáng ngày 14/11/2025",
            "14/11 năm 2025",
            "2025-11-14",
            "November 14, 2025",
            "14 Nov 2025",
        ),
    ),
    (Moment("day", None, 11, 14), ("ngày 14/11", "hôm 14/11", "ngày 14 tháng 11", "tối 14-11")),
    (Moment("day", None, 9, 2), ("ngày 2 tháng Chín", "mùng 2 tháng 9", "ngày 02/9")),
    (
        Moment("month", 2016, 4),
        ("tháng 4/2016", "tháng 4 năm 2016", "tháng Tư, năm 2016", "04/2016", "cuối tháng 4/2016"),
    ),
    (Moment("month", None, 1), ("tháng giêng", "tháng 1")),
    (Moment("day", day=15), ("ngày rằm", "rằm", "ngày 15")),
    (Moment("day", None, 1, 15), ("rằm tháng Giêng", "ngày rằm tháng 1", "rằm tháng giêng âm lịch")),
    (Moment("day", None, 3, 10), ("mùng mười tháng ba", "mồng 10 tháng 3", "mùng 10 tháng 3 âm lịch")),
    (Moment("day", 2031, 12, 1), ("mùng một tháng chạp năm 2031", "mùng 1 tháng 12 năm 2031")),
    (Moment("day", day=1), ("mùng một", "ngày mùng 1", "mồng một")),
    (Moment("quarter", 2024, 4, last=Moment("quarter", 2024, 6)), ("quý II/2024", "quý 2 năm 2024")),
    (Moment("year", 1986), ("năm 1986", "đầu năm 1986", "khoảng năm 1986")),
    (Moment("year", 179, before_christ=True), ("năm 179 TCN", "năm 179 trước Công nguyên")),
    (Moment("decade", 1990, last=Moment("year", 1999)), ("những năm 1990", "thập niên 90", "thập kỷ 1990")),
    (
        Moment("century", 1701, last=Moment("year", 1800)),
        ("thế kỷ XVIII", "thế kỉ 18", "thế kỷ thứ XVIII", "giữa thế kỷ 18"),
    ),
    (
        Moment("period", 2015, last=Moment("year", 2020)),
        (
            "giai đoạn 2015-2020",
            "nhiệm kỳ 2015 - 2020",
            "2015–2020",
            "từ năm 2015 đến năm 2020",
            "từ 2015 tới 2020",
            "năm học 2015-2020",
        ),
    ),
    (Moment("period", 2016), ("từ 2016 đến nay", "từ năm 2016 tới nay")),
    (Moment("day", 2025, 11, 5, last=Moment("day", 2025, 11, 7)), ("5-7/11/2025", "5/11 - 7/11/2025")),
    (Moment("hour"), ("19 giờ 30", "7h", "8:30", "9 giờ sáng")),
    (Moment("past"), ("3 năm trước", "cách đây 20 năm", "hơn 2 triệu năm trước")),
]


@pytest.mark.parametrize(
    ("moment", "written"), [(moment, written) for moment, forms in CORPUS for written in forms]
)
def test_a_way_to_write_it(moment: Moment, written: str) -> None:
    text = f"Lễ ấy, {written}, có đông người."
    found = [(text[one.start : one.end], one.value) for one in find_mentions(text).moments]
    assert found == [(written, moment)]


@pytest.mark.parametrize(
    "text",
    [
        "ngày 31/2/2020 không có",
        "ngày 10/21/2022 viết kiểu khác",
        "dài 12.345 m, tức 5-6 lần",
        "Nghị định 15/NĐ-CP",
        "có 2000 người và 1.985 hộ",
        "năm học này năm nào cũng năm người",
        "may mắn có sáu người",
    ],
)
def test_what_is_no_moment(text: str) -> None:
    assert [
        value
        for value in (one.value for one in find_mentions(text).moments)
        if value.grain != "day" or value.date
    ] == []


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        (DAY, Moment("day", None, 11, 14), True),
        (DAY, Moment("day", None, 11, 20), False),
        (DAY, Moment("day", 2024, 11, 14), False),
        (DAY, Moment("month", 2025, 11), True),
        (DAY, Moment("year", 2019), False),
        (DAY, Moment("period", 2021, last=Moment("year", 2026)), True),
        (Moment("day", 2025, 11, 6), Moment("day", 2025, 11, 5, last=Moment("day", 2025, 11, 7)), True),
        (Moment("day", 2025, 12, 6), Moment("day", 2025, 11, 5, last=Moment("day", 2025, 11, 7)), False),
    ],
)
def test_moments_agree_where_no_part_differs(one: Moment, other: Moment, agree: bool) -> None:
    assert one.agrees_with(other) is other.agrees_with(one) is agree


def test_a_whole_date_is_a_date() -> None:
    assert DAY.date == datetime.date(2025, 11, 14)
    assert Moment("day", None, 11, 14).date is None


@pytest.mark.parametrize(
    "text", ["Trăng rằm mọc muộn.", "Hội thi mang tên Trăng Rằm.", "Ngắm ánh trăng rằm."]
)
def test_the_full_moon_itself_is_no_day(text: str) -> None:
    assert find_mentions(text).moments == ()
