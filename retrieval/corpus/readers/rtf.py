"""An .rtf file: paragraphs and tables; striprtf takes the text out of the format."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from retrieval.corpus.facts import Extract
from retrieval.corpus.legacy import repair
from retrieval.corpus.readers.pieces import Piece, extract_of, rows_of_cells
from retrieval.corpus.readers.source import WORDLESS, Source
from retrieval.errors import UnreadableFile

_ROW_START, _ROW_END, _CELL_END = "\x1d", "\x1e", "\x1f"
_MARKS = (
    (re.compile(r"\\trowd(?![a-z])"), _ROW_START),
    (re.compile(r"\\(?:nest)?row(?![a-z])"), _ROW_END),
    (re.compile(r"\\(?:nest)?cell(?![a-z])"), _CELL_END),
)
_BINARY = re.compile(rb"\\bin\d+")


def read(stream: BinaryIO, source: Source) -> Iterator[Extract]:
    from striprtf.striprtf import rtf_to_text

    data = stream.read()
    markup = _BINARY.sub(b"", data).decode("latin-1")
    for pattern, mark in _MARKS:
        markup = pattern.sub(lambda _, mark=mark: f"{mark}\\plain", markup)  # type: ignore[misc]
    try:
        text = rtf_to_text(markup, errors="ignore")
    except Exception as error:  # damaged groups and code pages make striprtf fail in any way
        raise UnreadableFile(source.name, "tệp RTF hỏng hoặc bị cắt; hãy mở bằng Word rồi lưu lại") from error
    extract = extract_of(_pieces(repair(text)))
    if not extract.text:
        raise UnreadableFile(source.name, WORDLESS)
    yield extract


def _pieces(text: str) -> Iterator[Piece]:
    cells: list[list[str]] = []
    in_row = follows = False
    for part in re.split(f"([{_ROW_START}{_ROW_END}{_CELL_END}])", text):
        if part == _ROW_START:
            in_row = True
        elif part == _ROW_END:
            yield from rows_of_cells(cells, close=follows)
            cells, in_row, follows = [], False, True
        elif part != _CELL_END:
            lines = [line for line in part.split("\n") if line.strip()]
            if in_row:
                cells.append(lines)
            elif lines:
                yield from (Piece("paragraph", line) for line in lines)
                follows = False
    yield from rows_of_cells(cells)
