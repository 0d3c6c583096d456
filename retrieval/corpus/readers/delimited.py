"""A .csv or .tsv file: a sheet that somebody exported, whose encoding and delimiter its own text shows."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO

from retrieval.corpus.encoding import decode
from retrieval.corpus.facts import Extract
from retrieval.corpus.readers.cells import sheet_pieces
from retrieval.corpus.readers.pieces import extract_of
from retrieval.corpus.readers.plain import check_lines
from retrieval.corpus.readers.source import Source
from retrieval.errors import UnreadableFile

_DELIMITERS = "\t;,|"
"""Of two that part as many lines equally well, the first: a comma stands inside numbers and sentences too."""
_LOOKED_AT = 200
_SAID = "sep="
"""Excel's own first line, which names the delimiter: "sep=;"."""
_LONGEST = 20_000
"""Characters of a cell from which a quotation mark was no quotation."""


def read(stream: BinaryIO, source: Source) -> Iterator[Extract]:
    text = check_lines(decode(stream.read(), where=source.name), source).lstrip("\ufeff")
    delimiter = _delimiter(text)
    if text.lower().startswith(_SAID):
        text = text.partition("\n")[2]
    try:
        rows = _rows(text, delimiter, source)
    except csv.Error as error:
        raise UnreadableFile(source.name, "bảng không đọc được; hãy lưu lại thành .xlsx") from error
    yield extract_of(sheet_pieces("", rows, rows))


def _rows(text: str, delimiter: str, source: Source) -> list[list[str]]:
    most = source.settings.max_sheet_rows
    for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting)
        try:
            rows = [[" ".join(cell.split()) for cell in row] for row in islice(lines, most)]
        except csv.Error:
            if quoting == csv.QUOTE_NONE:
                raise
            continue
        if all(len(cell) < _LONGEST for row in rows for cell in row):
            break
    left = sum(1 for _ in lines)
    if left:
        total, limit = (f"{count:,}".replace(",", ".") for count in (left + most, most))
        source.report(source.name, f"bảng có {total} dòng, chỉ đọc {limit} dòng đầu; hãy chia nhỏ tệp")
    return rows


def _delimiter(text: str) -> str:
    """The one that parts most of the first lines into as many cells as each other, two or more."""
    first = text[: len(_SAID) + 1].lower()
    if first.startswith(_SAID) and first[-1] in _DELIMITERS:
        return first[-1]
    found, best = ",", (0.0, 0)
    for delimiter in _DELIMITERS:
        counts = Counter(
            len(row)
            for row in islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), _LOOKED_AT)
            if row
        )
        cells, lines = max(counts.items(), key=lambda item: (item[0] > 1, item[1]), default=(1, 0))
        share = lines / max(sum(counts.values()), 1)
        if cells > 1 and (round(share, 1), cells) > best:
            found, best = delimiter, (round(share, 1), cells)
    return found
