"""What do readers hand over? Pieces of a file in order, each with what it is; together a text and its blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from retrieval.corpus.facts import Extract, Facts
from retrieval.corpus.legacy import Run, repair_runs
from retrieval.corpus.lines import clean
from retrieval.corpus.readers.source import WORDLESS, Source
from retrieval.corpus.readers.tables import Cell, unmerged
from retrieval.errors import UnreadableFile
from retrieval.records import Block, BlockKind

CELLS = " | "
"""Between the cells of a row."""
FEW_ROWS = 2
"""Rows of a table that may only lay texts out side by side, at most."""
_LONG_CELL, _LINES_IN_CELL = 800, 4
"""Characters and paragraphs from which a cell is a part of the page."""
_SPACES = re.compile(r"[ \t]+")
_SYMBOLS = str.maketrans(
    {
        "\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf076": "❖", "\uf0a8": "◻", "\uf0e8": "➔",
        "\uf0e0": "→", "\uf0de": "⇒", "\uf0f0": "➪", "\uf02d": "-", "\uf02b": "+", "\uf06f": "□", "\uf0b0": "°",
        "\uf0b4": "×", "\uf0b1": "±", "\uf0a3": "≤", "\uf0b3": "≥", "\uf0b9": "≠", "\uf0bb": "≈",
        "\uf0ae": "→", "\uf0f1": "•", "\uf071": "❑", "\uf072": "❒", "\uf0d2": "®",
    }
)  # fmt: skip
"""Signs of the fonts Symbol and Wingdings, which Word writes as code points for private use."""


@dataclass(frozen=True, slots=True)
class Piece:
    """`close`: no blank line before it, as between a list's items and a table's rows."""

    kind: BlockKind
    text: str
    level: int = 0
    page: int | None = None
    close: bool = False


def row(cells: Sequence[str], *, header: bool = False, page: int | None = None, close: bool = True) -> Piece:
    """A table's row. An empty cell in the middle keeps its place; those at the end are left out."""
    texts = [" ".join(cell.split()) for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return Piece("row", CELLS.join(texts).strip(), int(header), page, close)


def table_rows(
    rows: Sequence[Sequence[Cell]], *, headers: int = 0, page: int | None = None
) -> Iterator[Piece]:
    """A table's rows, each with its own values. `headers`: how many of them the format says name the columns."""
    texts, heads = unmerged(rows, headers=headers)
    first = True
    for number, cells in enumerate(texts):
        if any(cell.strip() for cell in cells):
            yield row(cells, header=number < heads, page=page, close=not first)
            first = False


def is_page(cell: Sequence[str]) -> bool:
    """Whether a cell, by its paragraphs, is no value of a row but a part of the page."""
    length = sum(map(len, cell))
    return length > (_LONG_CELL // 4 if len(cell) >= _LINES_IN_CELL else _LONG_CELL)


def lays_out(cells: Sequence[Sequence[str]], rows: int) -> bool:
    """Whether a row, by its cells' paragraphs, stands two texts side by side in a table of so many rows. The heads and
    the signatures of official papers are laid out so; a table of values has more rows, or one line in each cell.
    """
    if len(cells) != 2 or rows > FEW_ROWS:
        return False
    return any(sum(text.strip().count("\n") + 1 for text in cell) > 1 for cell in cells)


def in_cell(pieces: Iterable[Piece]) -> str:
    """What stands in a cell, on one line. A table inside it has other marks than the row around it: "Lương: 7.400.000;
    Phụ cấp: 650.000".
    """
    written = ""
    rows = False
    for piece in pieces:
        is_row = piece.kind == "row"
        text = piece.text.replace(CELLS, ": ", 1).replace(CELLS, ", ") if is_row else piece.text
        written += ("; " if is_row and rows else " ") * bool(written) + text
        rows = is_row
    return written


def extract_of(
    pieces: Iterable[Piece], *, found: Facts | None = None, meta: Mapping[str, Any] | None = None
) -> Extract:
    """The pieces that hold something as one text, in NFC, with their blocks."""
    parts: list[str] = []
    blocks: list[Block] = []
    length = 0
    for piece in pieces:
        text = _tidy(piece.text)
        if not text:
            continue
        if blocks:
            gap = "\n" if piece.close else "\n\n"
            parts.append(gap)
            length += len(gap)
        blocks.append(Block(piece.kind, length, length + len(text), piece.level, piece.page))
        parts.append(text)
        length += len(text)
    return Extract(
        "".join(parts), found=found or Facts(), saved_page=False, blocks=tuple(blocks), meta=meta or {}
    )


def worded(extract: Extract, source: Source, why: str = WORDLESS) -> Extract:
    """The extract. Raises UnreadableFile, which says `why`, where it holds no text."""
    if not extract.text:
        raise UnreadableFile(source.name, why)
    return extract


def in_unicode(pieces: Sequence[Piece], source: Source, why: str = WORDLESS) -> Extract:
    """The pieces as one text, what is written for old fonts in Unicode. Raises UnreadableFile as `worded` does."""
    texts = repair_runs([[Run(piece.text)] for piece in pieces])
    pairs = zip(pieces, texts, strict=True)
    return worded(extract_of(replace(piece, text=text) for piece, text in pairs), source, why)


def _tidy(text: str) -> str:
    lines = (_SPACES.sub(" ", line).strip() for line in clean(symbols(text)).split("\n"))
    return "\n".join(line for line in lines if line)


def symbols(text: str) -> str:
    """The text with the signs of Symbol and Wingdings in Unicode."""
    return text.translate(_SYMBOLS)
