"""How do people write what a cell of a table of figures holds? And which row names the columns?"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterator, Mapping, Sequence

from retrieval.corpus.readers import tables
from retrieval.corpus.readers.pieces import Piece, row, table_rows

_GROUPED = 5
"""Figures from which thousands are parted: years and small numbers are not."""
_CODE_FIGURES = 6
"""Figures from which whole numbers that are all as long as each other are codes, such as identity cards'."""
_MOST_FIGURES = 15
"""Significant figures that a spreadsheet keeps."""

Cell = object
"""What a spreadsheet gives: a text, a number, a truth value, a date, a time, or nothing."""


def shown(value: Cell, *, code: bool = False) -> str:
    """As people write it: 1.234.567, 0,5, 07/02/2020. `code`: a number that isn't counted with."""
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, int | float):
        return _number(float(value), code)
    if isinstance(value, datetime.datetime) and value.time() != datetime.time():
        return f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, datetime.date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, datetime.timedelta):
        minutes = int(value.total_seconds()) // 60
        return f"{minutes // 60}:{minutes % 60:02}"
    if isinstance(value, datetime.time):
        value = f"{value:%H:%M}"
    return "" if value is None else str(value)


def _number(value: float, code: bool) -> str:
    if not math.isfinite(value):
        return ""
    if value.is_integer() and abs(value) < 10**_MOST_FIGURES:
        whole = str(int(value))
        grouped = len(whole.lstrip("-")) >= _GROUPED and not code
        return f"{int(value):,}".replace(",", ".") if grouped else whole
    written = f"{value:.{_MOST_FIGURES - 3}g}"
    if "e" in written:
        return written.replace(".", ",")
    whole, _, rest = written.partition(".")
    if len(whole.lstrip("-")) >= _GROUPED:
        whole = f"{int(whole):,}".replace(",", ".")
    return f"{whole},{rest}" if rest else whole


def code_columns(rows: Sequence[Sequence[Cell]]) -> set[int]:
    """Columns of whole numbers that are all equally long: they name things."""
    lengths: dict[int, set[int]] = {}
    counts: dict[int, int] = {}
    for cells in rows:
        for column, value in enumerate(cells):
            if isinstance(value, int | float) and not isinstance(value, bool):
                whole = math.isfinite(value) and float(value).is_integer()
                lengths.setdefault(column, set()).add(len(str(abs(int(value)))) if whole else 0)
                counts[column] = counts.get(column, 0) + 1
    return {
        column
        for column, seen in lengths.items()
        if len(seen) == 1 and min(seen) >= _CODE_FIGURES and counts[column] >= 3
    }


Merged = tuple[tuple[int, int], tuple[int, int]]
"""The first and the last row and column of cells that are one."""


def sheet_pieces(
    name: str, rows: Sequence[Sequence[Cell]], texts: Sequence[Sequence[str]], merged: Sequence[Merged] = ()
) -> Iterator[Piece]:
    """A sheet as a section: its name, lines of one cell, and tables; blank rows part them.

    The first row of a table names its columns where it holds words only, or several rows do that merged cells bind.
    """
    yield Piece("heading", name, 1)
    spans = {first: (last[0] - first[0] + 1, last[1] - first[1] + 1) for first, last in merged}
    covered = _covered(merged, len(rows))
    start = 0
    while start < len(rows):
        filled = [cell for cell in texts[start] if cell.strip()]
        if len(filled) < 2:
            yield from (Piece("paragraph", cell) for cell in filled)
            start += 1
            continue
        end = start + 1
        while end < len(rows) and (any(cell.strip() for cell in texts[end]) or end in covered):
            end += 1
        if any(start <= top < end for top, _ in spans):
            yield from _merged_rows(range(start, end), texts, spans)
        else:
            yield from _plain_rows(rows[start:end], texts[start:end])
        start = end


def _covered(merged: Sequence[Merged], count: int) -> set[int]:
    """Rows to which a cell above reaches down."""
    return {row for first, last in merged for row in range(first[0] + 1, min(last[0] + 1, count))}


def _plain_rows(rows: Sequence[Sequence[Cell]], texts: Sequence[Sequence[str]]) -> Iterator[Piece]:
    left = min(n for cells in texts for n, cell in enumerate(cells) if cell.strip())
    for number, (values, cells) in enumerate(zip(rows, texts, strict=True)):
        words = number == 0 and all(
            isinstance(value, str) and not _is_figure(cell)
            for value, cell in zip(values, cells, strict=True)
            if cell.strip()
        )
        yield row(cells[left:], header=words, close=number > 0)


def _merged_rows(
    numbers: range, texts: Sequence[Sequence[str]], spans: Mapping[tuple[int, int], tuple[int, int]]
) -> Iterator[Piece]:
    hidden = {
        (row, column)
        for (top, left), (down, across) in spans.items()
        for row in range(max(top, numbers.start), min(top + down, numbers.stop))
        for column in range(left, min(left + across, len(texts[row])))
        if (row, column) != (top, left)
    }
    made = [
        [
            tables.Cell(text, *spans.get((number, column), (1, 1))[::-1])
            for column, text in enumerate(texts[number])
            if (number, column) not in hidden
        ]
        for number in numbers
    ]
    words = all(not _is_figure(cell.text) for cell in made[0])
    yield from table_rows(made, headers=int(words))


def _is_figure(cell: str) -> bool:
    return sum(c.isdigit() for c in cell) * 2 >= len(cell.strip()) > 0
