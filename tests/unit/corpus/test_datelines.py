"""Which lines are the article's date, which the page's clock, and which only sentences that name a day?"""

from __future__ import annotations

import datetime

import pytest

from retrieval.corpus.metadata.datelines import read_date_line


@pytest.mark.parametrize(
    "line",
    [
        "Thứ sáu, 21/10/2022, 15:59 (GMT+7)",
        "21/10/2022 - 07:18",
        "07:18|21/10/2022",
        "Cập nhật: 09:17|21/10/2022",
        "Cập nhật lúc 15:59, Thứ Sáu, 21/10/2022 (GMT+7)",
        "Ngày đăng: 21/10/2022 | Lượt xem: 1.204",
        "Ngày đăng: 21/10/2022 - Cập nhật: 25/10/2022",
        "Cập nhật: 25/10/2022 | Đăng ngày: 21/10/2022",
        "Hà Giang, ngày 21 tháng 10 năm 2022",
        "(21/10/2022)",
        "LĐO | 21/10/2022 | 06:30",
        "21/10/2022 3:05 CH",
        "2022-10-21T15:59:00+07:00",
        "Thứ 6, ngày 21 tháng 10 năm 2022 15:59",
        "[21-10-2022 15:59]",
        "Posted on October 21, 2022 by Admin",
    ],
)
def test_the_articles_date(line: str) -> None:
    found = read_date_line(line)
    assert found is not None
    assert found.date == datetime.date(2022, 10, 21)
    assert not found.clock


@pytest.mark.parametrize(
    "line",
    [
        "Thời gian: 21/03/2018 19:46:52 (GMT+7)",
        "Hôm nay: Thứ Hai, 15/01/2024",
        "Bây giờ là 08:12 ngày 15/01/2024",
    ],
)
def test_the_pages_clock(line: str) -> None:
    found = read_date_line(line)
    assert found is not None
    assert found.clock


def test_seconds_without_a_label_are_doubtful() -> None:
    bare, labelled = read_date_line("15/01/2024 10:22:31"), read_date_line("Cập nhật: 15/01/2024 10:22:31")
    assert bare is not None
    assert labelled is not None
    assert bare.doubtful
    assert not labelled.doubtful
    assert labelled.weight > bare.weight


@pytest.mark.parametrize(
    "line",
    [
        "Luật có hiệu lực từ ngày 1/7/2020",
        "Hội nghị do huyện tổ chức ngày 29/7/2019.",
        "Trận đấu ngày 5/3/2020 có gì lạ?",
        "Nạo vét kênh chính trước mùa mưa lũ của cả vùng ven sông (10/06/2023)",
        "Không có ngày nào ở đây",
        "31/02/2020",
    ],
)
def test_no_date_line(line: str) -> None:
    assert read_date_line(line) is None


def test_the_rest_of_the_line() -> None:
    found = read_date_line("Nguyễn Hải Đăng - 19/05/2023 09:12")
    assert found is not None
    assert found.rest == ("Nguyễn Hải Đăng",)
