"""An .xls or .xlsx file: each sheet a section, its rows the rows of tables with the names of their columns."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from itertools import islice
from typing import Any, BinaryIO

from retrieval.corpus.facts import Extract
from retrieval.corpus.legacy import Run, repair_runs
from retrieval.corpus.readers.archive import Archive
from retrieval.corpus.readers.cells import Cell, Merged, code_columns, sheet_pieces, shown
from retrieval.corpus.readers.panics import without_panics
from retrieval.corpus.readers.pieces import Piece, extract_of
from retrieval.corpus.readers.source import ENCRYPTED, Source
from retrieval.errors import UnreadableFile

_PLACE = re.compile(rb"<(?:x:)?c [^>]{0,40}?r=\"([A-Z]{1,3})(\d{1,7})\"")

_MOST_MERGED = 20_000


def read(stream: BinaryIO, source: Source) -> Iterator[Extract]:
    import python_calamine

    data = stream.read()
    if zipfile.is_zipfile(io.BytesIO(data)):
        _check_places(Archive(io.BytesIO(data), source), source)
    try:
        with without_panics():
            workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except python_calamine.PasswordError as error:
        raise UnreadableFile(source.name, ENCRYPTED) from error
    except BaseException as error:
        raise _damaged(error, source) from None
    pieces: list[Piece] = []
    try:
        for name in workbook.sheet_names:
            pieces += _sheet(workbook, name, source)
    except BaseException as error:
        raise _damaged(error, source) from None
    extract = extract_of(pieces)
    if not any(block.kind != "heading" for block in extract.blocks):
        raise UnreadableFile(source.name, "không có ô nào có chữ hay số; hãy bỏ ra")
    yield extract


def _damaged(error: BaseException, source: Source) -> BaseException:
    """What to raise where calamine fails on a damaged file, which it does in any way: its panics are no Exception."""
    if isinstance(error, UnreadableFile | KeyboardInterrupt | SystemExit | MemoryError):
        return error
    reason = "tệp bảng tính hỏng hoặc bị cắt; hãy mở bằng Excel rồi lưu lại"
    return UnreadableFile(source.name, reason)


def _sheet(workbook: Any, name: str, source: Source) -> Iterator[Piece]:
    try:
        with without_panics():
            sheet = workbook.get_sheet_by_name(name)
    except Exception:  # a chart's sheet, or a damaged one
        return
    if getattr(sheet, "height", 0) * getattr(sheet, "width", 0) == 0:
        return
    most = source.settings.max_sheet_rows
    with without_panics():
        rows: list[list[Cell]] = list(islice(sheet.iter_rows(), most))
    if sheet.height > most:
        total = f"{sheet.height:,}".replace(",", ".")
        limit = f"{most:,}".replace(",", ".")
        source.report(
            source.name, f'trang tính "{name}" có {total} dòng, chỉ đọc {limit} dòng đầu; hãy chia nhỏ tệp'
        )
    codes = code_columns(rows)
    written = [[shown(value, code=n in codes) for n, value in enumerate(cells)] for cells in rows]
    flat = iter(repair_runs([[Run(cell.replace("\n", " "))] for cells in written for cell in cells]))
    texts = [[next(flat) for _ in cells] for cells in written]
    if any(cell for cells in texts for cell in cells):
        yield from sheet_pieces(repair_runs([[Run(name)]])[0], rows, texts, _merged(sheet))


def _merged(sheet: Any) -> list[Merged]:
    """The merged cells, counted as the rows' cells are: calamine leaves out empty columns before the first."""
    left = sheet.start[1] if sheet.start else 0
    found = (sheet.merged_cell_ranges or [])[:_MOST_MERGED]
    return [((a[0], a[1] - left), (z[0], z[1] - left)) for a, z in found if a[1] >= left and a != z]


def _check_places(archive: Archive, source: Source) -> None:
    """Refuses sheets whose cells stand so far apart that the empty ones between them would fill the memory."""
    most = source.settings.max_sheet_cells
    for name in archive.names():
        if not name.startswith("xl/worksheets/") or not name.endswith(".xml"):
            continue
        rows = 0
        columns: set[bytes] = set()
        for place in _PLACE.finditer(archive.part(name)):
            columns.add(place[1])
            rows = max(rows, int(place[2]))
        across = max(map(_column, columns), default=0)
        if rows * across > most:
            limit = f"{most:,}".replace(",", ".")
            reason = f"trang tính quá rộng ({rows} dòng × {across} cột, giới hạn {limit} ô); hãy chia nhỏ tệp"
            raise UnreadableFile(source.name, reason)


def _column(letters: bytes) -> int:
    """A column's number, from 1, by its letters: "AB" is 28."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
