"""When? Days, months, quarters, seasons, years, decades, centuries, periods and hours, however they are written.

Vietnamese forms first: day, month, year, in that order; English ones as saved pages have them. `moment_at_figure` and
its neighbours read what stands at one place of a text; `mentions.find_mentions` looks at every place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from retrieval.vietnamese.calendar_forms import (
    AT_FIGURE,
    AT_WORD,
    DAY_IN_WORDS,
    ENGLISH,
    ENGLISH_MONTHS,
    MONTH_WORD,
    MONTH_WORDS,
    WEEKDAY,
)
from retrieval.vietnamese.function_words import EVERY
from retrieval.vietnamese.mention import FoundDate, Grain, Moment
from retrieval.vietnamese.number_words import ROMAN_LETTERS, VALUES, roman

_ENGLISH_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
FULL_MOON = 15
"""The day of a month of the moon that "rằm" is."""
EARLIEST_YEAR, LATEST_YEAR = 1900, 2100
"""Of a full date that dates a page."""


_FIGURE_GRAINS: dict[str, Grain] = {f"form{number}": grain for number, (grain, _) in enumerate(AT_FIGURE)}
_FIGURE_FORMS = re.compile(
    "|".join(f"(?P<form{number}>{form})" for number, (_, form) in enumerate(AT_FIGURE)), re.IGNORECASE
)
_WORD_FORMS: dict[str, list[tuple[Grain, re.Pattern[str]]]] = {}
for _grain, _first, _form in AT_WORD:
    _pattern = re.compile(_form, re.IGNORECASE)
    for _word in _first.split():
        _WORD_FORMS.setdefault(_word, []).append((_grain, _pattern))
_ENGLISH_FORM = re.compile(rf"{ENGLISH}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}}(?!\d)", re.IGNORECASE)
FIRST_WORDS = frozenset(_WORD_FORMS)
"""The first syllables, in small letters, of what `moment_at_word` reads."""
_NUMBERS = re.compile(r"\d+")
_PARTS = re.compile(rf"\d+|(?<=tháng )\s*(?:{MONTH_WORD})(?!\w)|{ENGLISH}", re.IGNORECASE)
_WEEKDAY = re.compile(rf"(?<!lần )(?<!người )\b{WEEKDAY}\b|\b(?:{EVERY}) ngày\b", re.IGNORECASE)
_DAY_IN_WORDS = re.compile(DAY_IN_WORDS, re.IGNORECASE)
_OFTEN = re.compile(rf"\b(?:{EVERY}) (?:giờ|buổi|ngày|tuần|tháng|quý|năm)\b", re.IGNORECASE)
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def has_weekday(text: str) -> bool:
    """Whether the text says a day of the week, or every day: "tiếp dân vào sáng thứ năm"."""
    return _WEEKDAY.search(text) is not None


def says_how_often(text: str) -> bool:
    """Whether the text says how often something is: "hằng tuần", "mỗi quý"."""
    return _OFTEN.search(text) is not None


def opens_in_words(written: str) -> bool:
    """Whether a moment, as it is written, says its day in words: "rằm tháng 7"."""
    return _DAY_IN_WORDS.match(written) is not None


def moment_at_figure(text: str, at: int) -> FoundDate | None:
    """The moment that starts with the figure at `at`."""
    return None if text[at - 1 : at].isalnum() else _moment_here(text, at)


def _moment_here(text: str, at: int) -> FoundDate | None:
    if at and text[at - 1] in "/.,-" and not text[at - 2 : at - 1].isspace():
        return None
    match = _FIGURE_FORMS.match(text, at)
    if match is None:
        return None
    grain = _FIGURE_GRAINS[match.lastgroup or ""]
    moment = _MAKERS[grain](match, grain)
    return FoundDate(at, match.end(), moment) if moment else None


def moment_at_word(text: str, at: int, word: str) -> FoundDate | None:
    """The moment that starts with `word` at `at`, one of FIRST_WORDS in small letters."""
    for grain, pattern in _WORD_FORMS[word]:
        match = pattern.match(text, at)
        if match and (moment := _MAKERS[grain](match, grain)):
            return FoundDate(at, match.end(), moment)
    return None


def moment_at_month(text: str, at: int) -> FoundDate | None:
    """The English date that starts with its month at `at`: "March 11, 2024"."""
    match = _ENGLISH_FORM.match(text, at)
    moment = _day(match, "day") if match else None
    return FoundDate(at, match.end(), moment) if match and moment else None


def _day(match: re.Match[str], grain: Grain) -> Moment | None:
    written = match.group()
    parts = _PARTS.findall(written)
    values = [_number(part) for part in parts]
    doubtful = written[0].isdigit() and len(written) < 6
    if in_words := _DAY_IN_WORDS.match(written):  # "mùng một", "rằm tháng Giêng"
        day = VALUES[in_words["number"].lower()] if in_words["number"] else FULL_MOON
        month, year, *_ = (*values, None, None)
        return _checked(Moment(grain, year, month, day))
    if len(values) == 1:
        return Moment(grain, day=values[0]) if 1 <= values[0] <= 31 else None
    if parts[0].isdigit() and len(parts[0]) == 4:
        return _checked(Moment(grain, values[0], values[1], values[2]))
    if not parts[0].isdigit():  # March 11, 2024
        return _checked(Moment(grain, values[2], values[0], values[1]))
    if "–" in written or "-" in written or "đến" in written:
        ranged = _day_range(written)
        if ranged:
            return ranged
    year = values[2] if len(values) > 2 else None
    era = "TCN" in written or "trước" in written.lower()
    return _checked(Moment(grain, year, values[1], values[0], doubtful=doubtful, before_christ=era))


_RANGED = re.compile(
    r"(?P<d1>\d{1,2})(?:/(?P<m1>\d{1,2}))?(?:\s?[-–]\s?|\s+đến\s+(?:ngày\s+)?)"
    r"(?P<d2>\d{1,2})/(?P<m2>\d{1,2})(?:/(?P<y>\d{4}))?$"
)


def _day_range(written: str) -> Moment | None:
    """ "5-7/11", "28/10-3/11/2025"."""
    match = _RANGED.search(written)
    if match is None:
        return None
    month = int(match["m2"])
    year = int(match["y"]) if match["y"] else None
    first = _checked(Moment("day", year, int(match["m1"] or month), int(match["d1"])))
    last = _checked(Moment("day", year, month, int(match["d2"])))
    if first is None or last is None:
        return None
    return Moment("day", first.year, first.month, first.day, last=last)


def _checked(moment: Moment) -> Moment | None:
    """The moment, where a calendar has it."""
    if not (1 <= (moment.month or 1) <= 12 and 1 <= (moment.day or 1) <= 31):
        return None
    if moment.year and moment.month and moment.day and moment.year >= 1583 and moment.date is None:
        return None
    return moment


def _month(match: re.Match[str], grain: Grain) -> Moment | None:
    written = match.group()
    values = [_number(part) for part in _PARTS.findall(written)]
    if not values:
        return None
    year = values[1] if len(values) > 1 else None
    return _checked(Moment(grain, year, values[0], before_christ="TCN" in written))


def _quarter(match: re.Match[str], grain: Grain) -> Moment | None:
    words = re.findall(r"\w+", match.group())
    number = _QUARTERS.get(words[1].lower()) or int(words[1])
    year = int(words[-1]) if len(words) > 2 else None
    return Moment(grain, year, 3 * number - 2, last=Moment(grain, year, 3 * number))


def _period(match: re.Match[str], grain: Grain) -> Moment | None:
    groups = match.groupdict()
    if groups.get("ya"):
        last = Moment("year", int(groups["yb"])) if groups["yb"].isdigit() else None
        if last and int(groups["ya"]) > (last.year or 0):
            return None
        return Moment(grain, int(groups["ya"]), last=last)
    return Moment(grain)


def _year(match: re.Match[str], grain: Grain) -> Moment | None:
    written = match.group()
    number = _NUMBERS.search(written)
    if number is None:
        return Moment(grain)
    lowered = written.lower()
    return Moment(
        grain,
        int(number[0]),
        doubtful=written[0].isdigit(),
        before_christ="tcn" in lowered or "trước" in lowered,
    )


def _decade(match: re.Match[str], grain: Grain) -> Moment | None:
    number = _NUMBERS.search(match.group())
    if number is None:
        return None
    first = int(number[0])
    first = first + 1900 if first < 100 else first
    return Moment(grain, first, last=Moment("year", first + 9))


def _century(match: re.Match[str], grain: Grain) -> Moment | None:
    words = match.group().split()
    written = next(word for word in reversed(words) if word.isdigit() or set(word.lower()) <= ROMAN_LETTERS)
    number = int(written) if written.isdigit() else roman(written)
    before = "TCN" in match.group() or "trước" in match.group().lower()
    if before:
        return Moment(grain, number * 100, last=Moment("year", number * 100 - 99), before_christ=True)
    return Moment(grain, number * 100 - 99, last=Moment("year", number * 100))


def _only_grain(match: re.Match[str], grain: Grain) -> Moment | None:
    return Moment(grain)


_MAKERS: dict[Grain, Callable[[re.Match[str], Grain], Moment | None]] = {
    "day": _day,
    "month": _month,
    "quarter": _quarter,
    "season": _year,
    "year": _year,
    "decade": _decade,
    "century": _century,
    "period": _period,
    "hour": _only_grain,
    "past": _only_grain,
}


def _number(part: str) -> int:
    """A figure, or the number of a month's name."""
    lowered = " ".join(part.lower().split())
    if lowered.isdigit():
        return int(lowered)
    return MONTH_WORDS.get(lowered) or _ENGLISH_MONTHS.index(lowered[:3]) + 1


_DIGIT_OR_MONTH = re.compile(r"(?<!\d)\d{1,4}|(?<![^\W\d_])[A-Za-z]{3,9}(?=\.?\s\d)", re.ASCII)
_FIGURE = re.compile(r"\d\d*")  # a first one by itself: only what begins with one is searched for fast
_LONGEST = 60
"""Characters from a full date's start to its year, at most."""


def full_dates(text: str) -> Iterator[FoundDate]:
    """The text's full dates between EARLIEST_YEAR and LATEST_YEAR, in order. 31/2/2020 is none.

    A page may have stuck a word to one: "Đăng ngày12/03/2024".
    """
    at = 0
    for figure in _FIGURE.finditer(text):
        year = figure.start()
        if figure.end() != year + 4:
            continue
        # Most figures have no year near: only what stands before one is read, up to the year's own figure.
        for match in _DIGIT_OR_MONTH.finditer(text, max(at, year - _LONGEST)):
            start = match.start()
            if start > year:
                break
            in_figures = match.group()[0].isdigit()
            if start < at or (not in_figures and match.group().lower() not in ENGLISH_MONTHS):
                continue
            found = (_moment_here if in_figures else moment_at_month)(text, start)
            if found is None:
                continue
            date = found.value.date
            if date and EARLIEST_YEAR <= date.year <= LATEST_YEAR:
                yield found
            at = found.end
        at = max(at, year + 1)
