"""What does a line say something about? Its label stands before a colon or a price's dash, or in a row's first cell.

"Lệ phí: 120.000 đồng", "Cát vàng - 410.000đ/m3", "Ca sáng | 7 giờ".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from retrieval.vietnamese.calendar_forms import YEAR

_MONEY = r"\d{1,3}(?:[.,]\d{3})+|\d+\s?(?:k|đ)\b"
_DASH = (
    rf"\s[-–—=]\s(?!{YEAR}[^\w\n]*(?:\n|$))(?:(?<!\d...)(?=\d)|(?:(?<=\D\d...)|(?<=\D\d\d...))(?={_MONEY}))"
)
_COUNTED = r"\d{1,3}(?:\.\d{3})*\s(?:[-–]\s\d+\s)?[^\W\d_][^\n:|?!;.,]{0,60}?(?=:)"
_LABEL = re.compile(
    rf"\W*(?:\w{{1,3}}[.)]\s)?(?P<label>{_COUNTED}|[^\W\d_][^\n:|?!;]{{0,60}}?)"
    rf"(?:(?:(?<!\d):(?!//)|:(?=\s))\s*(?=\S)|\s\|\s|{_DASH})"
)
"""No colon of "7:30" or of an address ends a label, and no dash of "Kế hoạch - 2025" or of "2 - 6 tuổi", but that of
"Loại 1 - 50.000đ" does. What begins with a figure is a label before a colon only, without a comma: "24 giờ: hết
hạn"."""
_SIGNS = ":|-–—="
"""One of them ends every label."""
_REACH = 64
"""Characters: what ends a label that stands first in its line begins within so many, see `_LABEL`."""
_OPENING = re.compile(r"[^\n:|]{1,60}(?=:\s|\s\|\s)")
_MARKER = re.compile(r"^[^\w]*(?:(?:\d+(?:\.\d+)*|[a-zđ]|[IVX]+)[./)]\s*)?")
_PARTS = re.compile(r"(?:(?<=[,;] )|^)([^\W\d_]+(?: [^\W\d_]+){1,4}) (?=\d)")
_BEFORE_FIGURE = re.compile(r"\w \d")
_OPENING_END = re.compile(r"\s*(?::|\(|\||\s[-–]\s|\d|$)")


class Label(NamedTuple):
    """A label at `[start, end)` of a text. `sign`: what stands between it and what is said: ":", "|" or a dash."""

    start: int
    end: int
    sign: str


def label_of(text: str, start: int = 0, end: int | None = None) -> Label | None:
    """The label of the line at `[start, end)`, its mark of a list left out; None where it has none."""
    stop = len(text) if end is None else end
    opening = text[start : start + 4]
    if opening[:1].isalpha() and "." not in opening and ")" not in opening:  # the label itself begins here
        head = text[start : min(stop, start + _REACH)]
    else:
        head = text[start:stop]
    # Most lines have no such sign, which is seen sooner than by the pattern.
    if not any(map(head.__contains__, _SIGNS)):
        return None
    match = _LABEL.match(text, start, stop)
    return match and Label(*match.span("label"), text[match.end("label") : match.end()].strip())


def opening_of(line: str) -> str:
    """A line up to its colon, a row's first cell, whatever stands there: "2 - 6 tuổi"; empty where neither ends it."""
    match = _OPENING.match(line)
    return match.group() if match else ""


def openings(text: str) -> Iterator[str]:
    """What opens lines and cells, up to a colon, a bracket, a dash or a figure, without marks of lists; all of a cell
    that has none of these. What stands before the figures of an enumeration too: "Giá: muối hạt 1.900 đồng, bánh đa
    4.300 đồng"; not that of running prose: "Xã có 90 hộ, trong đó nuôi bò 12 hộ"."""
    for line in text.split("\n"):
        for cell in line.split(" | "):
            opening = _MARKER.sub("", cell)
            end = _OPENING_END.search(opening)
            yield opening[: end.start()] if end else opening
            if _BEFORE_FIGURE.search(opening):
                for sentence in opening.split(". "):
                    yield from _enumerated(sentence)


def _enumerated(sentence: str) -> Iterator[str]:
    """What stands before each figure of two or more behind a colon; of those behind none, what begins alike: "muối hạt
    1.900 đồng, muối tinh 4.300 đồng"."""
    _, colon, told = sentence.rpartition(": ")
    parts = _PARTS.findall(told)
    alike = Counter(part.split()[0].lower() for part in parts)
    yield from (part for part in parts if len(parts) > 1 and (colon or alike[part.split()[0].lower()] > 1))
