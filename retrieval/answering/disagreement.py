"""Which sources give another figure for the same thing? Shown side by side, the newest first.

Two passages speak of the same thing when each has all content words of the question; names and years may
stand elsewhere in the article. So 659 and 655 party organisations of two provinces disagree only where the
question names neither.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.question.content import EMPTY, tells
from retrieval.ranking.passage_view import PassageView
from retrieval.records import Hit, Query
from retrieval.vietnamese.function_words import PREPOSITIONS
from retrieval.vietnamese.mention import Moment
from retrieval.vietnamese.syllables import plain
from retrieval.vietnamese.tokens import terms_of

MAX_ROUNDING = 0.1
"""How far from another figure "khoảng", "trên", "gần" may be, as a share, and still mean it."""

MAX_NARROWING = 2
"""How many words may narrow one figure and not the other, where the question says nothing but what is counted."""

_BREAK = re.compile(r"[,;:()]\s?|[.!?…]\s|\n")
_WORD = re.compile(r"[^\W\d_]+")
_BESIDE_FIGURES = frozenset(
    map(
        plain,
        "số tổng toàn hiện nay đang đã còn và các những thì theo tính khoảng trên hơn gần con ngày tháng năm".split(),
    )
)
_SAYS_NOTHING = _BESIDE_FIGURES | frozenset(map(plain, (*EMPTY, *PREPOSITIONS)))


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


def conflicting(query: Query, hits: Sequence[Hit], views: Sequence[PassageView]) -> tuple[int, ...]:
    """Ranks of the hits that answer the same question with different figures, newest document first.

    `views`: of the hits' passages, in their order. The first hit is among them; empty where none contradicts it.
    """
    if query.kind not in ("number", "date") or not hits or hits[0].highlight is None:
        return ()
    seen = [_Seen(hit, view) for hit, view in zip(hits, views, strict=True)]
    first = seen[0]
    if not _answers(query, first):
        return ()
    others = [
        other.hit
        for other in seen[1:]
        if other.hit.highlight
        and other.hit.document.id != first.hit.document.id
        and _contradicts(query, other, first)
        and _answers(query, other)
        and _narrowed_alike(query, other.hit, first.hit)
    ]
    if not others:
        return ()
    best = {hit.document.id: hit for hit in [*reversed(others), first.hit]}
    newest = sorted(best.values(), key=lambda hit: hit.document.date or datetime.date.min, reverse=True)
    return tuple(hit.rank for hit in newest)


@dataclass(frozen=True, slots=True)
class _Seen:
    """A hit and what stands in its passage."""

    hit: Hit
    view: PassageView

    def emphasised(self, start: int, end: int) -> bool:
        """Whether the emphasised words hold `[start, end)`."""
        first, last = self.hit.highlight or (0, 0)
        return first <= start and end <= last


def _answers(query: Query, seen: _Seen) -> bool:
    """Whether the passage has all content words of the question, and its article all names and years."""
    here = _both_ways(seen.view.terms)
    lacking = [term for term in query.terms if tells(term) and term.text not in here]
    if not lacking:
        return True
    spelling = seen.view.spelling
    elsewhere = {plain(word) for name in query.names for word in terms_of(name, spelling)}
    elsewhere |= {str(year) for year in query.years}
    if any(plain(term.text) not in elsewhere for term in lacking):
        return False
    document = seen.hit.document
    article = _both_ways([*terms_of(document.title, spelling), *terms_of(document.text, spelling)])
    return all(term.text in article for term in lacking)


def _narrowed_alike(query: Query, hit: Hit, other: Hit) -> bool:
    """Whether the clauses of both figures narrow them alike, as far as the question leaves it open.

    "183 đảng viên bị kỷ luật" and "379 đảng viên mới" are no two answers to "Có bao nhiêu đảng viên?".
    """
    asked = {plain(term.text) for term in query.terms}
    one, two = _narrowing(hit) - asked, _narrowing(other) - asked
    said = sum(tells(term) and term.text not in query.nouns for term in query.terms)
    return len(one ^ two) <= MAX_NARROWING + said


def _narrowing(hit: Hit) -> set[str]:
    """What the figure's clause says besides names, numbers and words that only hold it together."""
    start, end = hit.highlight or (0, 0)
    text = hit.passage.text
    first = max((match.end() for match in _BREAK.finditer(text, 0, start)), default=0)
    last = _BREAK.search(text, end)
    clause = text[first:start] + " " + text[end : last.start() if last else len(text)]
    opening = clause[:1].lower() + clause[1:]
    return {plain(word) for word in _WORD.findall(opening) if word.islower()} - _SAYS_NOTHING


def _both_ways(terms: Sequence[str]) -> set[str]:
    """The terms as they are and without marks, for questions typed without."""
    return {*terms, *map(plain, terms)}


def _contradicts(query: Query, one: _Seen, other: _Seen) -> bool:
    if query.kind == "date":
        return _dates_differ(_moments(one), _moments(other))
    figures = _figure(one), _figure(other)
    return figures[0] is not None and figures[1] is not None and not figures[0].agrees_with(figures[1])


def _moments(seen: _Seen) -> list[Moment]:
    """The moments of which some is emphasised: of "ngày 7 tháng 1 năm 1943" perhaps the year."""
    first, last = seen.hit.highlight or (0, 0)
    return [one.value for one in seen.view.mentions.moments if one.start < last and first < one.end]


def _dates_differ(one: Sequence[Moment], other: Sequence[Moment]) -> bool:
    """Whether the dates can't be the same: "năm 2016" agrees with "12-4-2016"."""
    return bool(one and other) and not any(first.agrees_with(second) for first in one for second in other)


def _figure(seen: _Seen) -> _Figure | None:
    """The figure that is emphasised, or None where it has none, or several, or a range."""
    found = [
        amount
        for amount in seen.view.mentions.quantities
        if amount.form in ("figure", "words") and seen.emphasised(amount.core, amount.number_end)
    ]
    if len(found) != 1 or found[0].value is None:
        return None
    return _Figure(found[0].value, found[0].dimension, found[0].rounded)
