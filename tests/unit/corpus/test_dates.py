"""Do the common forms of dates parse, in the order day, month, year, and impossible ones not at all?"""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.corpus.metadata.dates import date_in_url, find_dates, parse_date


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thứ sáu, 21/10/2022, 15:59 (GMT+7)", "2022-10-21"),
        ("07/02/2020 - 07:18", "2020-02-07"),
        ("09:17|21/02/2017", "2017-02-21"),
        ("ngày 12-4-2016", "2016-04-12"),
        ("29/11/2021", "2021-11-29"),
        ("ngày 5 tháng 3 năm 2020", "2020-03-05"),
        ("ngày 05 tháng 03, 2020", "2020-03-05"),
        ("ngày 2 tháng Chín năm 1945", "1945-09-02"),
        ("ngày 1 tháng năm năm 1930", "1930-05-01"),
        ("ngày 22 tháng mười hai năm 1944", "1944-12-22"),
        ("5/3/2020 8:05 SA", "2020-03-05"),
        ("Thứ 6, 21.10.2022", "2022-10-21"),
        ("ngày 3/2 năm 1930", "1930-02-03"),
        ("2022-10-21T15:59:00+07:00", "2022-10-21"),
        ("2022/10/21", "2022-10-21"),
        ("21 / 10 / 2022", "2022-10-21"),
        ("October 21, 2022", "2022-10-21"),
        ("21 Oct 2022", "2022-10-21"),
        ("21st October, 2022", "2022-10-21"),
        ("OCTOBER 21, 2022", "2022-10-21"),
        ("21 Th10 2022", "2022-10-21"),
        ("21 Thg 10, 2022", "2022-10-21"),
        ("Đăng ngày21/10/2022", "2022-10-21"),
        ("Fri, 21 Oct 2022 15:59:00 +0700", "2022-10-21"),
    ],
)
def test_a_form_of_date(text: str, expected: str) -> None:
    assert parse_date(text) == datetime.date.fromisoformat(expected)


@pytest.mark.parametrize(
    "text",
    [
        "31/2/2020",
        "10/21/2022",
        "0/5/2020",
        "12.345.678",
        "cuối tháng 7/2019",
        "năm 2020",
        "tỷ lệ 6/7",
        "01/01/0999",
        "+84.0204.3 856 624",
        "Nghị quyết 18-19/2017",
        "",
    ],
)
def test_what_is_no_full_date(text: str) -> None:
    assert parse_date(text) is None


def test_an_impossible_date_does_not_hide_the_next() -> None:
    assert parse_date("ngày 30/2/2020, sửa thành 1/3/2020") == datetime.date(2020, 3, 1)


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)), st.sampled_from("/-."))
def test_day_month_year_with_any_mark(date: datetime.date, mark: str) -> None:
    for text in (
        f"{date.day}{mark}{date.month}{mark}{date.year}",
        f"{date.day:02}{mark}{date.month:02}{mark}{date.year}",
        f"ngày {date.day} tháng {date.month} năm {date.year}",
        date.isoformat(),
    ):
        assert parse_date(f"Đăng {text}, lúc 7 giờ") == date


@given(st.text())
def test_places_lie_in_the_text(text: str) -> None:
    for found in find_dates(text):
        assert parse_date(text[found.start : found.end]) == found.date


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://bao.example/2020/02/07/bai-viet.html", "2020-02-07"),
        ("https://bao.example/bai-viet-20200207071800.htm", "2020-02-07"),
        ("https://bao.example/tin/20200207/bai.html", "2020-02-07"),
        ("https://bao.example/2020-02-07-bai", "2020-02-07"),
        ("https://bao.example/bai-viet-1234567.html", None),
        ("https://bao.example/20201399/bai.html", None),
        ("https://bao.example/gia-vang-2020", None),
    ],
)
def test_date_in_an_address(url: str, expected: str | None) -> None:
    assert date_in_url(url) == (datetime.date.fromisoformat(expected) if expected else None)
