"""Which full dates does a page, a stamp or an address name? The forms are the calendar's; here is what pages add."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from retrieval.vietnamese.calendar import EARLIEST_YEAR, LATEST_YEAR, full_dates
from retrieval.vietnamese.calendar_forms import YEAR

_SHORT = re.compile(r"(?<![\d/.-])(?P<day>\d{1,2})([-/.])(?P<month>\d{1,2})\2(?P<year>\d{2})(?![\d/.-]*\d)")
_INSTANT = re.compile(
    r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::\d{2})?(?:[.,]\d+)?\s?(Z|UTC|GMT|[+-]\d{2}:?\d{2})\s*$",
    re.IGNORECASE,
)
_AMERICAN = re.compile(
    r"^\s*(\d{1,2})/(\d{1,2})/(\d{4}),?\s+\d{1,2}:\d{2}(?::\d{2})?\s?[AP]M\b", re.IGNORECASE
)
_VIETNAM = datetime.timezone(datetime.timedelta(hours=7))
_IN_URL = re.compile(rf"(?<!\d)({YEAR})([-/]?)(\d\d)\2(\d\d)(?!\d{{1,3}}(?!\d))")


@dataclass(frozen=True, slots=True)
class FullDate:
    """A date as it stands in a text: `text[start:end]`."""

    date: datetime.date
    start: int
    end: int


def find_dates(text: str) -> Iterator[FullDate]:
    """Every possible full date of the text, in order. 31/2/2020 is none; a month and year alone are none."""
    for found in full_dates(text):
        if date := found.value.date:
            yield FullDate(date, found.start, found.end)


def parse_date(text: str) -> datetime.date | None:
    """The first full date of a short value: "Thứ sáu, 21/10/2022, 15:59 (GMT+7)", "2022-10-21T15:59:00+07:00"."""
    return next((found.date for found in find_dates(text)), None)


def parse_stamp(value: str) -> datetime.date | None:
    """The day in Vietnam that a machine's stamp means: "2024-03-11T18:30:00Z" is 12 March, "3/12/2024 8:15:00 AM" too."""
    if (instant := _INSTANT.match(value.strip())) is not None:
        zone = "+00:00" if instant[3].isalpha() else instant[3]
        try:
            moment = datetime.datetime.fromisoformat(f"{instant[1]}T{instant[2]}:00{zone}")
        except ValueError:
            return None
        return moment.astimezone(_VIETNAM).date()
    if (american := _AMERICAN.match(value)) is not None:
        return _make(int(american[3]), int(american[1]), int(american[2])) or parse_date(value)
    return parse_date(value)


def find_short_dates(text: str) -> Iterator[FullDate]:
    """Dates whose year has two figures: "12/03/24". Only for lines that hold little else."""
    for match in _SHORT.finditer(text):
        date = _make(2000 + int(match["year"]), int(match["month"]), int(match["day"]))
        if date is not None:
            yield FullDate(date, match.start(), match.end())


def date_in_url(url: str) -> datetime.date | None:
    """The date that an address carries: .../2020/02/07/..., ...-20200207.html, ...20200207071800.htm"""
    for match in _IN_URL.finditer(url):
        date = _make(int(match[1]), int(match[3]), int(match[4]))
        if date is not None:
            return date
    return None


def spelt_out(match: re.Match[str]) -> datetime.date | None:
    """The date of a match of `date_parts.SPELT_OUT`."""
    return _make(int(match["year"]), int(match["month"]), int(match["day"]))


def _make(year: int, month: int, day: int) -> datetime.date | None:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return None
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None
