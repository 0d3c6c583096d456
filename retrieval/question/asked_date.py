"""At which grain is a date asked for? "Năm nào" asks for a year, "khi nào" for whatever there is."""

from __future__ import annotations

from typing import Literal

from retrieval.records import Query
from retrieval.vietnamese.mention import Grain
from retrieval.vietnamese.syllables import strip_marks

_GRAINS: tuple[tuple[Grain, tuple[str, ...]], ...] = (
    ("period", ("giai đoạn", "nhiệm kỳ", "nhiệm kì", "thời kỳ", "niên khóa")),
    ("century", ("thế kỷ", "thế kỉ")),
    ("decade", ("thập niên", "thập kỷ", "những năm")),
    ("hour", ("giờ",)),
    ("season", ("mùa",)),
    ("quarter", ("quý",)),
    ("day", ("ngày", "hôm")),
    ("month", ("tháng",)),
    ("year", ("năm",)),
)
_WHENEVER = ("bao giờ", "khi nào", "lúc nào")
"""They ask for no grain, whatever stands beside: "Bao giờ" asks for no hour."""
GRAIN_FIT: dict[Grain | Literal["any"], dict[Grain, float]] = {
    "day": {"day": 1.0, "period": 0.3},
    "month": {"month": 1.0, "day": 0.8, "quarter": 0.5, "period": 0.5},
    "year": {
        "year": 1.0,
        "day": 0.8,
        "month": 0.8,
        "decade": 0.7,
        "quarter": 0.7,
        "season": 0.5,
        "period": 0.6,
    },
    "period": {"period": 1.0, "decade": 0.7, "century": 0.7, "year": 0.4, "month": 0.3},
    "century": {"century": 1.0, "year": 0.3},
    "decade": {"decade": 1.0, "year": 0.6, "period": 0.8},
    "hour": {"hour": 1.0},
    "quarter": {"quarter": 1.0, "month": 0.5},
    "season": {"season": 1.0, "month": 0.6, "period": 0.4},
    "any": {
        "day": 1.0,
        "month": 1.0,
        "year": 0.95,
        "period": 0.85,
        "decade": 0.9,
        "century": 0.9,
        "quarter": 0.9,
        "season": 0.8,
        "hour": 0.6,
    },
}
"""How well a date of each grain serves who asks for another; what is not there doesn't."""


def asked_grain(query: Query) -> Grain | Literal["any"]:
    """A key of GRAIN_FIT."""
    first, last = query.asking or (
        0,
        1,
    )  # a question without asking words opens with what it wants: "Giờ mở cửa"
    words = " ".join(["", *(term.origin for term in query.terms[max(0, first - 1) : last + 1]), ""]).lower()
    letters = strip_marks(words)
    if any(f" {strip_marks(phrase)} " in letters for phrase in _WHENEVER):
        return "any"
    for grain, marks in _GRAINS:
        if any(
            f" {mark} " in words or (query.lacks_marks and f" {strip_marks(mark)} " in letters)
            for mark in marks
        ):
            return grain
    return "any"
