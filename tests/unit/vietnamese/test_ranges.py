"""Which values an amount in a text stands for: one, those between two, or all beyond a bound."""

from __future__ import annotations

import math

import pytest

from retrieval.vietnamese.ranges import measure_of_words, ranges_in


@pytest.mark.parametrize(
    ("text", "measure", "inside", "outside"),
    [
        ("Ghe 3 - 8 tấn", "tan", (3, 5, 8), (2, 9)),
        ("Ghe từ 3 đến 8 tấn", "tan", (3, 8), (2.9, 8.1)),
        ("khách cao dưới 1,2 mét", "m", (1, 1.19), (1.2,)),
        ("ghe trên 8 tấn", "tan", (8.5,), (8,)),
        ("vắng quá 3 buổi", "buoi", (4,), (3,)),
        ("không quá 3 buổi", "buoi", (3, 1), (4,)),
        ("từ đủ 60 tuổi trở lên", "tuoi", (60, 80), (59,)),
        ("ghe từ 8 tấn trở xuống", "tan", (8, 2), (8.1,)),
        ("nhà 70 m²", "m2", (70,), (71,)),
        ("nhà 70 mét vuông", "m2", (70,), (71,)),
    ],
)
def test_a_range_holds_what_lies_in_it(
    text: str, measure: str, inside: tuple[float, ...], outside: tuple[float, ...]
) -> None:
    (found,) = ranges_in(text)
    assert found.measure == measure
    assert all(map(found.holds, inside))
    assert not any(map(found.holds, outside))


def test_money_and_shares_are_no_ranges_that_tell_rows_apart() -> None:
    assert [one.high for one in ranges_in("từ 7 ghế giảm 15 %, còn 90.000 đồng")] == [math.inf]


@pytest.mark.parametrize(
    ("head", "measure"), [("Độ tuổi", "tuoi"), ("Trọng tải (tấn)", "tan"), ("Giá vé", "")]
)
def test_a_columns_head_says_what_its_bare_ranges_measure(head: str, measure: str) -> None:
    assert measure_of_words(head) == measure
