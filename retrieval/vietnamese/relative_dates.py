"""When, as seen from today? "năm ngoái", "tuần này", "3 tháng qua" as days; "mới nhất", "hiện nay" as a wish.

Only questions are read so: what an article calls "hôm qua" is seen from its own day.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from retrieval.vietnamese.calendar_forms import DAY_PARTS
from retrieval.vietnamese.number_words import CARDINALS, VALUES, either
from retrieval.vietnamese.syllables import strip_marks

_DAY_PART = either(DAY_PARTS)
_COUNT = rf"\d{{1,2}}|{either(CARDINALS)}|vài|mấy|nhiều|các|những"
_COUNTERS = "vài mấy các nhiều những nhiêu một hai ba".split()
_NOT_COUNTED = r"(?<!\w)(?<!\d\s)(?<!so\svới\s)" + "".join(rf"(?<!{word}\s)" for word in _COUNTERS)
_NO_MORE = r"(?!\w)(?!\s+(?:khi|đó|ngày|tháng|năm|công|\d))"
_LAST = r"(?:trước|rồi|qua|vừa\s+qua|vừa\s+rồi)"
_NEXT = r"(?:sau|tới)"

Days = tuple[datetime.date, datetime.date]
_ONE = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class RelativeTime:
    """What a question says of time as seen from today, somewhere in `text[start:end]`.

    `days`: the first and the last that it means; None where it only wants the newest.
    """

    start: int
    end: int
    days: Days | None = None


def find_relative(text: str, *, today: datetime.date, lacks_marks: bool = False) -> RelativeTime | None:
    """The first such time in the text; a wish for the newest only where no days are meant.

    `lacks_marks`: the forms are compared without them.
    """
    lowered = strip_marks(text).lower() if lacks_marks else text.lower()
    found = [
        RelativeTime(match.start(), match.end(), days(match, today))
        for pattern, days in _forms(lacks_marks)
        if (match := pattern.search(lowered))
    ]
    dated = [one for one in found if one.days]
    return min(dated or found, key=lambda one: one.start, default=None)


def _day(offset: int) -> Callable[[re.Match[str], datetime.date], Days]:
    def days(_: re.Match[str], today: datetime.date) -> Days:
        return today + offset * _ONE, today + offset * _ONE

    return days


def _whole(offset: int) -> Callable[[re.Match[str], datetime.date], Days]:
    """The week, month, quarter or year that lies so many of these away."""

    def days(match: re.Match[str], today: datetime.date) -> Days:
        unit = strip_marks(match["unit"])
        if unit == "tuan":
            monday = today - today.weekday() * _ONE + 7 * offset * _ONE
            return monday, monday + 6 * _ONE
        months = {"thang": 1, "quy": 3, "nam": 12}[unit]
        first = (today.year * 12 + today.month - 1) // months * months + offset * months
        return _month(first), _month(first + months) - _ONE

    return days


def _month(number: int) -> datetime.date:
    """The first day of a month, counted from year 0."""
    return datetime.date(number // 12, number % 12 + 1, 1)


def _past(match: re.Match[str], today: datetime.date) -> Days:
    """So many days, weeks, months or years until today; "vài" and "mấy" are taken for three."""
    unit, said = strip_marks(match["unit"]), match["count"]
    values = {strip_marks(word): VALUES[word] for word in CARDINALS}
    count = int(said) if said.isdigit() else values.get(strip_marks(said), 3)
    if unit in ("ngay", "tuan"):
        return today - count * (7 if unit == "tuan" else 1) * _ONE, today
    month = today.year * 12 + today.month - 1 - count * (12 if unit == "nam" else 1)
    last = calendar.monthrange(month // 12, month % 12 + 1)[1]
    return _month(month).replace(day=min(today.day, last)), today


def _newest(_: re.Match[str], __: datetime.date) -> None:
    return None


_FORMS: tuple[tuple[str, Callable[[re.Match[str], datetime.date], Days | None]], ...] = (
    (rf"(?<!\w)(?:hôm|bữa|{_DAY_PART})\s+nay(?!\w)", _day(0)),
    (rf"(?<!\w)(?:(?:hôm|bữa)|(?:{_DAY_PART})(?:\s+hôm)?)\s+qua(?!\w)", _day(-1)),
    (r"(?<!\w)hôm\s+kia(?!\w)", _day(-2)),
    (rf"(?<!\w)(?:ngày|{_DAY_PART})\s+mai(?!\w)", _day(1)),
    (rf"{_NOT_COUNTED}(?P<unit>tuần|tháng|quý)\s+(?:này|nay)(?!\w)", _whole(0)),
    (rf"{_NOT_COUNTED}(?P<unit>năm)\s+nay(?!\w)", _whole(0)),
    (rf"{_NOT_COUNTED}(?P<unit>tuần|tháng|quý|năm)\s+{_LAST}{_NO_MORE}", _whole(-1)),
    (rf"{_NOT_COUNTED}(?P<unit>tháng|năm)\s+ngoái(?!\w)", _whole(-1)),
    (rf"{_NOT_COUNTED}(?P<unit>năm)\s+kia(?!\w)", _whole(-2)),
    (rf"{_NOT_COUNTED}(?P<unit>tuần|tháng|quý|năm)\s+{_NEXT}{_NO_MORE}", _whole(1)),
    (
        rf"(?<!\w)(?P<count>{_COUNT})\s+(?P<unit>ngày|tuần|tháng|năm)\s+"
        r"(?:vừa\s+qua|qua|gần\s+đây|gần\s+nhất|trở\s+lại\s+đây|nay)(?!\w)",
        _past,
    ),
    (r"(?<!\w)mới\s+(?:nhất|đây)(?!\w)", _newest),
    (r"(?<!\w)gần\s+đây(?!\w)", _newest),
    (r"(?<!\w)(?:lần|kỳ|kì|đợt|vụ)\s+gần\s+nhất(?!\w)", _newest),
    (r"(?<!\w)hiện\s+(?:nay|tại|giờ)(?!\w)", _newest),
    (r"(?<!\w)(?:bây\s+giờ|lúc\s+này|vừa\s+rồi)(?!\w)", _newest),
)
"""(form, the days that it means); the first word of two syllables is enough: "ngày hôm qua" holds "hôm qua"."""


@cache
def _forms(
    lacks_marks: bool,
) -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str], datetime.date], Days | None]], ...]:
    return tuple((re.compile(strip_marks(form) if lacks_marks else form), days) for form, days in _FORMS)
