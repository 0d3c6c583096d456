"""What are amounts measured in? The one table of units, by dimension."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.vietnamese.letters import any_of
from retrieval.vietnamese.syllables import fold, plain
from retrieval.vietnamese.wordlists import read_phrases, read_table, read_words

_TABLE = {dimension: [unit.split("|") for unit in units] for dimension, units in read_table("units").items()}
"""Dimension -> its units -> the ways to write each."""
UNITS = {dimension: [writing for unit in units for writing in unit] for dimension, units in _TABLE.items()}
"""Dimension -> its units, as they are written. "kỷ" stands for "kỉ" too."""

_WRITTEN = frozenset(writing for units in UNITS.values() for writing in units)


def _spellings(unit: str) -> tuple[str, ...]:
    """ "kỷ" and "kỉ", "lý" and "lí"."""
    return tuple(dict.fromkeys((unit, unit.replace("kỷ", "kỉ").replace("lý", "lí"))))


_DIMENSION = {
    spelling.lower(): dimension
    for dimension, units in UNITS.items()
    for unit in units
    for spelling in _spellings(unit)
}
_UNIT_OF = {
    spelling.lower(): unit[0]
    for units in _TABLE.values()
    for unit in units
    for writing in unit
    for spelling in _spellings(writing)
}
UNIT = any_of(_DIMENSION)
"""A regular expression of any unit, the longest first; to be followed by no letter, and compared without case."""
SCALES = {
    "chục": 10.0, "tá": 12.0, "trăm": 1e2, "nghìn": 1e3, "ngàn": 1e3, "vạn": 1e4, "triệu": 1e6, "tỷ": 1e9, "tỉ": 1e9,
}  # fmt: skip
"""What multiplies a number: "54 ngàn"."""
SHORT_SCALES = {"tr": 1e6}
"""What multiplies the figure that it touches, and says money: "5tr", "1tr8"; "250 tr." are pages."""
SCALE = "|".join(SCALES)
"""A regular expression of any scale."""
CLASSIFIERS = read_words("classifiers")
COUNTERS = CLASSIFIERS | read_words("counters")
"""What counts alone, whatever follows: "người", "con"."""
PEOPLE = read_phrases("people")
COUNTED = any_of((*_DIMENSION, *COUNTERS, *PEOPLE, *SCALES))
"""A regular expression of what makes a count of the figure before it: "2000 người", "năm mét"."""
HOMONYMS = frozenset("ký kí tấn tạ cân mẫu sào độ thùng".split())
"""Units that open other words too: "ký kết", "tấn công", "độ ẩm", "mẫu nước"."""
_ASKED = {
    "money": ("tiền", "kinh phí"),
    "time": ("thời gian", "lâu", "hôm"),
    "length": ("xa",),
}
"""What else "bao nhiêu" may be followed by to say a dimension: "bao nhiêu tiền"."""
_JOINT = re.compile(r"[-/]|(?<=\w)(?=\d)")
"""Where a unit is cut into terms: "ki-lô-mét", "km/h", "m2"; "m²" is one."""
_PHRASES = {
    tuple(map(fold, _JOINT.sub(" ", phrase).split())): dimension
    for table in (_ASKED, UNITS)
    for dimension, units in table.items()
    for phrase in units
}
_PLAIN_PHRASES = {tuple(map(plain, phrase)): dimension for phrase, dimension in reversed(_PHRASES.items())}
_LONGEST = max(map(len, _PHRASES))


def is_unit(written: str) -> bool:
    """Whether this, with just these capitals, is a unit: "W" of "60W", not "G" of "4G"."""
    return written in _WRITTEN


def dimension_of(unit: str) -> str | None:
    """ "KM" -> "length"; None for what is no unit."""
    return _DIMENSION.get(unit.lower())


def is_same_unit(one: str, other: str) -> bool:
    """Whether these are ways to write one unit: "giờ" and "tiếng", "kg" and "cân"."""
    known = unit_named(one)
    return known is not None and known == unit_named(other)


def unit_named(written: str) -> str | None:
    """The unit, in the first of its writings: "giờ" of "Tiếng"; None for what is no unit."""
    return _UNIT_OF.get(written.lower())


def unit_at(terms: Sequence[str], *, lacks_marks: bool = False) -> tuple[int, str] | None:
    """(how many terms, dimension) of the longest unit that these folded terms start with.

    `lacks_marks`: the terms are compared without their marks.
    """
    known = _PLAIN_PHRASES if lacks_marks else _PHRASES
    for length in range(min(_LONGEST, len(terms)), 0, -1):
        if dimension := known.get(tuple(terms[:length])):
            return length, dimension
    return None
