"""Which dates does a text name, and where? Vietnamese forms first: day, month, year, in that order."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

_MONTH_WORDS = {
    "giêng": 1, "một": 1, "hai": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6,
    "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9, "mười": 10, "mười một": 11, "mười hai": 12, "chạp": 12,
}  # fmt: skip
_ENGLISH_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
_ENGLISH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_MONTH_WORD = "|".join(sorted(_MONTH_WORDS, key=len, reverse=True)).replace(" ", r"\s+")
_DATE = re.compile(
    rf"""
    (?=\d) (?: # the first letter decides soon: most of a text begins no date
        (?<![\d/.-]) (?P<y1>\d{{4}}) (?P<sep1>[-/.]) (?P<m1>\d{{1,2}}) (?P=sep1) (?P<d1>\d{{1,2}}) (?=\D|$)
        | (?<![\d/.-]) (?P<d2>\d{{1,2}}) \s?(?P<sep2>[-/.–])\s? (?P<m2>\d{{1,2}}) \s?(?P=sep2)\s? (?P<y2>\d{{4}}) (?!\d)
        | (?<!\d) (?P<d3>\d{{1,2}}) \s+ tháng \s+ (?P<m3>\d{{1,2}} | {_MONTH_WORD}) (?: ,? \s+ năm \s+ | ,\s* ) (?P<y3>\d{{4}}) (?!\d)
        | (?<![\d/.-]) (?P<d4>\d{{1,2}}) [-/.] (?P<m4>\d{{1,2}}) \s+ năm \s+ (?P<y4>\d{{4}}) (?!\d)
        | (?<!\d) (?P<d7>\d{{1,2}}) \s+ th(?:g|áng)?\.? \s* (?P<m7>\d{{1,2}}) (?: ,\s* | \s+ (?:năm\s+)? ) (?P<y7>\d{{4}}) (?!\d)
        | (?<!\d) (?P<d5>\d{{1,2}}) (?:st|nd|rd|th)? [\s-] (?P<m5>{_ENGLISH}) ,?[\s-] (?P<y5>\d{{4}}) (?!\d)
    )
    | (?=[jfmasond]) \b (?P<m6>{_ENGLISH}) \s (?P<d6>\d{{1,2}}) (?:st|nd|rd|th)? ,?\s (?P<y6>\d{{4}}) (?!\d)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SHORT = re.compile(r"(?<![\d/.-])(?P<day>\d{1,2})([-/.])(?P<month>\d{1,2})\2(?P<year>\d{2})(?![\d/.-]*\d)")
_INSTANT = re.compile(
    r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::\d{2})?(?:[.,]\d+)?\s?(Z|UTC|GMT|[+-]\d{2}:?\d{2})\s*$",
    re.IGNORECASE,
)
_AMERICAN = re.compile(
    r"^\s*(\d{1,2})/(\d{1,2})/(\d{4}),?\s+\d{1,2}:\d{2}(?::\d{2})?\s?[AP]M\b", re.IGNORECASE
)
_VIETNAM = datetime.timezone(datetime.timedelta(hours=7))
_IN_URL = re.compile(r"(?<!\d)((?:19|20)\d\d)([-/]?)(\d\d)\2(\d\d)(?!\d{1,3}(?!\d))")
EARLIEST_YEAR, LATEST_YEAR = 1900, 2100


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date as it stands in a text: `text[start:end]`."""

    date: datetime.date
    start: int
    end: int


def find_dates(text: str) -> Iterator[FoundDate]:
    """Every possible full date of the text, in order. 31/2/2020 is none; a month and year alone are none."""
    for match in _DATE.finditer(text):
        form = match.lastgroup
        if form is None:
            continue
        number = form[-1]
        day, month, year = match[f"d{number}"], match[f"m{number}"], match[f"y{number}"]
        date = _make(int(year), _month(month), int(day))
        if date is not None:
            yield FoundDate(date, match.start(), match.end())


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


def find_short_dates(text: str) -> Iterator[FoundDate]:
    """Dates whose year has two figures: "12/03/24". Only for lines that hold little else."""
    for match in _SHORT.finditer(text):
        date = _make(2000 + int(match["year"]), int(match["month"]), int(match["day"]))
        if date is not None:
            yield FoundDate(date, match.start(), match.end())


def date_in_url(url: str) -> datetime.date | None:
    """The date that an address carries: .../2020/02/07/..., ...-20200207.html, ...20200207071800.htm"""
    for match in _IN_URL.finditer(url):
        date = _make(int(match[1]), int(match[3]), int(match[4]))
        if date is not None:
            return date
    return None


def _month(written: str) -> int:
    lowered = written.lower()
    if lowered.isdigit():
        return int(lowered)
    return _MONTH_WORDS.get(" ".join(lowered.split())) or _ENGLISH_MONTHS[lowered[:3]]


def _make(year: int, month: int, day: int) -> datetime.date | None:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return None
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None
