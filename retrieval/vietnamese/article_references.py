"""Which part of a law or a rule does a text name? "khoản 2 Điều 5", "Chương II", "Phụ lục 1", with or without marks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from retrieval.vietnamese.syllables import plain

_ARTICLE = re.compile(
    r"\b(?:(?:điểm|diem)\s+(?P<point>[a-zđ])\b[\s,]*)?(?:(?:khoản|khoan)\s+(?P<clause>\d{1,3})\b[\s,]*(?:(?:của|cua)\s+)?)?"
    r"(?P<part>điều|dieu)\s+(?:thứ\s+|thu\s+)?(?P<number>\d{1,4}[a-zđ]?)\b",
    re.IGNORECASE,
)
_DIVISION = re.compile(
    r"\b(?P<part>chương|chuong|phần|phan|mục|muc|tiểu mục|tieu muc|phụ lục|phu luc)\s+(?:số\s+|so\s+)?"
    r"(?P<number>[IVXLC]{1,7}|\d{1,3}|[A-H])\b(?!\s*(?:[%/]|phần|triệu|tỷ|tỉ|nghìn|người|mục))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ArticleReference:
    """`part` and `number` as terms without marks: "dieu", "5"; "phu luc", "1". `clause`: "2", `point`: "a"; or empty.

    `said`: as the text has it. `start`: where.
    """

    part: str
    number: str
    clause: str = ""
    point: str = ""
    said: str = ""
    start: int = 0


def article_references(text: str) -> tuple[ArticleReference, ...]:
    """All that `text` names, in order."""
    found = [
        ArticleReference(
            part=plain(match["part"].lower()),
            number=plain(match["number"].lower()),
            clause=match["clause"] or "",
            point=plain((match["point"] or "").lower()),
            said=match.group(),
            start=match.start(),
        )
        for match in _ARTICLE.finditer(text)
    ]
    found += [
        ArticleReference(
            part=" ".join(plain(match["part"].lower()).split()),
            number=match["number"].lower(),
            said=match.group(),
            start=match.start(),
        )
        for match in _DIVISION.finditer(text)
        if match["number"].isdigit() or match["number"].isupper()
    ]
    return tuple(sorted(found, key=lambda reference: reference.start))
