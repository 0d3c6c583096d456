"""An .odt, .ods or .odp file: headings, lists, tables and footnotes; a sheet or a slide is a section."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, BinaryIO

from retrieval.corpus.facts import Extract
from retrieval.corpus.readers.archive import Archive, attribute, local
from retrieval.corpus.readers.odf_lists import Lists
from retrieval.corpus.readers.pieces import (
    FEW_ROWS,
    Piece,
    in_cell,
    in_unicode,
    is_page,
    lays_out,
    table_rows,
)
from retrieval.corpus.readers.source import Source
from retrieval.corpus.readers.tables import Cell, span

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
    reader = _Reader(Lists(root, archive.xml("styles.xml")), source)
    pieces = [*reader.walk(body), *reader.notes]
    yield in_unicode(pieces, source)


@dataclass(slots=True)
class _Reader:
    lists: Lists
    source: Source
    notes: list[Piece] = field(default_factory=list)

    def walk(self, node: Any) -> Iterator[Piece]:
        for child in node:
            name = local(child)
            if name == "h":
                yield self._heading(child, None)
            elif name == "p":
                yield Piece("paragraph", _text(child, self.notes))
            elif name == "list":
                yield from self._list(child, self.lists.open(child), 0)
            elif name == "page":
                yield from self._slide(child)
            elif name == "table":
                if local(node) == "spreadsheet":
                    yield Piece("heading", attribute(child, "name"), 1)
                yield from self._table(child, laid_out=local(node) != "spreadsheet")
            elif name not in ("tracked-changes", "annotation", "forms", "sequence-decls"):
                yield from self.walk(child)

    def _slide(self, node: Any) -> Iterator[Piece]:
        """Its title first, wherever that stands, then its texts and tables, then what its notes say."""
        titles = [frame for frame in node if attribute(frame, "class") == "title"]
        for title in titles:
            text = " ".join(_text(p, self.notes) for p in title.iter() if local(p) == "p")
            yield Piece("heading", " ".join(text.split()), 1)
        yield from self.walk([frame for frame in node if frame not in titles])

    def _heading(self, node: Any, label: str | None) -> Piece:
        """`label`: its number as an item of a list; None, where it stands in none."""
        written = attribute(node, "outline-level")
        level = int(written) if written.isdigit() and int(written) else 1
        label = self.lists.heading(node, level - 1) if label is None else label
        text = " ".join(f"{label} {_text(node, self.notes)}".split())
        return Piece("heading", text, min(level, _DEEPEST))

    def _list(self, node: Any, opened: int | None, depth: int) -> Iterator[Piece]:
        """`depth`: of lists around. An item's number stands before its first paragraph; without a known style, or with
        a bullet, it is an item of a list, with a number a paragraph for the whole text to judge, as in .docx.
        """
        for item in node:
            first = local(item) == "list-item"
            for child in item:
                name = local(child)
                if name == "list":
                    inner = self.lists.open(child) if attribute(child, "style-name") else opened
                    yield from self._list(child, inner if inner is not None else opened, depth + 1)
                elif name in ("h", "p"):
                    label, bullet = self.lists.label(opened, depth, item) if first else ("", None)
                    if name == "h":
                        yield self._heading(child, label)
                    elif opened is None or bullet is not None or not first:
                        text = _text(child, self.notes)
                        yield Piece("item", text, min(depth + 1, _DEEPEST), close=True)
                    else:
                        yield Piece("paragraph", f"{label} {_text(child, self.notes)}")
                    first = False
                elif name != "number":
                    yield from self.walk([child])

    def _table(self, node: Any, *, laid_out: bool) -> Iterator[Piece]:
        """`laid_out`: whether cells may be parts of the page, whose paragraphs are read one by one."""
        rows: list[list[Cell]] = []
        headers = 0
        most = self.source.settings.max_sheet_rows
        count = sum(1 for _ in islice(_rows(node), FEW_ROWS + 1))
        lines = _rows(node)
        for line in islice(lines, most):
            cells: list[Cell] = []
            parts: list[list[Piece]] = []
            for cell in line:
                if local(cell) != "table-cell":
                    continue
                parts.append([piece for piece in self.walk(cell) if piece.text.strip()])
                times = span(attribute(cell, "number-columns-repeated"))
                made = Cell(
                    " ".join(in_cell(parts[-1]).split()),
                    across=span(attribute(cell, "number-columns-spanned")),
                    down=span(attribute(cell, "number-rows-spanned")),
                )
                cells += [made] * (times if times <= _MOST_REPEATED else 1)
            alone = len(cells) == 1 and cells[0].down == 1
            texts = [[piece.text for piece in cell if piece.kind != "row"] for cell in parts]
            if laid_out and (alone or any(map(is_page, texts)) or lays_out(texts, count)):
                yield from table_rows(rows, headers=headers)
                rows, headers = [], 0
                yield from (piece for cell in parts for piece in cell)
            elif any(cell.text for cell in cells) or any(cell.down > 1 for cell in cells):
                headers += headers == len(rows) and local(line.getparent()) == "table-header-rows"
                rows.append(cells)
            else:
                yield from table_rows(rows, headers=headers)
                rows, headers = [], 0
        yield from table_rows(rows, headers=headers)
        if left := sum(1 for line in lines if "".join(line.itertext()).strip()):
            total, limit = (f"{count:,}".replace(",", ".") for count in (left + most, most))
            name = attribute(node, "name")
            reason = f'bảng "{name}" có {total} dòng, chỉ đọc {limit} dòng đầu; hãy chia nhỏ tệp'
            self.source.report(self.source.name, reason)


def _rows(node: Any) -> Iterator[Any]:
    """The table's rows, without those of tables in its cells."""
    for child in node:
        if local(child) == "table-row":
            yield child
        elif local(child) in ("table-rows", "table-header-rows", "table-row-group"):
            yield from _rows(child)


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
        elif name not in ("annotation", "tracked-changes", "number"):
            parts.append(_text(child, notes))
        parts.append(child.tail or "")
    return "".join(parts)
