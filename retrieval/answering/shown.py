"""What does a card show with the passage that answers? What stands next to it and belongs to it, up to some size.

The answer stands in the next sentence often enough: the sentence found and the one or two after it are shown; a row
with its header, an article of a law whole, where that fits.
"""

from __future__ import annotations

import re

from retrieval.collection import HEADER, HEADING, LEAD_IN
from retrieval.records import Query
from retrieval.term_arrays import DocumentTerms

SHOWN = 450
"""Characters, about: what is read at a glance on a telephone."""
AFTER = 2
"""Passages that are shown after the one found."""

_TO_DO = re.compile(r"(?<!để )(?:làm gì|lam gi)(?!\w)|(?:các|những|cac|nhung) (?:bước|buoc)", re.IGNORECASE)
_ARTICLE = re.compile(r"điều\s+\d", re.IGNORECASE)


def shown(text: str, terms: DocumentTerms, number: int, *, whole: bool = False) -> tuple[int, int]:
    """Offsets in the document's `text` of what is shown for its passage `number`, the passage included.

    `whole`: what stands under its heading or lead-in is asked for together, as a list or as steps; a passage that opens
    with a lead-in is such a list itself.
    """
    start, end = terms.spans[number].tolist()
    sections, above = terms.sections, int(terms.sections.over[number])
    first, last = _neighbours(terms, number)
    is_list = text[start:end].partition("\n")[0].endswith(":")
    if (
        whole
        and not is_list
        and above >= 0
        and first < last
        and _fits(terms.spans[first][0], terms.spans[last][1])
    ):
        start, end = int(terms.spans[first][0]), int(terms.spans[last][1])
        number = last
    if above >= 0:
        head, head_end = sections.spans[above].tolist()
        kind = sections.kinds[above]
        if kind == HEADING and _ARTICLE.match(text, head, head_end) and _fits(head, terms.spans[last][1]):
            return head, int(terms.spans[last][1])
        opens = start == terms.spans[first][0] or kind in (HEADER, LEAD_IN)
        adjacent = kind == HEADER or not text[head_end:start].strip()
        if opens and head < start and _fits(head, end) and adjacent:
            start = head
        if kind == HEADER:
            return start, end
    for following in range(number + 1, min(last, number + AFTER) + 1):
        begin, stop = terms.spans[following].tolist()
        if not _fits(start, stop) or text[end:begin].strip():
            break
        end = stop
    return start, end


def asks_for_all(query: Query) -> bool:
    """Whether a question wants a list or steps, of which each passage is a part: "gồm những gì", "phải làm gì"."""
    return query.kind in ("list", "manner") or _TO_DO.search(query.text) is not None


def _fits(start: int, end: int) -> bool:
    return end - start <= SHOWN


def _neighbours(terms: DocumentTerms, number: int) -> tuple[int, int]:
    """The first and the last passage of the unbroken run that stands below the same as `number`, which has it in it.

    A run that is too long to be shown may be cut once it is: nothing of it beyond that matters.
    """
    spans, over, beside = terms.spans, terms.sections.over, terms.sections.beside
    start, end = spans[number].tolist()

    def is_like(other: int) -> bool:
        return bool(over[other] == over[number] and beside[other] == beside[number])

    first = last = number
    while first > 0 and _fits(int(spans[first][0]), end) and is_like(first - 1):
        first -= 1
    while last + 1 < len(spans) and _fits(start, int(spans[last][1])) and is_like(last + 1):
        last += 1
    return first, last
