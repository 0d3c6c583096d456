"""How do people write what a cell of a table of figures holds? And which row names the columns?"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterator, Sequence

from retrieval.corpus.readers.pieces import Piece, row

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


def sheet_pieces(
    name: str, rows: Sequence[Sequence[Cell]], texts: Sequence[Sequence[str]]
) -> Iterator[Piece]:
    """A sheet as a section: its name, lines of one cell, and tables; blank rows part them.

    The first row of a table names its columns where it holds words only.
    """
    yield Piece("heading", name, 1)
    inside = False
    for values, cells in zip(rows, texts, strict=True):
        filled = [n for n, cell in enumerate(cells) if cell.strip()]
        if len(filled) < 2 and not (filled and inside):
            inside = False
            yield from (Piece("paragraph", cells[n]) for n in filled)
            continue
        words = all(isinstance(values[n], str) and not _is_figure(cells[n]) for n in filled)
        yield row(cells[filled[0] :] if not inside else cells, header=words and not inside, close=inside)
        inside = True


def _is_figure(cell: str) -> bool:
    return sum(c.isdigit() for c in cell) * 2 >= len(cell.strip()) > 0
