"""Which years, papers and publishers does a question name? "nhiệm kỳ 2015-2020", "27-CTr/TU", "theo báo Đồng Khởi"."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from retrieval.gazetteer import source_key
from retrieval.vietnamese.syllables import strip_marks

_YEAR = re.compile(
    r"(?<![\d.,])(1[0-9]\d\d|20\d\d)(?![\d]|[.,]\d)"
    r"(?! *(?:%|nguoi|dong|ty|ti|trieu|nghin|ngan|usd|dang vien|m|m2|km|km2|kg|ha|tan|ta|con|chiec|cai|ho|ca|lan"
    r"|nam\b|ngay|suat|cay|trang|tu|ban|bai|hoc sinh|sinh vien)\b)"
)
_RANGE = re.compile(rf"{_YEAR.pattern} *(?:-|–|den|toi) *(?:nam )?(20\d\d|1[0-9]\d\d|nay|hien nay)\b")
_SINCE = re.compile(r"\b(?:tu|sau|ke tu) (?:nam )?((?:1[0-9]|20)\d\d)\b(?! *(?:nguoi|dong|ty|trieu))")
_PAPERS = (
    "nghi quyet|chi thi|ke hoach|quyet dinh|thong tu|nghi dinh|chuong trinh hanh dong|chuong trinh|cong van|luat"
    "|ket luan|quy dinh|huong dan|thong bao|de an|phap lenh|bao cao|to trinh|cong dien|cong uoc|hiep dinh"
)
_CODE = r"\d+(?:/\d{4})?(?:[-/][a-z][a-z0-9]*)+"
_PAPER = re.compile(
    rf"\b(?:{_PAPERS})(?: trung uong| lien tich)?(?: so)?:? ((?:{_CODE}|\d+)(?:(?:,| va|, va) (?:so"
    r" )?(?:{_CODE}|\d+))*)"
    r"(?![\d%]|[.,]\d| *(?:nguoi|trieu|ty|dong|nam)\b)"
)
_LONE_CODE = re.compile(rf"(?<![\w/-]){_CODE}(?![\w-])")
_ONE = re.compile(rf"{_CODE}|\d+")
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


def find_years(text: str) -> tuple[int, ...]:
    """The years that are named, in order; counts such as "2000 người" are none."""
    return tuple(dict.fromkeys(int(match[1]) for match in _YEAR.finditer(_unmarked(text))))


def find_period(text: str) -> Period:
    """The stretch of years: "2015-2020", "từ 2016 đến nay"; open where only single years are named."""
    unmarked = _unmarked(text)
    if match := _RANGE.search(unmarked):
        first, last = int(match[1]), match[2]
        until = datetime.date(int(last), 12, 31) if last.isdigit() else None
        return Period(datetime.date(first, 1, 1), until)
    if match := _SINCE.search(unmarked):
        return Period(datetime.date(int(match[1]), 1, 1))
    return Period()


def find_paper_numbers(text: str) -> tuple[str, ...]:
    """Numbers and codes of resolutions, plans, laws: "05", "27-CTr/TU"; as the question has them."""
    unmarked = _unmarked(text)
    spans = [
        (match.start(1) + one.start(), match.start(1) + one.end())
        for match in _PAPER.finditer(unmarked)
        for one in _ONE.finditer(match[1])
    ]
    spans += [match.span() for match in _LONE_CODE.finditer(unmarked)]
    found = dict.fromkeys(text[start:end] for start, end in sorted(set(spans)))
    return tuple(number for number in found if not re.fullmatch(r"(?:1[89]|20)\d\d", number))


@dataclass(frozen=True, slots=True)
class NamedSource:
    """A publisher that the question wants to hear: `name` as shown, named at `[start, end)`."""

    name: str
    start: int
    end: int


def find_source(text: str, shown: dict[str, str]) -> NamedSource | None:
    """The publisher after "theo" or "trên". `shown`: marks and names, bare and small -> the name shown.

    Of an unknown publisher the capitalised words after "báo" are the name.
    """
    for match in _SOURCE.finditer(_unmarked(text)):
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


def _unmarked(text: str) -> str:
    """Small letters without marks, at the same offsets."""
    bare = strip_marks(text).lower()
    return bare if len(bare) == len(text) else text.lower()
