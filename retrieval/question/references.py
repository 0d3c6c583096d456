"""Which years, papers and publishers does a question name? "nhiệm kỳ 2015-2020", "27-CTr/TU", "theo báo Đồng Khởi"."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from retrieval.gazetteer import source_key
from retrieval.vietnamese.mention import Mentions
from retrieval.vietnamese.syllables import strip_marks

EARLIEST = 1000
"""Years before are no years of a question: "năm 938" is looked for by its words."""


_SINCE = re.compile(r"(?<!\w)(?:từ|sau)\s+$", re.IGNORECASE)
_PUBLISHERS = (
    "bao dien tu|bao|dai truyen hinh|dai|tap chi|cong thong tin|trang tin|thong tan xa|trang|kenh|hang tin"
)
_SOURCE = re.compile(
    rf"\b(?:theo|tren) (?P<named>(?P<publisher>(?:to )?(?:{_PUBLISHERS}) )?[^\W\d_][^,?;:!]*)"
)


@dataclass(frozen=True, slots=True)
class Period:
    """Between which days the question's years lie; None: open."""

    since: datetime.date | None = None
    until: datetime.date | None = None


def years_of(mentions: Mentions) -> tuple[int, ...]:
    """The years that are named, in order, EARLIEST or later; counts such as "2000 người" are none."""
    years = (
        year
        for moment in (found.value for found in mentions.moments)
        if moment.grain not in ("century", "decade") and not moment.before_christ
        for year in moment.years
        if year >= EARLIEST
    )
    return tuple(dict.fromkeys(years))


def period_of(text: str, mentions: Mentions) -> Period:
    """The stretch of years: "2015-2020", "từ 2016 đến nay", "kể từ năm 2016"; open where years stand alone."""
    for moment in (found.value for found in mentions.moments):
        if moment.grain == "period" and moment.year:
            last = moment.last.year if moment.last else None
            return Period(datetime.date(moment.year, 1, 1), datetime.date(last, 12, 31) if last else None)
    for found in mentions.moments:
        moment = found.value
        if moment.grain == "year" and moment.year and _SINCE.search(text, 0, found.start):
            return Period(datetime.date(moment.year, 1, 1))
    return Period()


def paper_numbers(text: str, mentions: Mentions) -> tuple[str, ...]:
    """Numbers and codes of resolutions, plans, laws: "05", "27-CTr/TU"; as `text` has them."""
    return tuple(dict.fromkeys(text[paper.start : paper.end] for paper in mentions.papers))


@dataclass(frozen=True, slots=True)
class NamedSource:
    """A publisher that the question wants to hear: `name` as shown, named at `[start, end)`."""

    name: str
    start: int
    end: int


def find_source(text: str, shown: dict[str, str]) -> NamedSource | None:
    """The publisher after "theo" or "trên". `shown`: marks and names, small and without marks -> the name shown.

    Of an unknown publisher the capitalised words after "báo" are the name.
    """
    for match in _SOURCE.finditer(_letters(text)):
        start = match.start("named")
        words = [(start + word.start(), start + word.end()) for word in re.finditer(r"\S+", match["named"])]
        for count in range(min(len(words), 6), 0, -1):
            end = words[count - 1][1]
            written = match["publisher"] or all(text[at].isupper() for at, _ in words[:count])
            if written and (name := shown.get(source_key(text[start:end]))):
                return NamedSource(name, match.start(), end)
        if match["publisher"] and (named := _capitalised(text, words)):
            return named
    return None


def _capitalised(text: str, words: list[tuple[int, int]]) -> NamedSource | None:
    heads = [n for n, (start, end) in enumerate(words) if text[start].isupper()]
    if len(words) < 2 or not heads or (heads[0] == 0 and len(heads) == 1):
        return None  # "theo báo này"
    last = first = heads[0] if heads[0] else heads[1]
    while last + 1 < len(words) and last + 1 in heads:
        last += 1
    if first > 3:
        return None
    start, end = words[0][0], words[last][1]
    named = re.sub(r"^tờ ", "", text[start:end], flags=re.IGNORECASE)
    return NamedSource(named[0].upper() + named[1:], start, end)


def _letters(text: str) -> str:
    """Small letters without marks, at the same offsets."""
    letters = strip_marks(text).lower()
    return letters if len(letters) == len(text) else text.lower()
