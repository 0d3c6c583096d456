"""An .odt or .ods file: headings, lists, tables and footnotes of OpenDocument; a sheet is a section."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from retrieval.corpus.facts import Extract
from retrieval.corpus.legacy import Run, repair_runs
from retrieval.corpus.readers.archive import Archive, attribute, local
from retrieval.corpus.readers.pieces import Piece, extract_of, table_rows
from retrieval.corpus.readers.source import WORDLESS, Source
from retrieval.corpus.readers.tables import Cell, span
from retrieval.errors import UnreadableFile

_DEEPEST = 6
_MOST_REPEATED = 200
"""A cell that is said to stand there more often fills the sheet to its edge, and is no content."""


def read(stream: BinaryIO, source: Source) -> Iterator[Extract]:
    archive = Archive(stream, source)
    if b"encryption-data" in archive.part("META-INF/manifest.xml"):
        raise archive.encrypted()
    root = archive.xml("content.xml")
    if root is None:
        raise archive.damaged()
    body = next((node for node in root.iter() if local(node) == "body"), root)
    notes: list[Piece] = []
    pieces = [*_walk(body, 0, notes, source.settings.max_sheet_rows), *notes]
    texts = repair_runs([[Run(piece.text)] for piece in pieces])
    extract = extract_of(
        Piece(p.kind, text, p.level, p.page, p.close) for p, text in zip(pieces, texts, strict=True)
    )
    if not extract.text:
        raise UnreadableFile(source.name, WORDLESS)
    yield extract


def _walk(node: Any, depth: int, notes: list[Piece], most: int) -> Iterator[Piece]:
    """`depth`: of lists around. `most`: rows of a table that are read."""
    for child in node:
        name = local(child)
        if name == "h":
            level = attribute(child, "outline-level")
            yield Piece(
                "heading",
                " ".join(_text(child, notes).split()),
                min(int(level), _DEEPEST) if level.isdigit() and int(level) else 1,
            )
        elif name == "p":
            text = _text(child, notes)
            yield Piece("item", text, min(depth, _DEEPEST), close=True) if depth else Piece("paragraph", text)
        elif name == "list":
            yield from _walk(child, depth + 1, notes, most)
        elif name == "table":
            if local(node) == "spreadsheet":
                yield Piece("heading", attribute(child, "name"), 1)
            yield from _table(child, notes, most)
        elif name not in ("tracked-changes", "annotation", "forms", "sequence-decls"):
            yield from _walk(child, depth, notes, most)


def _table(node: Any, notes: list[Piece], most: int) -> Iterator[Piece]:
    rows: list[list[Cell]] = []
    headers = 0
    for line in node.iter():
        if local(line) != "table-row" or len(rows) >= most:
            continue
        cells: list[Cell] = []
        for cell in line:
            if local(cell) != "table-cell":
                continue
            text = " ".join(_text(p, notes) for p in cell.iter() if local(p) in ("p", "h"))
            times = span(attribute(cell, "number-columns-repeated"))
            made = Cell(
                " ".join(text.split()),
                across=span(attribute(cell, "number-columns-spanned")),
                down=span(attribute(cell, "number-rows-spanned")),
            )
            cells += [made] * (times if times <= _MOST_REPEATED else 1)
        if any(cell.text for cell in cells) or any(cell.down > 1 for cell in cells):
            headers += headers == len(rows) and local(line.getparent()) == "table-header-rows"
            rows.append(cells)
        else:
            yield from table_rows(rows, headers=headers)
            rows, headers = [], 0
    yield from table_rows(rows, headers=headers)


def _text(node: Any, notes: list[Piece]) -> str:
    parts = [node.text or ""]
    for child in node:
        name = local(child)
        if name == "s":
            count = attribute(child, "c")
            parts.append(" " * (min(int(count), 100) if count.isdigit() else 1))
        elif name == "tab":
            parts.append("\t")
        elif name == "line-break":
            parts.append("\n")
        elif name == "note":
            body = [_text(p, notes) for p in child.iter() if local(p) == "p"]
            notes.append(Piece("footnote", " ".join(body)))
        elif name not in ("annotation", "tracked-changes"):
            parts.append(_text(child, notes))
        parts.append(child.tail or "")
    return "".join(parts)
