"""Of a written date, its day, its month and its year."""

from __future__ import annotations

import pytest

from retrieval.vietnamese.date_parts import cut_to, days_within, figures_of, years_within
from retrieval.vietnamese.mention import Grain
from retrieval.vietnamese.mentions import find_mentions


@pytest.mark.parametrize(
    ("token", "figures"),
    [
        ("tháng 7/2019", ("", "7", "2019")),
        ("Tháng 12, năm 2016", ("", "12", "2016")),
        ("12 tháng 4", ("12", "4", "")),
        ("12-4-2016", ("12", "4", "2016")),
        ("07/2019", ("", "07", "2019")),
        ("30/6", ("30", "6", "")),
        ("30/13", None),
        ("40/6", None),
        ("12.345", None),
        ("2016", None),
    ],
)
def test_the_figures_of_a_token(token: str, figures: tuple[str, str, str] | None) -> None:
    assert figures_of(token) == figures


@pytest.mark.parametrize(
    ("text", "grain", "part"),
    [
        ("ngày 7 tháng 1 năm 1943", "year", "năm 1943"),
        ("ngày 7 tháng 1 năm 1943", "month", "tháng 1 năm 1943"),
        ("7/1/1943", "month", "1/1943"),
        ("tháng 7/2019", "year", "2019"),
        ("ngày 7/1", "year", "ngày 7/1"),
        ("ngày 7/1/1943", "day", "ngày 7/1/1943"),
    ],
)
def test_the_coarser_part_of_a_date(text: str, grain: Grain, part: str) -> None:
    (found,) = find_mentions(text).moments
    assert text[slice(*cut_to(text, found, grain))] == part


def test_what_a_period_goes_from_and_to() -> None:
    text = "từ ngày 05/6 đến ngày 07/6/2031"
    (found,) = find_mentions(text).moments
    assert [text[slice(*span)] for span in days_within(text, found)] == ["ngày 05/6", "ngày 07/6/2031"]
    text = "giai đoạn 2021 - 2025"
    (found,) = find_mentions(text).moments
    assert [text[slice(*span)] for span in years_within(text, found)] == ["2021", "2025"]
