"""Which official papers, and which of their articles, does a text name?

"Nghị quyết số 05", "35/QĐ-UBND", "khoản 2 Điều 5", "điểm a", "Chương II", "Phụ lục 1".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

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
_OWNER = re.compile(
    rf"\s*,?\s*(?P<of>(?:của|thuộc|tại|theo|trong)\s+)?(?P<kind>(?i:{_KIND}))(?!\w)(?P<own>(?:\s[^\W\d_]+)*?\s+này\b)?"
)
_ENUMERATED = re.compile(r"\s*(?:,|;|và|hoặc|hay|đến|,\s*và)\s*", re.IGNORECASE)
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


def of_other_papers(text: str, references: Sequence[ArticleReference]) -> frozenset[int]:
    """Where those of the references start that a kind of paper follows: "Điều 5 Luật Giá", "khoản 2 Điều 3 của hợp
    đồng thuê"; "Điều 5 Quy chế này" is the text's own. "Điều 5, Điều 6 Luật Giá" are both that law's.

    `references`: those of the text, in order.
    """
    found: set[int] = set()
    following: ArticleReference | None = None
    for one in reversed(references):
        until = following.start if following else len(text)
        is_other = _is_other(text, one.end, until)
        if following and not is_other and following.start in found:
            is_other = _ENUMERATED.fullmatch(text, one.end, until) is not None
        if is_other:
            found.add(one.start)
        following = one
    return frozenset(found)


def _is_other(text: str, start: int, end: int) -> bool:
    """Whether what follows is a paper of which "này" isn't said; a kind that may be a verb is none without a capital or
    "của": "người nêu ở Điều 5 thông báo cho xã"."""
    match = _OWNER.match(text, start, end)
    if match is None or match["own"]:
        return False
    kind = " ".join(match["kind"].lower().split())
    is_noun = match["of"] or match["kind"][0].isupper() or kind in _ONLY_PAPERS or kind.endswith("luật")
    return bool(is_noun)
