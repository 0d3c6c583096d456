"""Which paragraphs, rows and notes does Word's body hold, and what is each?

The elements are walked, not the runs that a library knows: insertions, content controls, smart tags, fields and text
boxes hold text too. What was deleted or moved away stays out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from retrieval.corpus.readers.docx.numbering import read_numbering
from retrieval.corpus.readers.docx.styles import Styles
from retrieval.corpus.readers.docx.xml import W, attribute, children, in_font, is_on, number, unmarked
from retrieval.corpus.readers.list_numbers import Numbering
from retrieval.corpus.readers.pieces import Piece, in_cell, is_page, lays_out, table_rows
from retrieval.corpus.readers.tables import Cell

_AWAY = frozenset(
    f"{W}{name}" for name in "del moveFrom instrText delText pPr rPr sdtPr tcPr trPr tblPr".split()
)
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DEEPEST = 60
"""Tables inside tables inside text boxes: what lies deeper is read as one paragraph."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The XML parts of a file. `notes`: footnotes and endnotes. `heads`: what repeats at the top of pages."""

    document: Any
    styles: Any
    numbering: Any
    notes: list[Any] = field(default_factory=list)
    heads: list[Any] = field(default_factory=list)


def pieces_of(parts: Parts) -> Iterator[Piece]:
    """The document's paragraphs, rows and notes in order; what repeats at the top of its pages first, once."""
    styles = Styles(parts.styles)
    reader = _Reader(styles, read_numbering(parts.numbering))
    seen: set[str] = set()
    for head in parts.heads:
        for piece in reader.inside(head, 0):
            if piece.text.strip() and piece.text not in seen:
                seen.add(piece.text)
                yield Piece("furniture", piece.text)
    for body in parts.document.iter(f"{W}body"):
        yield from reader.inside(body, 0)
        break
    for notes in parts.notes:
        for note in notes:
            if attribute(note, "type") in (None, "normal"):
                text = " ".join(piece.text.strip() for piece in reader.inside(note, 0))
                yield Piece("footnote", text)


@dataclass(slots=True)
class _Reader:
    styles: Styles
    numbering: Numbering

    def inside(self, container: Any, depth: int) -> Iterator[Piece]:
        for node in container:
            if node.tag == f"{W}p":
                yield from self._paragraph(node, depth)
            elif node.tag == f"{W}tbl":
                yield from self._table(node, depth)
            elif node.tag not in _AWAY and isinstance(node.tag, str) and node.tag != _FALLBACK:
                if depth < _DEEPEST:
                    yield from self.inside(node, depth + 1)
                else:
                    yield Piece("paragraph", "".join(node.itertext(f"{W}t")))

    def _paragraph(self, paragraph: Any, depth: int) -> Iterator[Piece]:
        look = self.styles.look_of(paragraph)
        boxes: list[Any] = []
        text = "".join(self._runs(paragraph, look.font, boxes)).strip("\n")
        label = self.numbering.label(look.numbering, look.level)  # an empty paragraph is counted too
        if text.strip():
            yield _piece(text, label, look.outline, look.list_style)
        for box in boxes:
            if depth < _DEEPEST:
                yield from self.inside(box, depth + 1)

    def _runs(self, container: Any, font: str | None, boxes: list[Any]) -> Iterator[str]:
        """The text of a paragraph's runs; the text boxes that hang on it go to `boxes`."""
        stack: list[tuple[Any, str | None]] = [(node, font) for node in reversed(container)]
        while stack:
            node, face = stack.pop()
            tag = node.tag
            if tag in _AWAY or tag == _FALLBACK or not isinstance(tag, str):
                continue
            if tag == f"{W}txbxContent":
                boxes.append(node)
                continue
            if tag == f"{W}r":
                properties = node.find(f"{W}rPr")
                if is_on(properties, "vanish"):
                    continue
                face = self.styles.font_of(properties) or face
            elif tag == f"{W}t":
                yield in_font(node.text or "", face)
                continue
            elif written := _character(node):
                yield in_font(written, face)
                continue
            stack.extend((child, face) for child in reversed(node))

    def _table(self, table: Any, depth: int) -> Iterator[Piece]:
        held: list[list[Cell]] = []
        headers = 0
        rows = list(children(table, "tr"))
        for each in rows:
            cells: list[list[Piece]] = []
            shapes: list[Cell] = []
            for cell in children(each, "tc"):
                shape = _shape(cell)
                found = [] if shape.goes_on or depth >= _DEEPEST else list(self.inside(cell, depth + 1))
                cells.append([piece for piece in found if piece.text.strip()])
                shapes.append(replace(shape, text=in_cell(cells[-1])))
            merged = any(shape.goes_on for shape in shapes)
            if not any(cells) and not merged:
                continue
            written = [[unmarked(piece.text) for piece in cell if piece.kind != "row"] for cell in cells]
            laid_out = any(map(is_page, written)) or (not merged and lays_out(written, len(rows)))
            if (len(cells) == 1 and not merged) or laid_out:
                yield from table_rows(held, headers=headers)
                held, headers = [], 0
                yield from (piece for cell in cells for piece in cell)
                continue
            headers += headers == len(held) and is_on(each.find(f"{W}trPr"), "tblHeader")
            before = number(each.find(f"{W}trPr/{W}gridBefore"), "val") or 0
            held.append([*([Cell("", across=before)] if before > 0 else []), *shapes])
        yield from table_rows(held, headers=headers)


def _shape(cell: Any) -> Cell:
    """How many columns the cell takes, and whether it belongs to the one above."""
    properties = cell.find(f"{W}tcPr")
    if properties is None:
        return Cell("")
    merge = properties.find(f"{W}vMerge")
    return Cell(
        "",
        across=number(properties.find(f"{W}gridSpan"), "val") or 1,
        goes_on=merge is not None and attribute(merge, "val") in (None, "continue"),
    )


def _piece(text: str, label: tuple[str, int | None], outline: int | None, list_style: int | None) -> Piece:
    """A heading by its style, an item by its bullet; a numbered paragraph is for the whole text to judge."""
    mark, depth = label
    written = f"{mark} {text}" if mark else text
    if outline is not None and len(unmarked(written)) <= 300:
        return Piece("heading", written, outline + 1)
    if depth is not None:
        return Piece("item", written, depth + 1, close=depth > 0)
    if list_style is not None and not mark:
        return Piece("item", written, list_style)
    return Piece("paragraph", written)


_CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\xad"}


def _character(node: Any) -> str:
    """What an element stands for that is a character of its own."""
    name = node.tag.removeprefix(W)
    if name == "sym":
        code = attribute(node, "char") or ""
        return chr(int(code, 16)) if re.fullmatch(r"[0-9A-Fa-f]{1,4}", code) else ""
    return "" if attribute(node, "type") in ("page", "column") else _CHARACTERS.get(name, "")
