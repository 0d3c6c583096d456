"""What does a question ask for, and with which words? The interrogatives of Vietnamese, in the order they count.

Patterns are folded terms; an unaccented question is compared without marks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.analysis.syllables import fold, plain
from retrieval.records import AnswerKind


@dataclass(frozen=True, slots=True)
class Interrogative:
    """The asking words `[start, end)` of a question's terms, and what they ask for."""

    kind: AnswerKind
    start: int
    end: int


_KINDS: tuple[tuple[AnswerKind, str], ...] = (
    (
        "date",
        "khi nào|bao giờ|lúc nào|hồi nào|ngày nào|hôm nào|năm nào|tháng nào|thời gian nào|thời điểm nào|mấy giờ"
        "|ngày mấy|tháng mấy|ngày bao nhiêu|năm bao nhiêu|năm mấy|thế kỉ nào|thế kỉ mấy|giai đoạn nào|nhiệm kì nào"
        "|ngày tháng nào|ngày tháng năm nào",
    ),
    ("reason", "vì sao|tại sao|sao lại|vì lí do gì|lí do gì|lí do nào|nguyên nhân gì|nguyên nhân nào|do đâu|vì đâu"),
    ("number", "bao nhiêu|bao lâu|bao xa|mấy"),
    (
        "place",
        "ở đâu|nơi nào|chỗ nào|nước nào|quốc gia nào|tỉnh nào|thành phố nào|huyện nào|xã nào|phường nào|thị xã nào"
        "|địa phương nào|vùng nào|châu lục nào|khu vực nào|tại đâu|về đâu|từ đâu|đến đâu|quê đâu",
    ),
    (
        "organisation",
        "cơ quan nào|đơn vị nào|tổ chức nào|công ty nào|bộ nào|sở nào|trường nào|bệnh viện nào|ban nào|báo nào"
        "|doanh nghiệp nào|đảng bộ nào|hãng nào|đội nào|câu lạc bộ nào",
    ),
    ("person", "ai|người nào|vị nào|ông nào|bà nào|đồng chí nào|nhân vật nào|tên gì|tên là gì"),
    ("manner", "như thế nào|thế nào|ra sao|làm sao|bằng cách nào|cách nào|như nào"),
    ("list", "những gì|gồm gì|gồm những|những nào|các nào"),
    ("definition", "là gì|nghĩa là gì|là sao"),
    ("other", "gì|nào|đâu|sao|chi"),
)
_YES_NO = ("có phải", "phải không", "đúng không", "có đúng", "hay không", "hay chưa", "được không", "có không")
_PATTERNS = [
    (kind, tuple(map(fold, phrase.split())))
    for kind, phrases in _KINDS
    for phrase in sorted(phrases.split("|"), key=len, reverse=True)
]
_PLAIN_PATTERNS = [(kind, tuple(map(plain, pattern))) for kind, pattern in _PATTERNS]
_REASON_NOUNS = {"nguyên nhân", "lí do"}
_LIST_MARKS = {"những", "các", "gồm"}


def find_interrogative(terms: Sequence[str], *, unaccented: bool) -> Interrogative | None:
    """The asking words of a question's folded terms, or None where it asks by none."""
    for kind, pattern in _PLAIN_PATTERNS if unaccented else _PATTERNS:
        for start in range(len(terms) - len(pattern) + 1):
            if tuple(terms[start : start + len(pattern)]) == pattern:
                return Interrogative(_refine(kind, terms, start), start, start + len(pattern))
    text = " ".join(terms)
    phrases = map(plain, _YES_NO) if unaccented else _YES_NO
    if any(phrase in text for phrase in phrases) or (terms and terms[-1] in ("không", "khong", "chưa")):
        return Interrogative("yes_no", len(terms), len(terms))
    return None


def _refine(kind: AnswerKind, terms: Sequence[str], start: int) -> AnswerKind:
    """"Nguyên nhân … là gì?" asks for a reason; "những … nào?" for a list."""
    before = " ".join(terms[:start])
    if kind in ("definition", "other") and any(noun in before for noun in _REASON_NOUNS):
        return "reason"
    if kind == "other" and _LIST_MARKS & set(terms[:start]):
        return "list"
    return kind
