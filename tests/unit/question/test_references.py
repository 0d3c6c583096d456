"""Years, periods, papers and publishers are found, and figures that only look like them aren't."""

from __future__ import annotations

import datetime

import pytest

from retrieval.question.references import (
    Period,
    find_source,
    paper_numbers,
    period_of,
    source_key,
    years_of,
)
from retrieval.vietnamese.mentions import find_mentions

SHOWN = {source_key(mark): "Báo Đồng Khởi" for mark in ("BDK", "Báo Đồng Khởi")} | {
    source_key("Báo Lao Động"): "Báo Lao Động"
}


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Năm 2018 có gì?", (2018,)),
        ("nhiệm kỳ 2015-2020", (2015, 2020)),
        ("ngày 29/7/2019", (2019,)),
        ("có 2000 người và 1.985 đảng viên", ()),
        ("12.345 và 2018,5", ()),
    ],
)
def test_years(text: str, years: tuple[int, ...]) -> None:
    assert years_of(find_mentions(text)) == years


@pytest.mark.parametrize("text", ["từ 2016 đến nay", "từ năm 2016 tới nay", "kể từ năm 2016"])
def test_an_open_period(text: str) -> None:
    assert _period(text) == Period(datetime.date(2016, 1, 1))


def _period(text: str) -> Period:
    return period_of(text, find_mentions(text))


def test_a_closed_period() -> None:
    whole = Period(datetime.date(2015, 1, 1), datetime.date(2020, 12, 31))
    assert _period("giai đoạn 2015 - 2020") == _period("từ 2015 đến năm 2020") == whole
    assert _period("năm 2018") == Period()


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Nghị quyết số 05 nói gì?", ("05",)),
        ("Nghị quyết số 18 và 19 của ai?", ("18", "19")),
        ("Kế hoạch 23-KH/TU ban hành ngày 7-12-2016", ("23-KH/TU",)),
        ("Nghị định 15/2020/NĐ-CP", ("15/2020/NĐ-CP",)),
        ("Luật 2013", ()),
        ("Kế hoạch 5 năm", ()),
        ("Báo cáo 12.345 người", ()),
    ],
)
def test_paper_numbers(text: str, numbers: tuple[str, ...]) -> None:
    assert paper_numbers(text, find_mentions(text)) == numbers


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Theo báo Đồng Khởi, tỉnh có gì?", "Báo Đồng Khởi"),
        ("theo bao dong khoi thi co gi", "Báo Đồng Khởi"),
        ("Tin trên BDK", "Báo Đồng Khởi"),
        ("Theo báo Quảng Ngãi thì sao?", "Báo Quảng Ngãi"),
        ("Theo Lao Động, ai thắng?", "Báo Lao Động"),
    ],
)
def test_sources(text: str, name: str) -> None:
    found = find_source(text, SHOWN)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    "text", ["Theo ông Thức, ai đúng?", "theo lao động nước ngoài", "Theo báo này", "Báo Quảng Ngãi hỏi ai?"]
)
def test_no_source(text: str) -> None:
    assert find_source(text, SHOWN) is None
