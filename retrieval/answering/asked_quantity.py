"""What does "bao nhiêu" count, and in what is it measured?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from retrieval.answering.passage_view import says
from retrieval.answering.quantities import UNITS
from retrieval.records import Query, QueryTerm
from retrieval.vietnamese.syllables import fold, plain

_CUES = (
    ("percent", "tỷ lệ|tỉ lệ|phần trăm|tỷ suất|tỉ suất|hiệu suất|thuế suất"),
    ("score", "tỷ số|tỉ số|điểm số"),
    (
        "money",
        "giá|chi phí|tiền|lương|thu nhập|học phí|viện phí|trị giá|doanh thu|kinh phí|lợi nhuận|gdp|ngân sách",
    ),
    ("temperature", "nhiệt độ"),
    ("area", "diện tích"),
    ("weight", "nặng|cân nặng|khối lượng|trọng lượng"),
    ("age", "tuổi"),
    ("time", "thời gian|kéo dài|thời hạn"),
    ("speed", "tốc độ|vận tốc"),
    ("length", "chiều cao|chiều dài|dài|rộng|sâu|khoảng cách|cách|đường kính|bán kính"),
)
"""Words before "bao nhiêu" that hint at what it is measured in."""
_ASKED_IN = {"lau": "time", "xa": "length"}
_AFTER = (("money", "tiền|kinh phí"), ("time", "thời gian|lâu"), ("length", "xa"))
_COMPARED = frozenset("hon kem tang giam chiem len xuong".split())
"""After these a number or a share may be meant: "tăng bao nhiêu so với …"."""
_NOT_COUNTED = frozenset(
    map(
        fold,
        "so trong vào mỗi một khi sau trước để là của cho ở tại với theo từ đến được có đã bị do năm và"
        " thì".split(),
    )
)
"""What follows "bao nhiêu" without being counted: "chiếm bao nhiêu trong tổng số"."""
_NOT_COUNTED_PLAIN = frozenset("trong vao moi mot khi sau truoc voi theo duoc".split())
"""Of these the ones that without marks are no other word's syllable."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What is to be counted: `nouns`, with what narrows them; `dimension` of `UNITS`, `ordinal`, `score` or None.

    `stated`: the question says the unit itself, and doesn't only hint at it.
    """

    nouns: tuple[QueryTerm, ...] = ()
    dimension: str | None = None
    stated: bool = False


@lru_cache(maxsize=64)  # asked for every passage of one question
def what_is_counted(query: Query) -> Counted:
    """ "bao nhiêu đảng viên", "số đảng viên … là bao nhiêu", "mấy phần trăm", "bao lâu", "lần thứ mấy"."""
    if query.asking is None:
        return Counted()
    first, last = query.asking
    asking = plain(query.terms[last - 1].text)
    if asking in _ASKED_IN:
        return Counted(dimension=_ASKED_IN[asking], stated=True)
    if asks_for_ordinal(query):
        return Counted(dimension="ordinal", stated=True)
    return (
        _following_unit(query.terms[last : last + 4])
        or _following_unit([QueryTerm(fold(word)) for word in query.unit.split()])
        or _following_nouns(query, last)
        or _hinted(query.terms[:first])
    )


def asks_for_ordinal(query: Query) -> bool:
    """ "Lần thứ mấy", "hạng mấy"."""
    first, last = query.asking or (0, 0)
    words = [plain(term.text) for term in query.terms[max(0, first - 1) : last]]
    return words[-1:] == ["may"] and any(word in ("thu", "hang") for word in words)


def _following_unit(after: Sequence[QueryTerm]) -> Counted | None:
    """Where a unit stands right after "bao nhiêu"."""
    if unit := _unit(after):
        return Counted(nouns=tuple(after[:1]), dimension=unit, stated=True)
    for dimension, cues in _AFTER:
        if _starts_with_one_of(after, cues):
            return Counted(dimension=dimension, stated=True)
    return None


def _hinted(before: Sequence[QueryTerm]) -> Counted:
    """From the words before the asking ones, where nothing stands after them."""
    if before and plain(before[-1].text) in _COMPARED:
        return Counted()
    for dimension, cues in _CUES:
        if _has(before, cues):
            return Counted(dimension=dimension, stated=dimension == "percent")
    if _has(before, "dân số"):
        return Counted(nouns=(QueryTerm("người"),))
    nouns = _noun_of_sum(before)
    if unit := _unit(nouns):
        return Counted(dimension=unit, stated=True)
    return Counted(nouns=nouns)


def _following_nouns(query: Query, start: int) -> Counted | None:
    """The words right after "bao nhiêu", up to the first that is not counted."""
    nouns: list[QueryTerm] = []
    for term in query.terms[start : start + max(len(query.nouns), 2)]:
        if term.text in (_NOT_COUNTED_PLAIN if term.plain else _NOT_COUNTED):
            break
        nouns.append(term)
    return Counted(nouns=tuple(nouns)) if nouns else None


def _noun_of_sum(before: Sequence[QueryTerm]) -> tuple[QueryTerm, ...]:
    """What "số …", "số lượng …" counts at the head of a question that ends in "là bao nhiêu"."""
    places = [place for place, term in enumerate(before) if says("số", term)]
    if not places:
        return ()
    start = places[0] + 1
    if before[start : start + 1] and says("lượng", before[start]):
        start += 1
    nouns: list[QueryTerm] = []
    for term in before[start:]:
        if term.role not in ("noun", "name") or len(nouns) == 4:
            break
        nouns.append(term)
    return tuple(nouns)


def _unit(terms: Sequence[QueryTerm]) -> str | None:
    """The dimension of the unit that these words start with."""
    return next(
        (dimension for dimension, units in UNITS.items() if _starts_with_one_of(terms, "|".join(units))), None
    )


def _starts_with_one_of(terms: Sequence[QueryTerm], phrases: str) -> bool:
    """Whether the terms, with or without their marks, start with one of the phrases."""
    return any(len(words) <= len(terms) and all(map(says, words, terms)) for words in _phrases(phrases))


@lru_cache(maxsize=64)
def _phrases(phrases: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(map(fold, phrase.split())) for phrase in phrases.split("|"))


def _has(terms: Sequence[QueryTerm], phrases: str) -> bool:
    """Whether one of the phrases is anywhere among the terms."""
    return any(_starts_with_one_of(terms[place:], phrases) for place in range(len(terms)))
