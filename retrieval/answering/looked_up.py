"""Does a question give what a row says and ask which one it is: "Món nào giá 42.000?", "Đội nào đứng hạng 3?"

A table is mostly asked by its first column; asked the other way round, hardly a word of the question stands in the row.
"""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.answering.columns import BAR, Cell, cells
from retrieval.records import Query
from retrieval.vietnamese.ranges import measure_of_words, ranges_in
from retrieval.vietnamese.syllables import plain, plain_words

Span = tuple[int, int]

_WHICH = frozenset(("nao", "gi", "may"))
_TELLING = 3
"""Letters and figures of a cell from which on it tells a row by itself; "3" does where its head is said."""


def looked_up(query: Query, text: str, header: str) -> Span | None:
    """The cell of the row `text` that is asked for by another one of its cells; None where none is.

    `header`: the row over it, empty where there is none; then the first cell is what is asked for.
    """
    if query.asking is None or BAR not in text or "\n" in text.strip():
        return None
    first, last = query.asking
    if plain(query.terms[last - 1].text) not in _WHICH or query.kind in ("number", "reason", "manner"):
        return None
    row = cells(text, header) or (() if header else cells(text, BAR * text.count(BAR)))
    noun = {plain(term.origin) for term in query.terms[max(0, first - 2) : last]} - _WHICH
    wanted = [
        cell
        for place, cell in enumerate(row)
        if (cell.head_words and cell.head_words <= noun) or (not header and place == 0)
    ]
    said = {plain(term.origin) for term in query.terms} | {plain(term.text) for term in query.terms}
    if len(wanted) != 1 or wanted[0].words <= said:
        return None
    given = (cell for cell in row if cell is not wanted[0])
    return (wanted[0].start, wanted[0].end) if any(_gives(query, cell, said) for cell in given) else None


def _gives(query: Query, cell: Cell, said: set[str]) -> bool:
    """Whether the question says the cell, or a value that lies in its range."""
    words = cell.words
    if words and words <= said | set(plain_words(query.text)):
        return len("".join(words)) >= _TELLING or bool(cell.head_words & said)
    measure = measure_of_words(cell.head)
    wanted: Sequence[float] = [
        one.low for one in ranges_in(query.text) if not one.is_open and one.measure and one.measure == measure
    ]
    return any(one.is_open and one.holds(value) for one in ranges_in(cell.text) for value in wanted)
