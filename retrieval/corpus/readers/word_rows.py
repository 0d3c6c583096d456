"""Which headings, paragraphs and rows do the paragraphs of an old Word file or an .rtf make?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from retrieval.corpus.legacy import Run
from retrieval.corpus.readers.pieces import Piece, table_rows
from retrieval.corpus.readers.tables import Cell

_DEEPEST = 6
_SAME_EDGE = 30
"""Twips, a twentieth of a point each: edges of cells this near are meant to be one."""


@dataclass(slots=True)
class Paragraph:
    """`ends_cell`, `ends_row`: what its last character closes. `heading`: its level, or 0. `label`: the number that
    Word shows before it. `edges`, `goes_on`: of a row's end, where its cells end, in twips, from the first's beginning
    on, and which of them belong to the cell above.
    """

    runs: list[Run] = field(default_factory=list)
    ends_cell: bool = False
    ends_row: bool = False
    in_table: bool = False
    heading: int = 0
    header_row: bool = False
    label: str = ""
    edges: tuple[int, ...] = ()
    goes_on: tuple[bool, ...] = ()


@dataclass(slots=True)
class _Row:
    """Its cells' paragraphs."""

    cells: list[list[str]]
    header: bool = False
    edges: tuple[int, ...] = ()
    goes_on: tuple[bool, ...] = ()


def word_pieces(paragraphs: Sequence[Paragraph], texts: Sequence[str]) -> Iterator[Piece]:
    """What the paragraphs are, in order. `texts`: theirs, in Unicode."""
    rows: list[_Row] = []
    cells: list[list[str]] = []
    open_cell: list[str] = []
    for paragraph, written in zip(paragraphs, texts, strict=True):
        text = f"{paragraph.label} {written}" if paragraph.label and written.strip() else written
        if not paragraph.in_table and not paragraph.ends_cell:
            if cells or open_cell:
                rows.append(_Row([*cells, open_cell] if open_cell else cells))
            yield from _table(rows)
            rows, cells, open_cell = [], [], []
            if paragraph.heading:
                yield Piece("heading", " ".join(text.split()), min(paragraph.heading, _DEEPEST))
            else:
                yield Piece("paragraph", text)
        elif paragraph.ends_row:
            if open_cell:
                cells.append(open_cell)
            rows.append(_Row(cells, paragraph.header_row, paragraph.edges, paragraph.goes_on))
            cells, open_cell = [], []
        else:
            open_cell.append(text)
            if paragraph.ends_cell:
                cells.append(open_cell)
                open_cell = []
    if cells or open_cell:
        rows.append(_Row([*cells, open_cell] if open_cell else cells))
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
        cells = [[text for text in cell if text.strip()] for cell in each.cells]
        filled = sum(bool(cell) for cell in cells)
        if not filled:
            continue
        lays_out = len(cells) <= 2 and (filled == 1 or any(len(cell) > 1 for cell in cells))
        if lays_out and not any(each.goes_on):
            yield from _data_rows(held)
            held = []
            yield from (Piece("paragraph", text) for cell in cells for text in cell)
        else:
            held.append(_Row(cells, each.header, each.edges, each.goes_on))
    yield from _data_rows(held)


def _data_rows(rows: Sequence[_Row]) -> Iterator[Piece]:
    columns = _columns(rows)
    headers = next((n for n, each in enumerate(rows) if not each.header), len(rows))
    written = [
        [
            Cell(
                " ".join(cell),
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
