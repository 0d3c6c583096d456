"""Which of a written date is its day, its month, its year? `calendar` finds where a date stands."""

from __future__ import annotations

import re
from typing import NamedTuple

from retrieval.vietnamese.calendar_forms import ERA
from retrieval.vietnamese.mention import FoundDate, Grain

Span = tuple[int, int]

ONE_TOKEN = (r"[Tt]háng \d{1,2}(?:,? năm |/)\d{4}\b", r"\d{1,2} tháng \d{1,2}(?: năm \d{4})?\b")
"""Dates that are one token though blanks stand in them: "tháng 7/2019", "12 tháng 4 năm 2016"."""
SPELT_OUT = r"ngày\s*(?P<day>\d{1,2})\s*tháng\s*(?P<month>\d{1,2})\s*năm\s*(?P<year>\d{4})"
"""As official papers have it; a page may have lost the blanks."""
BROKEN_OFF = r"ngày\s*(?:\d{1,2}(?:\s*tháng(?:\s*\d{1,2}(?:\s*năm)?)?)?)?"
"""The same, where a narrow column breaks it: "ngày 15 tháng 4 năm" above "2025"."""
IN_FIGURES = r"\d{1,2}(?:/\d{1,2}(?!\d))?(?:/\d{4})?"
"""A day, and what of its month and year stands there: "5", "5/6", "5/6/2025"."""
_TOKENS = tuple(
    map(
        re.compile,
        (
            r"(?:(?P<day>\d{1,2}) )?[Tt]háng (?P<month>\d{1,2})(?:(?:,? năm |/)(?P<year>\d{4}))?",
            r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})",
            r"(?P<month>\d{1,2})/(?P<year>\d{4})",
            r"(?P<day>\d{1,2})/(?P<month>\d{1,2})",
        ),
    )
)
_YEAR = re.compile(r"\d{3,4}")
_DAY = re.compile(rf"(?:ngày\s+)?{IN_FIGURES}", re.IGNORECASE)
_LAST: dict[Grain, re.Pattern[str]] = {
    "year": re.compile(rf"(?:(?:cuối|đầu|giữa)\s+)?(?:năm\s+)?\d{{3,4}}{ERA}$", re.IGNORECASE),
    "month": re.compile(r"tháng\s.*$|\d{1,2}\s?[/.-]\s?\d{4}$", re.IGNORECASE),
}


class DateFigures(NamedTuple):
    """The figures of a date as they are written; empty where one is left out."""

    day: str
    month: str
    year: str


def figures_of(token: str) -> DateFigures | None:
    """("12", "4", "2016") of "12-4-2016" or "12 tháng 4 năm 2016", ("", "7", "2019") of "7/2019"; None: no date."""
    match = next((match for pattern in _TOKENS if (match := pattern.fullmatch(token))), None)
    if match is None:
        return None
    found = DateFigures(**{"day": "", "year": ""} | match.groupdict(""))
    counted = not found.year and "/" in token and (int(found.day) > 31 or int(found.month) > 12)
    return None if counted else found


def years_within(text: str, found: FoundDate) -> list[Span]:
    """Where the years of a period stand: of "1646–1716" both."""
    return [match.span() for match in _YEAR.finditer(text, found.start, found.end)]


def days_within(text: str, found: FoundDate) -> list[Span]:
    """Where the days of a period stand: "ngày 01" and "ngày 05" of "từ ngày 01 đến ngày 05"."""
    return [match.span() for match in _DAY.finditer(text, found.start, found.end)]


def cut_to(text: str, found: FoundDate, grain: Grain) -> Span:
    """Where its year, or its month with the year, stands in a day or a month; the whole where it is no coarser part."""
    last = _LAST.get(grain)
    match = last.search(text[found.start : found.end]) if last else None
    return (found.start + match.start(), found.start + match.end()) if match else (found.start, found.end)
