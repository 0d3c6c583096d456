"""Which date answers? Written dates, months, years, periods, centuries and hours, at the grain asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from retrieval.answering.passage_view import PassageView, Span
from retrieval.vietnamese.syllables import plain, strip_marks

_ERA = r"(?:\s+(?:TCN|SCN|(?:trước|sau) [Cc]ông [Nn]guyên))?"
_PART = r"(?:(?:cuối|đầu|giữa|khoảng|những|hồi)\s+)"
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (grain, re.compile(pattern, re.IGNORECASE))
    for grain, pattern in (
        (
            "period",
            r"(?:(?:giai đoạn|nhiệm kỳ|nhiệm kì|niên khóa|thời kỳ)\s+"
            r"|từ\s+(?:năm\s+)?)?(?<![\d.,/-])[12]\d{3}"
            r"(?:\s*[-–]\s*|\s+(?:cho )?(?:đến|tới)\s+(?:năm\s+)?)[12]\d{3}(?![\d/]|[.,]\d)",
        ),
        (
            "period",
            r"từ (?:tháng|ngày) \d{1,2}(?:/\d{1,2})?(?:/\d{4})? (?:đến|tới) (?:tháng |ngày |hết tháng"
            r" )?\d{1,2}"
            r"(?:/\d{1,2})?(?:/\d{4})?",
        ),
        (
            "day",
            r"(?:(?:ngày|mùng|mồng)\s+(?:mùng\s+)?)?(?<![\d/.,-])\d{1,2}\s+tháng\s+(?:\d{1,2}|giêng|chạp)"
            r"(?:(?:\s*,?\s*năm\s+|\s*[,/]\s*)\d{3,4})?" + _ERA,
        ),
        ("day", r"(?:ngày\s+)?(?<![\d/.,-])\d{1,2}\s?([/.-])\s?\d{1,2}\s?\1\s?\d{4}(?![\d/]|[.,]\d)"),
        ("day", r"(?:ngày|hôm|sáng|trưa|chiều|tối|đêm|mùng|mồng)\s+\d{1,2}[/-]\d{1,2}(?![\d/-])"),
        ("day", r"(?<![\d/.,-])(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2])(?![\d/-]|[.,]\d)"),
        ("day", r"ngày\s+(?:mùng\s+)?\d{1,2}(?![\d/.,-])"),
        (
            "month",
            _PART + r"?(?:các\s+)?tháng\s+(?:\d{1,2}(?![\d.,]\d)|giêng|chạp|(?-i:Một|Hai|Ba|Tư|Năm|Sáu"
            r"|Bảy|Tám|Chín|Mười(?: Một| Hai)?))(?!\w)"
            r"(?:(?:\s*,?\s*năm\s+|\s*[,/-]\s*)\d{3,4}\b)?" + _ERA,
        ),
        ("season", _PART + r"?mùa (?:xuân|hè|hạ|thu|đông)(?:\s*,?\s*năm\s+\d{4})?"),
        (
            "decade",
            r"(?:(?:cuối|đầu|giữa)\s+)?(?:những năm|thập niên|thập kỷ|thập kỉ)\s+(?:\d{4}|\d{2})(?!\d)",
        ),
        ("century", _PART + r"?thế k[ỷỉ]\s+(?:thứ\s+)?(?:\d{1,2}|[IVXL]+)\b" + _ERA),
        ("year", _PART + r"?năm\s+\d{3,4}(?![\d/]|[.,]\d)" + _ERA),
        ("year", r"(?<![\d/.,-])(?:1[0-9]|20)\d{2}(?![\d/%-]|[.,]\d|\s*(?:km|m|mm|kg|g|ha|tấn)\b)"),
        (
            "hour",
            r"(?<![\d/.,-])\d{1,2}\s?(?:giờ|h|g)(?:\s?\d{1,2})?(?:\s?phút)?(?:\s+(?:sáng|trưa|chiều|tối"
            r"|đêm))?(?!\w)",
        ),
        (
            "past",
            r"(?:(?:khoảng|hơn|gần|cách đây)\s+){0,2}(?<![\d/.,-])\d[\d.,]*\s+(?:(?:triệu|nghìn|ngàn"
            r"|tỷ)\s+)?(?:năm|tháng|tuần|ngày)\s+trước(?!\w)"
            r"|cách đây\s+(?:(?:khoảng|hơn|gần)\s+)?\d[\d.,]*\s+(?:(?:triệu|nghìn|ngàn|tỷ)\s+)?(?:năm"
            r"|tháng|tuần|ngày)(?!\w)",
        ),
        ("hour", r"(?<![\d/.,-])\d{1,2}:\d{2}(?![\d:])"),
    )
)
_TRIMMED = {
    "year": re.compile(r"(?:(?:cuối|đầu|giữa)\s+)?(?:năm\s+)?\d{3,4}" + _ERA + "$", re.IGNORECASE),
    "month": re.compile(r"tháng\s.*$|\d{1,2}\s?[/.-]\s?\d{4}$", re.IGNORECASE),
}
"""What of a finer date answers "năm nào" or "tháng nào"."""
_GRAINS = (
    ("period", ("giai đoạn", "nhiệm kỳ", "nhiệm kì", "thời kỳ", "niên khóa")),
    ("century", ("thế kỷ", "thế kỉ")),
    ("decade", ("thập niên", "thập kỷ", "những năm")),
    ("hour", ("giờ",)),
    ("season", ("mùa",)),
    ("day", ("ngày", "hôm")),
    ("month", ("tháng",)),
    ("year", ("năm",)),
)
_FITTING = {
    "day": {"day": 1.0, "period": 0.3},
    "month": {"month": 1.0, "day": 0.8, "period": 0.5},
    "year": {"year": 1.0, "day": 0.8, "month": 0.8, "decade": 0.7, "season": 0.5, "period": 0.6},
    "period": {"period": 1.0, "decade": 0.7, "century": 0.7, "year": 0.4, "month": 0.3},
    "century": {"century": 1.0, "year": 0.3},
    "decade": {"decade": 1.0, "year": 0.6, "period": 0.8},
    "hour": {"hour": 1.0},
    "season": {"season": 1.0, "month": 0.6, "period": 0.4},
    "any": {
        "day": 1.0,
        "month": 1.0,
        "year": 0.95,
        "period": 0.85,
        "decade": 0.9,
        "century": 0.9,
        "season": 0.8,
    },
}
"""How well a date of each grain serves who asks for another; what is not there doesn't."""
_SURE = 0.55
_ALONE = 0.45
"""How much must speak for a date where the passage has others that could be meant, and where it has none."""
_YEAR = re.compile(r"\d{3,4}")
_STARTS = frozenset("sinh dau lap".split())
_ENDS = frozenset("mat chet doi thuc".split())
_BOUNDS = frozenset("sinh mất chết mat chet".split())
_BRACKETED = re.compile(r"\([^()]*\d{3}")


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date at `[start, end)` of a text. `grain`: its finest part. `bare`: a year without "năm", or 6/7."""

    start: int
    end: int
    grain: str
    bare: bool = False


def date_mentions(text: str) -> Iterator[DateMention]:
    """The dates in a text, none overlapping: of two, the one that the more telling pattern finds."""
    taken: list[Span] = []
    for grain, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(start < stop and begin < end for begin, stop in taken):
                continue
            taken.append((start, end))
            yield DateMention(
                start,
                end,
                grain,
                bare=match.group()[0].isdigit() and match.group().isascii() and end - start < 6,
            )


def pick_date(evidence: PassageView) -> Span | None:
    """The date nearest to what is asked, or None where there is none of the grain asked for."""
    if _asks_for_a_bound(evidence) and not _tells_a_bound(evidence):
        return None
    asked = _grain(evidence)
    fitting = _FITTING[asked]
    scored = []
    for mention in date_mentions(evidence.text):
        fit = fitting.get(mention.grain, 0.0) - 0.15 * mention.bare
        if fit > 0 and not _said(evidence, mention):
            span = (mention.start, mention.end)
            scored.append((0.5 * fit + evidence.closeness(span), -mention.start, mention))
    if not scored:
        return None
    score, _, best = max(scored, key=lambda entry: entry[:2])
    return _trim(evidence, best, asked) if score > (_SURE if len(scored) > 1 else _ALONE) else None


def _asks_for_a_bound(evidence: PassageView) -> bool:
    """Whether it is asked when a life began or ended: "sinh năm nào", but not when "học sinh" begin school."""
    first, _ = evidence.query.asking or (0, 0)
    before = evidence.query.terms[max(0, first - 1) : first]
    return any(term.text in _BOUNDS and term.role == "verb" for term in before)


def _tells_a_bound(evidence: PassageView) -> bool:
    return (
        any(token.term in _BOUNDS for token in evidence.tokens)
        or _BRACKETED.search(evidence.text) is not None
    )


def _grain(evidence: PassageView) -> str:
    """ "Năm nào" asks for a year, "khi nào" for whatever there is."""
    query = evidence.query
    if query.asking is None:
        return "any"
    first, last = query.asking
    words = " ".join(["", *(term.origin for term in query.terms[max(0, first - 1) : last + 1]), ""]).lower()
    unmarked = strip_marks(words)
    for grain, marks in _GRAINS:
        if any(
            f" {mark} " in words or (evidence.unaccented and f" {strip_marks(mark)} " in unmarked)
            for mark in marks
        ):
            return grain
    return "any"


def _said(evidence: PassageView, mention: DateMention) -> bool:
    """Whether the question itself gives all of that date."""
    numbers = re.findall(r"\d+|[IVXL]+", evidence.text[mention.start : mention.end])
    known = re.findall(r"\d+|[IVXL]+", evidence.query.text)
    return all(number in known for number in numbers)


def _trim(evidence: PassageView, mention: DateMention, asked: str) -> Span | None:
    """What of a date is asked for: of "ngày 7 tháng 1 năm 1943" the year, of "1646–1716" where a life began."""
    span = (mention.start, mention.end)
    if asked == "year" and mention.grain == "period":
        years = [match.span() for match in _YEAR.finditer(evidence.text, *span)]
        words = {plain(term.text) for term in evidence.query.terms}
        if not years or (_STARTS & words and _ENDS & words) or not (_STARTS | _ENDS) & words:
            return None
        return years[0] if _STARTS & words else years[-1]
    pattern = _TRIMMED.get(asked)
    if pattern is None or mention.grain not in ("day", "month"):
        return span
    match = pattern.search(evidence.text[slice(*span)])
    return (span[0] + match.start(), span[0] + match.end()) if match else span
