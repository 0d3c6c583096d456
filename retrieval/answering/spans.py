"""Which words of the passage answer? By the kind of the question; none rather than wrong ones."""

from __future__ import annotations

from collections.abc import Callable

from retrieval.answering.asked_passage import AskedPassage, Span
from retrieval.answering.columns import Cell, row_is_asked
from retrieval.answering.pick_clause import pick_in_place, pick_reason
from retrieval.answering.pick_date import pick_date
from retrieval.answering.pick_named import pick_named
from retrieval.answering.pick_number import pick_number
from retrieval.answering.pick_person import pick_person
from retrieval.answering.pick_place import pick_place
from retrieval.ranking.passage_view import PassageView
from retrieval.records import AnswerKind, Query
from retrieval.vietnamese.syllables import plain


def _place(evidence: AskedPassage) -> Span | None:
    """A place with its class, else a name where a place is asked for, "tại Osaka"; for "ở đâu" what stands there."""
    asked = evidence.query.terms[slice(*evidence.query.asking or (0, 0))]
    found = pick_named(evidence) or pick_place(evidence)
    return found or (pick_in_place(evidence) if asked and plain(asked[-1].text) == "dau" else None)


def _named(evidence: AskedPassage) -> Span | None:
    """The name of the kind asked about, else what stands where the question asks."""
    return pick_named(evidence) or pick_in_place(evidence)


_PICKERS: dict[AnswerKind, Callable[[AskedPassage], Span | None]] = {
    "number": pick_number,
    "date": pick_date,
    "person": pick_person,
    "place": _place,
    "organisation": pick_named,
    "reason": pick_reason,
    "definition": pick_in_place,
    "manner": pick_in_place,
    "list": pick_in_place,
    "other": _named,
}


def pick_span(query: Query, view: PassageView, *, year: int | None = None, header: str = "") -> Span | None:
    """Offsets in the passage of the words that answer `query`, or None where that isn't sure. `year`: the article's;
    `header`: the table's header row over the passage."""
    ordinal = query.asked is not None and query.asked.dimension == "ordinal"
    picker = pick_number if ordinal else _PICKERS.get(query.kind)
    if picker is None or (picker is pick_number and _of_another_year(query, view.text, year)):
        return None
    evidence = AskedPassage(query, view, header)
    cell = evidence.asked_cell
    if cell and _may_fill(cell, evidence) and row_is_asked(query, evidence.row, cell):
        return cell.start, cell.end
    span = picker(evidence)
    return None if span is None or evidence.of_another(span) else span


def _may_fill(cell: Cell, evidence: AskedPassage) -> bool:
    """Whether all of a cell may answer: for "ai" only a name does, and amounts are picked by what they measure."""
    if evidence.query.kind == "person":
        return any(cell.start <= name.start and name.end >= cell.end for name in evidence.names)
    return evidence.query.kind not in ("number", "reason", "yes_no")


def _of_another_year(query: Query, text: str, year: int | None) -> bool:
    """Whether nothing says that a figure here is of the year asked for."""
    return (
        bool(query.years) and year not in query.years and not any(str(asked) in text for asked in query.years)
    )
