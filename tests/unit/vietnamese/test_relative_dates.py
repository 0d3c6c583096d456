"""Which days does a question mean as seen from today? A table of writings, and what only looks like one."""

from __future__ import annotations

import datetime

import pytest

from retrieval.vietnamese.relative_dates import find_relative
from retrieval.vietnamese.syllables import strip_marks

TODAY = datetime.date(2024, 3, 13)  # a Wednesday


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


DAYS = [
    ("Hôm nay trời ra sao?", "2024-03-13", "2024-03-13"),
    ("Sáng nay chợ họp không?", "2024-03-13", "2024-03-13"),
    ("Ngày hôm qua có mấy vụ cháy?", "2024-03-12", "2024-03-12"),
    ("Tối qua ai thắng?", "2024-03-12", "2024-03-12"),
    ("Hôm kia có mưa không?", "2024-03-11", "2024-03-11"),
    ("Ngày mai trường có nghỉ không?", "2024-03-14", "2024-03-14"),
    ("Tuần này thư viện mở ngày nào?", "2024-03-11", "2024-03-17"),
    ("Tuần trước ai trực?", "2024-03-04", "2024-03-10"),
    ("Tuần vừa rồi có gì mới?", "2024-03-04", "2024-03-10"),
    ("Tuần tới họp ngày nào?", "2024-03-18", "2024-03-24"),
    ("Tháng này thu bao nhiêu?", "2024-03-01", "2024-03-31"),
    ("Tháng trước thu bao nhiêu tiền?", "2024-02-01", "2024-02-29"),
    ("Quý trước xuất khẩu bao nhiêu?", "2023-10-01", "2023-12-31"),
    ("Năm nay tuyển bao nhiêu học sinh?", "2024-01-01", "2024-12-31"),
    ("Năm ngoái tuyển bao nhiêu học sinh?", "2023-01-01", "2023-12-31"),
    ("Năm rồi xã trồng bao nhiêu cây?", "2023-01-01", "2023-12-31"),
    ("Năm kia ai vô địch?", "2022-01-01", "2022-12-31"),
    ("Trong 3 tháng qua có mấy vụ?", "2023-12-13", "2024-03-13"),
    ("Hai năm gần đây giá ra sao?", "2022-03-13", "2024-03-13"),
    ("10 ngày vừa qua có mấy ca?", "2024-03-03", "2024-03-13"),
    ("Mấy năm nay có lũ không?", "2021-03-13", "2024-03-13"),
]
NEWEST = [
    "Giá điện mới nhất là bao nhiêu?",
    "Gần đây xã có xây cầu nào không?",
    "Hiện nay ai là hiệu trưởng?",
    "Hiện tại trường có bao nhiêu lớp?",
    "Lần gần nhất đội thắng là khi nào?",
]
NONE = [
    "Năm 2019 xã có bao nhiêu hộ?",
    "Bệnh viện gần nhất ở đâu?",
    "Ông mất năm bao nhiêu tuổi?",
    "Hai năm trước khi mất, ông sống ở đâu?",
    "Một năm sau ông làm gì?",
    "3 tháng trước ai làm giám đốc?",
    "Tháng năm trồng cây gì?",
    "Con đường qua làng dài bao nhiêu?",
    "Ông làm giám đốc bao nhiêu năm rồi?",
    "Số hộ nghèo giảm bao nhiêu so với năm trước?",
    "Năm trước năm 1954 ông ở đâu?",
]


@pytest.mark.parametrize(("text", "since", "until"), DAYS)
@pytest.mark.parametrize("marked", [True, False])
def test_days_are_counted_from_today(text: str, since: str, until: str, marked: bool) -> None:
    found = find_relative(text if marked else strip_marks(text), today=TODAY, lacks_marks=not marked)
    assert found is not None
    assert found.days == (day(since), day(until))


@pytest.mark.parametrize("text", NEWEST)
def test_a_wish_for_the_newest_means_no_days(text: str) -> None:
    found = find_relative(text, today=TODAY)
    assert found is not None
    assert found.days is None


@pytest.mark.parametrize("text", NONE)
def test_other_times_are_none(text: str) -> None:
    assert find_relative(text, today=TODAY) is None


def test_days_that_no_month_has_are_moved() -> None:
    found = find_relative("một tháng qua", today=datetime.date(2024, 3, 31))
    assert found is not None
    assert found.days == (day("2024-02-29"), day("2024-03-31"))
    january = find_relative("tháng trước", today=datetime.date(2024, 1, 5))
    assert january is not None
    assert january.days == (day("2023-12-01"), day("2023-12-31"))
