"""Which unmarked lines head what stands below them, and how wide is each heading?"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.corpus.lines import Line
from retrieval.corpus.structure.markers import PARTS
from retrieval.corpus.structure.series import CLOSED, Member, words_in
from retrieval.vietnamese.labels import label_of

_SHORT = 16
"""Words: an unmarked line of more heads nothing, unless it is all capitals or opens its text."""
_LONG = 40
LONGEST = 300
"""Characters: what is longer is a paragraph, whatever its shape."""
_QUESTION = 30
DEEPEST = 9
_LETTERS = re.compile(r"[^\W\d_]")
_FIGURE = re.compile(r"\d")
_VALUE = 40
"""Words: a label with more after its colon is a paragraph that opens with a word and a colon."""
_CAPTION = re.compile(
    r"(?:hình|bảng|biểu(?:\s(?:đồ|mẫu))?|sơ đồ|ảnh)(?:\s(?:số\s)?[\dIVX]+(?:[.-]\d+)*)?\s*[.:]\s*\S|ảnh minh họa",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"[\s.(–-]ảnh(?: minh họa)?\s*:\s*\S+(?:\s\S+){0,5}$|\(ảnh\s*:[^)]*\)\.?$", re.IGNORECASE
)


def is_label_line(text: str) -> bool:
    """ "Lệ phí: 120.000 đồng", "Cát vàng - 410.000đ/m3": a few words, what is so called or costs so much."""
    label = label_of(text)
    if label is None or label.sign == "|" or words_in(text[: label.end]) > 8:
        return False
    begins_itself = not label.start or text[0].isalpha()  # "a) Lệ phí: …", no bullet and no number
    is_other = label.sign == ":" and "." in text[: label.end]
    return begins_itself and not is_other and words_in(text) <= _VALUE


def is_caption(text: str) -> bool:
    if len(text) > LONGEST:
        return False
    return bool(_CAPTION.match(text) or ("ảnh" in text.lower() and _CREDIT.search(text)))


def is_question(text: str) -> bool:
    return text.endswith("?") and words_in(text) <= _QUESTION


def looks_like_heading(text: str, *, opens: bool = False) -> bool:
    """The shape alone: short, opening with a capital or a figure, no closing mark.

    `opens`: it is the first line of its text, which may be as long as the name of a law's article, but for one with
    figures, which may be news of its own.
    """
    if (
        len(text) > LONGEST
        or text[-1] in ":;,.!…"
        or (text[0] == "(" and text[-1] == ")")
        or CLOSED.search(text)
        or not _LETTERS.search(text)
    ):
        return False
    first = text[0]
    if not (first.isupper() or first.isdigit() or first in "\"“'‘«([") or "|" in text or "\t" in text:
        return False
    names = text.isupper() or (opens and not _FIGURE.search(text))
    return words_in(text) <= (_LONG if names else _SHORT) and not is_label_line(text)


@dataclass(frozen=True, slots=True)
class Found:
    """A heading: `strength` says how wide its kind is, the smaller the wider; `scheme` which kind it is."""

    number: int
    strength: float
    scheme: str


def strength_of(member: Member) -> float:
    marker = member.marker
    if marker.part:
        return 0.1 * PARTS.index(marker.part) if marker.part != "điều" else 5.0
    scheme = marker.scheme.strip("()./:-–— ")
    if scheme in ("I", "i"):
        return 3.0 if scheme == "I" else 6.5
    if scheme == "A":
        return 2.5
    if scheme == "1":
        return 5.5 + 0.2 * (marker.depth - 1)
    if scheme == "a":
        return 7.0
    return 4.0  # "THỦ TỤC 2:", "Câu 3."


CAPITALS, QUESTION = 1.0, 8.0


def levels(found: Sequence[Found]) -> list[int]:
    """The level of each heading, from 1: under the nearest one above that is of a wider kind."""
    stack: list[float] = []
    result = []
    for heading in found:
        while stack and stack[-1] >= heading.strength:
            stack.pop()
        stack.append(heading.strength)
        result.append(min(len(stack), DEEPEST))
    return result


def plain_strength(found: Sequence[tuple[int, Member]], plain: Sequence[int]) -> float:
    """How wide unmarked headings are beside numbered ones.

    Numbering that starts again below them shows that they hold it. Numbering that goes on past them holds them.
    Else both stand side by side.
    """
    if not plain or not found:
        return 4.5
    marked = [(number, member) for number, member in found if member.marker.ordinal is not None]
    if not marked:
        return 4.5
    places = sorted(plain)
    restarts = goes_on = 0
    for (before, a), (after, b) in itertools.pairwise(marked):
        if a.marker.scheme != b.marker.scheme or not any(
            before < place < after for place in _between(places, before, after)
        ):
            continue
        first, second = a.marker.ordinal or 0, b.marker.ordinal or 0
        restarts += second <= 1 and first >= second
        goes_on += second > first
    widest = min(strength_of(member) for _, member in marked)
    deepest = max(strength_of(member) for _, member in marked)
    if restarts > goes_on:
        return max(widest - 0.05, CAPITALS + 0.1)
    return deepest + 0.05 if goes_on else widest


def _between(places: list[int], before: int, after: int) -> list[int]:
    from bisect import bisect_left, bisect_right

    return places[bisect_right(places, before) : bisect_left(places, after)][:1]


def repeated(lines: Sequence[Line], numbers: Sequence[int]) -> set[int]:
    """Headings that say the same as another: they stand below what tells them apart."""
    counts = Counter(lines[number].text.casefold() for number in numbers)
    return {number for number in numbers if counts[lines[number].text.casefold()] > 1}
