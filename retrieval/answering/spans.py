"""Which words of the passage answer? By the kind of the question; none rather than wrong ones."""

from __future__ import annotations

from collections.abc import Callable

from retrieval.analysis.terms import Spelling
from retrieval.answering.counted import asks_for_ordinal
from retrieval.answering.counts import pick_number
from retrieval.answering.dates import pick_date
from retrieval.answering.nearness import Evidence, Span
from retrieval.answering.people import pick_person
from retrieval.answering.places import pick_place
from retrieval.records import AnswerKind, Query

_PICKERS: dict[AnswerKind, Callable[[Evidence], Span | None]] = {
    "number": pick_number,
    "date": pick_date,
    "person": pick_person,
    "place": pick_place,
}


def pick_span(query: Query, text: str, *, spelling: Spelling) -> Span | None:
    """Offsets in `text` of the words that answer `query`, or None where that isn't sure."""
    picker = pick_number if asks_for_ordinal(query) else _PICKERS.get(query.kind)
    return picker(Evidence(query, text, spelling)) if picker else None
