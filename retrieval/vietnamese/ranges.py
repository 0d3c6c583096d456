"""Which values does an amount in a text stand for? "2 - 6 tuổi" for those from 2 to 6, "dưới 5 kg" for all below 5.

Tables and lists give prices and rules by such ranges, and people ask with the one value that they have: "trẻ 4 tuổi".
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from retrieval.vietnamese.mention import Mentions, Quantity
from retrieval.vietnamese.mentions import find_mentions
from retrieval.vietnamese.syllables import fold, plain
from retrieval.vietnamese.units import unit_at, unit_named

_NUMBER = r"\d{1,3}(?:[.,]\d{3})+|\d+(?:[.,]\d+)?"
_TWO = re.compile(rf"({_NUMBER})[^\d]{{0,16}}?(?:[-–]|đến|tới)\s*({_NUMBER})")
_ONE = re.compile(_NUMBER)
_BELOW = re.compile(
    r"(?:dưới|chưa (?:đến|đầy|đủ|tới|quá)|không quá|tối đa|nhỏ hơn|ít hơn|trong|đến)\s*$", re.I
)
_ABOVE = re.compile(r"(?:trên|quá|hơn|sau|vượt|lớn hơn)\s*$", re.IGNORECASE)
_FROM = re.compile(r"(?:từ(?: đủ)?|ít nhất|tối thiểu)\s*$", re.IGNORECASE)
_OPEN_UP = re.compile(r"[^\n.;:|]{0,12}?\s*trở lên", re.IGNORECASE)
_OPEN_DOWN = re.compile(r"[^\n.;:|]{0,12}?\s*trở xuống", re.IGNORECASE)
_NOT_BELOW = re.compile(r"(?:không|chưa)\s+$", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Range:
    """The values from `low` to `high` of one `measure`, at `[start, end)` of the text. `is_open`: not one value.

    `measure`: a unit, or the word that is counted, without marks: "kg", "tuoi", "nguoi"; empty where none is written.
    """

    low: float
    high: float
    measure: str
    start: int
    end: int

    @property
    def is_open(self) -> bool:
        return self.low != self.high

    def holds(self, value: float) -> bool:
        return self.low <= value <= self.high


def ranges_in(text: str, mentions: Mentions | None = None) -> Iterator[Range]:
    """Of every amount in figures, in order; one below or above a bound stands for what lies beyond it, not for it.

    `mentions`: of the text, where they were found already.
    """
    for amount in (mentions or find_mentions(text)).quantities:
        if amount.form == "figure" and amount.dimension not in ("money", "percent", "score"):
            yield from _range_of(text, amount)


def measure_of_words(words: str) -> str:
    """What a column's head measures: "tuoi" of "Độ tuổi", "kg" of "Khối lượng (kg)"; empty where it says no unit."""
    terms = [fold(word) for word in re.findall(r"[^\W_]+", words)]
    for at in reversed(range(len(terms))):  # "độ" of "Độ tuổi" measures heat elsewhere
        if found := unit_at(terms[at:]):
            return _measure(" ".join(terms[at : at + found[0]]))
    return ""


def _range_of(text: str, amount: Quantity) -> Iterator[Range]:
    written = text[amount.core : amount.number_end]
    measure = _measure(amount.unit) if amount.unit else _counted_after(text, amount.end)
    if two := _TWO.search(written):
        low, high = _value(two[1]), _value(two[2])
        if low <= high:
            yield Range(low, high, measure, amount.start, amount.end)
        return
    one = _ONE.search(written)
    if one is None:
        return
    value = _value(one[0])
    low = high = value
    before = text[max(0, amount.core - 16) : amount.core + one.start()]
    if _OPEN_DOWN.match(text, amount.end):
        low = -math.inf  # "từ 8 tấn trở xuống"
    elif _OPEN_UP.match(text, amount.end) or _FROM.search(before):
        high = math.inf
    elif above := _ABOVE.search(before):
        if _NOT_BELOW.search(before[: above.start()]):
            low = -math.inf  # "không quá 3 ngày", "chưa quá"
        else:
            low, high = math.nextafter(value, math.inf), math.inf
    elif below := _BELOW.search(before):
        shut = below[0].strip().lower() in ("không quá", "tối đa", "trong", "đến")
        low, high = -math.inf, value if shut else math.nextafter(value, -math.inf)
    yield Range(low, high, measure, amount.start, amount.end)


def _counted_after(text: str, end: int) -> str:
    word = _WORD.match(text, end + 1) if text[end : end + 1] == " " else None
    return plain(word[0]) if word else ""


def _measure(unit: str) -> str:
    return plain(unit_named(unit) or unit)


def _value(number: str) -> float:
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", number):
        return float(re.sub(r"[.,]", "", number))
    return float(number.replace(",", "."))
