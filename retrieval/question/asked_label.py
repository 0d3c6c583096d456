"""Does a label name what a question asks for, as "Địa điểm" names what "ở đâu" asks?"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from retrieval.question.answer_type import head_of
from retrieval.question.asked_quantity import measured_by
from retrieval.records import Query
from retrieval.vietnamese.syllables import fold

_NAMED = ("date", "place", "person")
_PAPERS = ("hồ sơ gồm có", "hồ sơ gồm", "hồ sơ", "giấy tờ", "thành phần hồ sơ")
"""Sheets say the one where people ask for the other."""


def may_be_asked(query: Query) -> bool:
    """Whether any label could name what the question asks for; `words_asked` is 0 for all where not."""
    is_measured = query.kind == "number" and query.asked is not None and query.asked.dimension is not None
    return is_measured or query.kind in ("list", *_NAMED)


def words_asked(label: Sequence[str], query: Query) -> int:
    """How many of a label's folded terms, from its first one on, name the kind of thing that the question asks for.

    2 of "Địa điểm tập trung" for "Tập trung ở đâu?"; 0 for "Tập trung ngày nào?".
    """
    if query.kind == "list":
        said = " ".join(["", *(term.origin.lower() for term in query.terms), ""])
        return _opening(label, _PAPERS) if any(f" {words} " in said for words in _PAPERS) else 0
    return _words(tuple(label), query.kind, query.asked.dimension if query.asked else None)


def _opening(label: Sequence[str], phrases: Sequence[str]) -> int:
    found = (tuple(map(fold, phrase.split())) for phrase in phrases)
    return max((len(phrase) for phrase in found if tuple(label[: len(phrase)]) == phrase), default=0)


@lru_cache(maxsize=4096)
def _words(label: tuple[str, ...], kind: str, dimension: str | None) -> int:
    if kind == "number":
        return measured_by(label, dimension) if dimension else 0
    size, named = head_of(label, lacks_marks=False)
    return size if named == kind and kind in _NAMED else 0
