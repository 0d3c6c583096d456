"""Which words of the passage answer? By the kind of the question; none rather than wrong ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from retrieval.analysis.terms import Spelling, Token, tokenize
from retrieval.analysis.syllables import plain
from retrieval.records import Query

Span = tuple[int, int]

_NUMBER = re.compile(
    r"(?<![\w.,/-])\d+(?:[.,]\d+)*(?:\s*(?:-|–|đến|tới)\s*\d+(?:[.,]\d+)*)?"
    r"(?:\s*(?:%|‰|phần trăm|nghìn|ngàn|vạn|triệu|tỉ|tỷ|trăm|chục))*"
    r"(?:\s*(?:đồng|USD|euro|đô la|đô-la|km2|km|m2|m3|m|cm|mm|kg|g|mg|lít|ml|ha|tấn|tạ|độ C|độ|°C|tuổi|giờ|phút|giây|ngày"
    r"|tuần|tháng|năm|lần)\b)?(?![\w/]|-\d)"
)
_DATE = re.compile(
    r"(?:ngày\s+)?\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}"
    r"|(?:ngày\s+)?\d{1,2}\s+tháng\s+\d{1,2}(?:\s*,?\s*năm\s+\d{4})?"
    r"|(?:ngày\s+)?\d{1,2}[/-]\d{1,2}(?![/\d-])"
    r"|tháng\s+\d{1,2}(?:\s*[/-]\s*\d{4}|\s*,?\s*năm\s+\d{4})?"
    r"|(?:giai đoạn|nhiệm kỳ|nhiệm kì)\s+\d{4}\s*[-–]\s*\d{4}"
    r"|năm\s+\d{3,4}(?:\s*[-–]\s*\d{4})?"
    r"|thế kỷ\s+(?:\d+|[IVXL]+)|thế kỉ\s+(?:\d+|[IVXL]+)"
    r"|\b(?:1[0-9]|20)\d{2}\b"
    r"|\d{1,2}\s*(?:giờ|h)\s*\d{0,2}",
    re.IGNORECASE,
)
_NAME = re.compile(r"[A-ZĐÀ-ỸẮ-Ỵ][\w’'.-]*(?:\s+[A-ZĐÀ-ỸẮ-Ỵ][\w’'-]*)+")


def pick_span(query: Query, text: str, *, spelling: Spelling) -> Span | None:
    """Offsets in `text` of the words that answer `query`, or None where that isn't sure."""
    picker = _PICKERS.get(query.kind)
    if picker is None:
        return None
    return picker(query, text, [*_matches(query, text, spelling)])


def _matches(query: Query, text: str, spelling: Spelling) -> Iterator[tuple[Token, str]]:
    """The passage's tokens that the question has too, with the role they play there."""
    accented = {term.text: term.role for term in query.terms if not term.plain}
    unmarked = {term.text: term.role for term in query.terms if term.plain}
    for token in tokenize(text, spelling):
        role = accented.get(token.term) or unmarked.get(plain(token.term))
        if role:
            yield token, role


def _nearest(spans: Sequence[Span], anchors: Sequence[Span]) -> Span | None:
    """The span nearest to any anchor; the first of all where there is no anchor."""
    if not spans or not anchors:
        return spans[0] if spans else None
    return min(spans, key=lambda span: min(max(a - span[1], span[0] - b, 0) for a, b in anchors))


def _fresh(pattern: re.Pattern[str], query: Query, text: str) -> list[Span]:
    """What the pattern finds in the text that the question doesn't say itself."""
    asked = query.text.lower()
    return [match.span() for match in pattern.finditer(text) if match.group().strip().lower() not in asked]


def _number(query: Query, text: str, matches: Sequence[tuple[Token, str]]) -> Span | None:
    spans = _fresh(_NUMBER, query, text)
    counted = {plain(noun) for noun in query.nouns}
    nouns = [(token.start, token.end) for token, _ in matches if plain(token.term) in counted]
    before_noun = [span for span in spans if any(0 <= start - span[1] <= 12 for start, _ in nouns)]
    content = [(token.start, token.end) for token, role in matches if role not in ("function", "asking")]
    return _nearest(before_noun or spans, [a for a in content if a not in nouns] or content)


def _date(query: Query, text: str, matches: Sequence[tuple[Token, str]]) -> Span | None:
    content = [(token.start, token.end) for token, role in matches if role not in ("function", "asking")]
    return _nearest(_fresh(_DATE, query, text), content)


def _person(query: Query, text: str, matches: Sequence[tuple[Token, str]]) -> Span | None:
    content = [(token.start, token.end) for token, role in matches if role not in ("function", "asking")]
    asked = {plain(term.text) for term in query.terms}
    spans = [
        span
        for span in _fresh(_NAME, query, text)
        if not any(plain(word.lower()) in asked for word in text[slice(*span)].split())
    ]
    return _nearest(spans, content)


_PICKERS: dict[str, Callable[[Query, str, Sequence[tuple[Token, str]]], Span | None]] = {
    "number": _number,
    "date": _date,
    "person": _person,
}
