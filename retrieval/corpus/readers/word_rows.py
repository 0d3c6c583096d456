"""Which headings, paragraphs and rows do the paragraphs of an old Word file or an .rtf make?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from retrieval.corpus.legacy import Run
from retrieval.corpus.readers.pieces import Piece, in_cell, table_rows
from retrieval.corpus.readers.tables import Cell

_DEEPEST = 6
_SAME_EDGE = 30
"""Twips, a twentieth of a point each: edges of cells this near are meant to be one."""


@dataclass(slots=True)
class Paragraph:
    """`ends_cell`, `ends_row`: what its last character closes. `depth`: how many tables it stands in. `heading`: its
    level, or 0. `label`: the number that Word shows before it. `edges`, `goes_on`: of a row's end, where its cells end,
    in twips, from the first's beginning on, and which of them belong to the cell above.
    """

    runs: list[Run] = field(default_factory=list)
    ends_cell: bool = False
    ends_row: bool = False
    depth: int = 0
    heading: int = 0
    header_row: bool = False
    label: str = ""
    edges: tuple[int, ...] = ()
    goes_on: tuple[bool, ...] = ()


@dataclass(slots=True)
class _Row:
    """Its cells: each paragraphs, and tables that stand between them."""

    cells: list[list[str | list[_Row]]]
    header: bool = False
    edges: tuple[int, ...] = ()
    goes_on: tuple[bool, ...] = ()


@dataclass(slots=True)
class _Table:
    """A table while it is read."""

    rows: list[_Row] = field(default_factory=list)
    cells: list[list[str | list[_Row]]] = field(default_factory=list)
    open_cell: list[str | list[_Row]] = field(default_factory=list)

    def closed(self) -> list[_Row]:
        """Its rows, with what stands behind the last one's end."""
        if self.cells or self.open_cell:
            self.rows.append(_Row([*self.cells, self.open_cell] if self.open_cell else self.cells))
        return self.rows


def word_pieces(paragraphs: Sequence[Paragraph], texts: Sequence[str]) -> Iterator[Piece]:
    """What the paragraphs are, in order. `texts`: theirs, in Unicode."""
    tables: list[_Table] = []
    for paragraph, written in zip(paragraphs, texts, strict=True):
        text = f"{paragraph.label} {written}" if paragraph.label and written.strip() else written
        yield from _down_to(paragraph.depth, tables)
        tables += (_Table() for _ in range(paragraph.depth - len(tables)))
        if not tables:
            if paragraph.heading:
                yield Piece("heading", " ".join(text.split()), min(paragraph.heading, _DEEPEST))
            else:
                yield Piece("paragraph", text)
        elif paragraph.ends_row:
            own = tables[-1]
            if own.open_cell:
                own.cells.append(own.open_cell)
            own.rows.append(_Row(own.cells, paragraph.header_row, paragraph.edges, paragraph.goes_on))
            own.cells, own.open_cell = [], []
        else:
            own = tables[-1]
            own.open_cell.append(text)
            if paragraph.ends_cell:
                own.cells.append(own.open_cell)
                own.open_cell = []
    yield from _down_to(0, tables)


def _down_to(depth: int, tables: list[_Table]) -> Iterator[Piece]:
    """Closes the tables that are deeper: each goes into the cell around it."""
    while len(tables) > depth:
        rows = tables.pop().closed()
        if tables:
            tables[-1].open_cell.append(rows)
        else:
            yield from _table(rows)


def running_heads(texts: Sequence[str]) -> Iterator[Piece]:
    """Each once; a lone page number says nothing."""
    for text in dict.fromkeys(" ".join(text.split()) for text in texts):
        if any(c.isalpha() for c in text):
            yield Piece("furniture", text)


def _table(rows: Sequence[_Row]) -> Iterator[Piece]:
    """Two cells of several paragraphs stand side by side, and are read one by one: the heads and the signatures of
    official papers are laid out so. Other rows are a table's."""
    held: list[_Row] = []
    for each in rows:
        cells = [[part for part in cell if not isinstance(part, str) or part.strip()] for cell in each.cells]
        filled = sum(bool(cell) for cell in cells)
        if not filled:
            continue
        several = any(sum(isinstance(part, str) for part in cell) > 1 for cell in cells)
        if len(cells) <= 2 and (filled == 1 or several) and not any(each.goes_on):
            yield from _data_rows(held)
            held = []
            for part in (part for cell in cells for part in cell):
                yield from [Piece("paragraph", part)] if isinstance(part, str) else _table(part)
        else:
            held.append(_Row(cells, each.header, each.edges, each.goes_on))
    yield from _data_rows(held)


def _in_cell(cell: Sequence[str | list[_Row]]) -> str:
    return " ".join(part if isinstance(part, str) else in_cell(_table(part)) for part in cell)


def _data_rows(rows: Sequence[_Row]) -> Iterator[Piece]:
    columns = _columns(rows)
    headers = next((n for n, each in enumerate(rows) if not each.header), len(rows))
    written = [
        [
            Cell(
                _in_cell(cell),
                across=_across(columns, each.edges, n),
                goes_on=n < len(each.goes_on) and each.goes_on[n],
            )
            for n, cell in enumerate(each.cells)
        ]
        for each in rows
    ]
    yield from table_rows(written, headers=headers)


def _columns(rows: Sequence[_Row]) -> list[int]:
    """Where the table's columns begin and end; none, where a row doesn't say."""
    if any(len(each.edges) != len(each.cells) + 1 for each in rows):
        return []
    places: list[int] = []
    for edge in sorted({edge for each in rows for edge in each.edges}):
        if not places or edge - places[-1] > _SAME_EDGE:
            places.append(edge)
    return places


def _across(columns: Sequence[int], edges: Sequence[int], cell: int) -> int:
    """How many columns the cell takes."""
    if not columns:
        return 1
    inside = sum(edges[cell] + _SAME_EDGE < place < edges[cell + 1] - _SAME_EDGE for place in columns)
    return inside + 1
