"""Which official papers, and which of their articles, does a text name?

"Nghị quyết số 05", "35/QĐ-UBND", "khoản 2 Điều 5", "điểm a", "Chương II", "Phụ lục 1".
"""

from __future__ import annotations

import re

from retrieval.vietnamese.calendar_forms import YEAR
from retrieval.vietnamese.mention import ArticleReference, Paper
from retrieval.vietnamese.number_words import ORDINALS, either
from retrieval.vietnamese.syllables import plain
from retrieval.vietnamese.units import SCALE, UNIT

KINDS = tuple(
    "nghị quyết liên tịch|nghị quyết|chỉ thị|kế hoạch|quyết định|thông tư liên tịch|thông tư|nghị định"
    "|chương trình hành động|chương trình|công văn|luật|bộ luật|kết luận|quy định|quy chế|hướng dẫn|thông báo|đề án"
    "|pháp lệnh|báo cáo|tờ trình|công điện|công ước|hiệp định|giấy phép|hợp đồng".split("|")
)
"""Kinds of papers that have a number, in small letters."""
FIRST_WORDS = frozenset(kind.split()[0] for kind in KINDS)
ARTICLE_WORDS = frozenset(
    word for level in "điểm khoản điều mục chương phần phụ tiết".split() for word in (level, plain(level))
)
"""The first syllables, in small letters, with and without marks, of references to parts of a paper."""

_ONLY_PAPERS = frozenset(
    ("nghị quyết", "chỉ thị", "nghị định", "thông tư", "pháp lệnh", "chương trình hành động")
)
"""Kinds whose names are no verbs and no other things."""
_LAWS = frozenset(("luật", "bộ luật"))
"""Known by their names; a bare figure is no number of theirs."""

_KIND = "|".join(sorted(KINDS, key=len, reverse=True))
_CODE = r"\d+(?:/\d{4})?(?:[-/][^\W\d_][^\W_]*)+"
_NUMBER = (
    rf"(?:{_CODE}(?!\w)"
    rf"|\d+(?![\w%]|[.,/-]\d)(?!\s*(?:người|{SCALE}|{UNIT})(?!\w)))"
)
_STATED = re.compile(
    rf"(?P<kind>{_KIND})(?:\s+trung ương)?(?P<said>\s+số)?:?\s+(?P<first>{_NUMBER})"
    rf"(?P<more>(?:(?:,|\s+và|,\s+và)\s+(?:số\s+)?{_NUMBER})*)",
    re.IGNORECASE,
)
_LONE = re.compile(rf"(?<![\w/-]){_CODE}(?![\w-])")
_ONE = re.compile(rf"{_CODE}|\d+")
_MEASURED = re.compile(rf"\d+[/-](?:{UNIT}|người|suất|lần|lượt|h|s|x)(?!\w)", re.IGNORECASE)
_LEVELS = {
    "điểm": r"[a-zđ]\d?|\d+(?:\.\d+)*",
    "khoản": r"\d+(?:\.\d+)+|\d+[a-zđ]?",
    "tiết": r"[a-zđ]|\d+(?:\.\d+)*",
    "điều": r"\d+[a-zđ]?(?:\.\d+)*",
    "mục": r"\d+(?:\.\d+)*|[IVXL]+|[A-ZĐ]",
    "chương": r"[IVXL]+[A-ZĐ]?|\d+",
    "phần": r"\d+|[IVXL]+|[A-ZĐ]|thứ\s+(?:" + either(ORDINALS) + ")",
    "phụ lục": r"(?:số\s+)?(?:\d+[A-ZĐ]?|[IVXL]+[A-ZĐ]?|[A-ZĐ])",
}
_PARTS = re.compile(
    "|".join(
        rf"(?i:{level}|{plain(level)})\s+(?P<{level.replace(' ', '_')}>{number})(?!\w)"
        for level, number in _LEVELS.items()
    )
)
_BETWEEN = re.compile(r"\s*,?\s*(?:(?:của|thuộc|tại)\s+)?")


def papers_at(text: str, at: int) -> list[Paper]:
    """The numbers of papers whose kind, or whose code, stands at `at`; "Nghị quyết 05 và 06" has two."""
    if text[at].isdigit():
        match = _LONE.match(text, at)
        if match is None or _MEASURED.match(text, at) or not any(c.isupper() for c in match.group()):
            return []
        return [Paper(at, match.end(), match.group())]
    match = _STATED.match(text, at)
    if match is None:
        return []
    kind = " ".join(match["kind"].lower().split())
    if not match["said"] and match["first"].isdigit() and not _may_stand_alone(kind, match):
        return []
    found = [
        Paper(one.start(), one.end(), one.group(), kind)
        for one in _ONE.finditer(text, match.start("first"), match.end("more"))
    ]
    return [one for one in found if match["said"] or not re.fullmatch(YEAR, one.number)]


def _may_stand_alone(kind: str, match: re.Match[str]) -> bool:
    """Whether a figure right after the kind is the paper's number: "Kế hoạch 23", "nghị quyết 18", not "báo cáo 3 việc"
    nor "kỷ luật 4 tổ chức"."""
    return kind in _ONLY_PAPERS or (
        kind not in _LAWS and (match.group()[0].isupper() or match["first"][0] == "0")
    )


def articles_at(text: str, at: int) -> ArticleReference | None:
    """The reference that starts at `at` with "Điều", "khoản" …; what it is part of follows: "khoản 2 Điều 5"."""
    parts: list[tuple[str, str]] = []
    here = end = at
    while match := _PARTS.match(text, here):
        level = (match.lastgroup or "").replace("_", " ")
        if level in dict(parts):
            break
        number = " ".join(match[match.lastgroup or 0].lower().split())
        parts.append((level, number.removeprefix("số ")))
        end = match.end()
        between = _BETWEEN.match(text, end)
        here = between.end() if between else end
    return ArticleReference(at, end, tuple(parts)) if parts else None
