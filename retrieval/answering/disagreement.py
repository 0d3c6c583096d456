"""Which sources give another figure for the same thing? Shown side by side, the newest first.

Two passages speak of the same thing when each has all content words of the question; names and years may
stand elsewhere in the article. So 659 and 655 party organisations of two provinces disagree only where the
question names neither.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from retrieval.answering.pick_date import date_mentions
from retrieval.answering.quantities import amounts
from retrieval.records import Document, Hit, Query, QueryTerm
from retrieval.vietnamese.syllables import plain
from retrieval.vietnamese.tokens import Spelling, terms_of

MAX_ROUNDING = 0.1
"""How far from another figure "khoảng", "trên", "gần" may be, as a share, and still mean it."""

MAX_NARROWING = 2
"""How many words may narrow one figure and not the other, where the question says nothing but what is counted."""

_BREAK = re.compile(r"[,;:()]\s?|[.!?…]\s|\n")
_WORD = re.compile(r"[^\W\d_]+")
_HOLDING = frozenset(
    map(
        plain,
        "có là được bị gồm số tổng cả toàn hiện nay đang đã còn trong của ở tại và các những với vào thì theo tính"
        " đến khoảng trên hơn gần tất con ngày tháng năm".split(),
    )
)
_SCALES = {
    "chục": 10.0,
    "trăm": 1e2,
    "nghìn": 1e3,
    "ngàn": 1e3,
    "vạn": 1e4,
    "triệu": 1e6,
    "tỷ": 1e9,
    "tỉ": 1e9,
}
_WORDS = {
    word: float(value)
    for value, words in enumerate("một hai ba bốn,tư năm sáu bảy,bẩy tám chín mười".split(), start=1)
    for word in words.split(",")
}
_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_EMPTY = frozenset("có là được bị làm gồm tất cả".split())
_EMPTY_PLAIN = frozenset("co la duoc bi gom tat ca".split())


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure: its value, what it is measured in, and whether it is rounded."""

    value: float
    dimension: str | None
    rounded: bool

    def agrees_with(self, other: _Figure) -> bool:
        if self.dimension != other.dimension:
            return True
        tolerance = MAX_ROUNDING * max(self.value, other.value) if self.rounded or other.rounded else 0.0
        return abs(self.value - other.value) <= tolerance


def conflicting(
    query: Query, hits: Sequence[Hit], *, spelling_of: Callable[[Document], Spelling]
) -> tuple[int, ...]:
    """Ranks of the hits that answer the same question with different figures, newest document first.

    The first hit is among them; empty where none contradicts it.
    """
    if query.kind not in ("number", "date") or not hits or hits[0].highlight is None:
        return ()
    first = hits[0]
    if not _answers(query, first, spelling_of):
        return ()
    others = [
        hit
        for hit in hits[1:]
        if hit.highlight
        and hit.document.id != first.document.id
        and _contradicts(query, hit, first)
        and _answers(query, hit, spelling_of)
        and _narrowed_alike(query, hit, first)
    ]
    if not others:
        return ()
    best = {hit.document.id: hit for hit in [*reversed(others), first]}
    newest = sorted(best.values(), key=lambda hit: hit.document.date or datetime.date.min, reverse=True)
    return tuple(hit.rank for hit in newest)


def _answers(query: Query, hit: Hit, spelling_of: Callable[[Document], Spelling]) -> bool:
    """Whether the passage has all content words of the question, and its article all names and years."""
    spelling = spelling_of(hit.document)
    here = _both_ways(terms_of(hit.passage.text, spelling))
    lacking = [term for term in query.terms if _tells(term) and term.text not in here]
    if not lacking:
        return True
    elsewhere = {plain(word) for name in query.names for word in terms_of(name, spelling)}
    elsewhere |= {str(year) for year in query.years}
    if any(plain(term.text) not in elsewhere for term in lacking):
        return False
    article = _both_ways([*terms_of(hit.document.title, spelling), *terms_of(hit.document.text, spelling)])
    return all(term.text in article for term in lacking)


def _narrowed_alike(query: Query, hit: Hit, other: Hit) -> bool:
    """Whether the clauses of both figures narrow them alike, as far as the question leaves it open.

    "183 đảng viên bị kỷ luật" and "379 đảng viên mới" are no two answers to "Có bao nhiêu đảng viên?".
    """
    asked = {plain(term.text) for term in query.terms}
    one, two = _narrowing(hit) - asked, _narrowing(other) - asked
    said = sum(_tells(term) and term.text not in query.nouns for term in query.terms)
    return len(one ^ two) <= MAX_NARROWING + said


def _narrowing(hit: Hit) -> set[str]:
    """What the figure's clause says besides names, numbers and words that only hold it together."""
    start, end = hit.highlight or (0, 0)
    text = hit.passage.text
    first = max((match.end() for match in _BREAK.finditer(text, 0, start)), default=0)
    last = _BREAK.search(text, end)
    clause = text[first:start] + " " + text[end : last.start() if last else len(text)]
    opening = clause[:1].lower() + clause[1:]
    return {plain(word) for word in _WORD.findall(opening) if word.islower()} - _HOLDING


def _both_ways(terms: Sequence[str]) -> set[str]:
    """The terms as they are and without marks, for questions typed without."""
    return {*terms, *map(plain, terms)}


def _tells(term: QueryTerm) -> bool:
    if term.role in ("function", "asking"):
        return False
    return term.text not in (_EMPTY_PLAIN if term.plain else _EMPTY)


def _contradicts(query: Query, hit: Hit, other: Hit) -> bool:
    if query.kind == "date":
        return _dates_differ(_emphasised(hit), _emphasised(other))
    figures = _figure(_emphasised(hit)), _figure(_emphasised(other))
    return figures[0] is not None and figures[1] is not None and not figures[0].agrees_with(figures[1])


def _emphasised(hit: Hit) -> str:
    start, end = hit.highlight or (0, 0)
    return hit.passage.text[start:end]


def _dates_differ(one: str, other: str) -> bool:
    """Whether neither date is a part of the other: "năm 2016" agrees with "12-4-2016"."""
    if not any(date_mentions(one)) or not any(date_mentions(other)):
        return False
    parts = [{number.lstrip("0") for number in re.findall(r"\d+", date)} for date in (one, other)]
    return bool(parts[0] and parts[1]) and not (parts[0] <= parts[1] or parts[1] <= parts[0])


def _figure(text: str) -> _Figure | None:
    """The figure that a text names, or None where it has none, or several, or a range."""
    found = [amount for amount in amounts(text) if amount.form in ("figure", "words")]
    if len(found) != 1:
        return None
    amount = found[0]
    value = _value(text[amount.core : amount.number_end])
    return None if value is None else _Figure(value, amount.dimension, amount.start < amount.core)


def _value(number: str) -> float | None:
    """54 for "54", 54000.0 for "54 ngàn", 7448 for "7.448", 1.5 for "1,5", 3 for "ba"; None for other writings."""
    total = None
    for word in number.lower().split():
        if total is None:
            if _GROUPED.fullmatch(word):
                total = float(re.sub(r"[.,]", "", word))
            elif re.fullmatch(r"\d+(?:[.,]\d+)?", word):
                total = float(word.replace(",", "."))
            else:
                total = _WORDS.get(word)
            if total is None:
                return None
        elif word in _SCALES:
            total *= _SCALES[word]
        else:
            return None
    return total
