"""Which part of a sentence is said of which of its figures or names, where it enumerates several?

"7 người chết, 4 người mất tích và 23 người bị thương", "người lớn 40.000 đồng, trẻ em 25.000 đồng".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

Span = tuple[int, int]

STATEMENT_END = re.compile(r"[.!?…;]\s|\n")
_PART_END = re.compile(r"[,;:]\s|\s[-–]\s|[()]|\s(?:và|cùng|lẫn|hoặc|hay)(?=\s)|\scòn(?=\s\D)")
"""What stands between two parts of an enumeration."""


def statements(text: str) -> list[Span]:
    """What signs and lines part a passage into: its sentences, and what stands between semicolons."""
    ends = [(match.start(), match.end()) for match in STATEMENT_END.finditer(text)]
    starts = [0, *(end for _, end in ends)]
    return list(zip(starts, [*(start for start, _ in ends), len(text)], strict=True))


@dataclass(frozen=True, slots=True)
class Part:
    """What is said of one of several. `own`: of it alone; `shared`: what opens the sentence for all of them.

    `first`: what stands before the first of them, which the others leave out where they don't say otherwise: "vé tháng
    người lớn 700.000 đồng, trẻ em 450.000 đồng".
    """

    shared: Span
    own: Span
    first: Span


def parts(text: str, spans: Sequence[Span]) -> list[Part]:
    """The part of each of `spans`, in the order of the text.

    Without signs between two of them, the words between may be said of either, and belong to both.
    """
    found = []
    for start, end in statements(text):
        inside = [span for span in spans if start <= span[0] < end]
        if inside:
            found += _parts(text, inside, start, end)
    return found


def _parts(text: str, spans: Sequence[Span], start: int, end: int) -> list[Part]:
    between = [
        [match.end() for match in _PART_END.finditer(text, one[1], other[0])]
        for one, other in pairwise(spans)
    ]
    opening = [match.end() for match in _PART_END.finditer(text, start, spans[0][0])]
    figures_lead = any(
        ends and not text[ends[-1] : other[0]].strip() for ends, other in zip(between, spans[1:], strict=True)
    )
    first = spans[0][0] if figures_lead else opening[-1] if opening else start
    begins = [first, *(ends[-1] if ends else one[1] for ends, one in zip(between, spans, strict=False))]
    ends_at = [*(ends[-1] if ends else other[0] for ends, other in zip(between, spans[1:], strict=True)), end]
    return [Part((start, first), own, (first, spans[0][0])) for own in zip(begins, ends_at, strict=True)]
