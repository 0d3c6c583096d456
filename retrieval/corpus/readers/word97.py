"""What is in a Word 97 to 2003 document: paragraphs of runs with their fonts, as [MS-DOC] lays them out?

A file information block points to tables: pieces (where the text lies), formatted pages of 512 bytes (which run has
which properties), styles and fonts.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple, TypeVar

from retrieval.corpus.legacy import Run, western
from retrieval.corpus.readers.word_rows import Paragraph

_MAGIC = 0xA5EC
_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200
_FONTS, _STYLES, _PIECES, _RUNS, _PARAGRAPHS = 0x112, 0xA2, 0x1A2, 0xFA, 0x102
_COUNTS = 0x4C
"""Where the lengths of the document's parts stand, in characters."""
PARTS = ("text", "footnotes", "headers", "macros", "comments", "endnotes", "boxes", "header boxes")
_FC_NARROW, _FC = 0x40000000, 0x3FFFFFFF
_PAGE = 512
_OPERAND = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
_FONT, _FAR_FONT, _DELETED, _STYLE, _HIDDEN, _SYMBOL = 0x4A4F, 0x4A51, 0x0800, 0x4A30, 0x083C, 0x6A09
_IN_TABLE, _ROW_END, _OUTLINE, _TABLE_HEADER = 0x2416, 0x2417, 0x2640, 0x3404
_ROW_CELLS = 0xD608
_LONG_TABLE = (_ROW_CELLS, 0xD606)
_CELL_SIZE, _MERGED_DOWN, _MERGED_DOWN_ON = 20, 0x0060, 0x0020
"""Of a row's description: bytes for each cell, and the bits that say how it is merged with those above and below."""
_TABS = 0xC615
_MOST_TEXT = 4
"""Characters of text for each byte of the file; pieces that lie over each other would give more."""
_DROPPED = {ord(c): None for c in "\x01\x02\x03\x04\x05\x06\x08"} | {
    0x0B: "\n",
    0x0E: "\n",
    0x1E: "-",
    0x1F: "\xad",
    0xA0: " ",
}


class DamagedWord(ValueError):
    """The file breaks off or contradicts itself."""


class EncryptedWord(ValueError):
    """A password is needed."""


class OlderWord(ValueError):
    """Word 6 or 95, which lays its files out in another way."""


_Held = TypeVar("_Held")


class _Chars(NamedTuple):
    font: int | None = None
    style: int | None = None
    dropped: bool = False
    symbol: str = ""


class _Paras(NamedTuple):
    style: int = 0
    in_table: bool = False
    row_end: bool = False
    outline: int | None = None
    header_row: bool = False
    edges: tuple[int, ...] = ()
    goes_on: tuple[bool, ...] = ()


class Word97:
    """A document's parts. Raises DamagedWord, EncryptedWord, OlderWord."""

    def __init__(self, document: bytes, tables: dict[str, bytes]) -> None:
        try:
            self._open(document, tables)
        except (struct.error, IndexError, KeyError) as error:
            raise DamagedWord(str(error)) from error

    def _open(self, document: bytes, tables: dict[str, bytes]) -> None:
        self._data = document
        if _u16(document, 0) != _MAGIC:
            raise OlderWord
        flags = _u16(document, 0x0A)
        if flags & _ENCRYPTED:
            raise EncryptedWord
        self._table = tables["1Table" if flags & _SECOND_TABLE else "0Table"]
        self._lengths = [_u32(document, _COUNTS + 4 * n) for n in range(len(PARTS))]
        self._fonts = self._read_fonts()
        self._pieces = self._read_pieces()
        self._style_fonts, self._headings, self._usual = self._read_styles()
        self._chars = [(a, z, _chars(g)) for a, z, g in self._formatted(_RUNS, paragraphs=False)]
        self._paras = [(a, z, _paras(g)) for a, z, g in self._formatted(_PARAGRAPHS, paragraphs=True)]
        self._char_starts = [a for a, _, _ in self._chars]
        self._para_starts = [a for a, _, _ in self._paras]

    def part(self, name: str) -> list[Paragraph]:
        """The paragraphs of a part, without codes of fields, deletions and what is hidden."""
        number = PARTS.index(name)
        first = sum(self._lengths[:number])
        try:
            return list(_paragraphs(self._runs(first, first + self._lengths[number]), self._headings))
        except (struct.error, IndexError) as error:
            raise DamagedWord(str(error)) from error

    def _at(self, offset: int) -> bytes:
        start, length = struct.unpack_from("<II", self._data, offset)
        return self._table[start : start + length]

    def _read_fonts(self) -> list[str]:
        data = self._at(_FONTS)
        fonts: list[str] = []
        place = 4
        while place < len(data):
            length = data[place]
            record = data[place + 1 : place + 1 + length]
            fonts.append(record[39:].decode("utf-16-le", "replace").split("\0")[0])
            place += 1 + length
        return fonts

    def _read_pieces(self) -> list[tuple[int, int, int, int]]:
        """(first character, end, offset in the file, bytes a character)."""
        data = self._at(_PIECES)
        place = 0
        while place < len(data) and data[place] == 1:
            place += 3 + _u16(data, place + 1)
        if place >= len(data) or data[place] != 2:
            raise DamagedWord("no table of pieces")
        data = data[place + 5 : place + 5 + _u32(data, place + 1)]
        count = (len(data) - 4) // 12
        pieces = []
        total = 0
        for n in range(count):
            start, end = _u32(data, 4 * n), _u32(data, 4 * n + 4)
            code = _u32(data, 4 * (count + 1) + 8 * n + 2)
            width = 1 if code & _FC_NARROW else 2
            offset = (code & _FC) // (2 if width == 1 else 1)
            end = min(end, start + max(0, len(self._data) - offset) // width)
            total += max(0, end - start)
            if total > _MOST_TEXT * len(self._data):
                raise DamagedWord("pieces over each other")
            pieces.append((start, end, offset, width))
        return pieces

    def _read_styles(self) -> tuple[dict[int, int | None], dict[int, int], int | None]:
        """The fonts of styles by their numbers, the levels of headings, and the font of what has no style."""
        data = self._at(_STYLES)
        if len(data) < 20:
            return {}, {}, None
        length = _u16(data, 0)
        count, base = _u16(data, 2), _u16(data, 4)
        usual = _u16(data, 14)
        place = 2 + length
        raw: dict[int, tuple[int, int | None]] = {}
        headings: dict[int, int] = {}
        for n in range(count):
            if place + 2 > len(data):
                break
            size = _u16(data, place)
            record = data[place + 2 : place + 2 + size]
            place += 2 + size
            if size < max(base, 10):
                continue
            kind = _u16(record, 0) & 0x0FFF
            if 1 <= kind <= 9:
                headings[n] = kind
            raw[n] = (_u16(record, 2) >> 4, _style_font(record, base))
        fonts: dict[int, int | None] = {}
        for n in raw:
            at, seen = n, set[int]()
            while at in raw and at not in seen and raw[at][1] is None:
                seen.add(at)
                at = raw[at][0]
            fonts[n] = raw[at][1] if at in raw else None
        return fonts, headings, usual

    def _formatted(self, offset: int, *, paragraphs: bool) -> list[tuple[int, int, bytes]]:
        """(start, end, properties) in offsets of the file."""
        data = self._at(offset)
        count = max(0, (len(data) - 4) // 8)
        found = []
        for n in range(count):
            number = _u32(data, 4 * (count + 1) + 4 * n) & 0x3FFFFF
            page = self._data[number * _PAGE : (number + 1) * _PAGE]
            if len(page) < _PAGE:
                continue
            runs = page[_PAGE - 1]
            step = 13 if paragraphs else 1
            for run in range(runs):
                if 4 * (runs + 1) + step * run >= _PAGE:
                    break
                start, end = _u32(page, 4 * run), _u32(page, 4 * run + 4)
                place = page[4 * (runs + 1) + step * run] * 2
                found.append((start, end, _properties(page, place, paragraphs) if place else b""))
        found.sort(key=lambda run: run[0])
        return found

    def _runs(self, first: int, last: int) -> Iterator[tuple[str, _Chars, str | None, _Paras]]:
        for piece_start, piece_end, offset, width in self._pieces:
            start, end = max(piece_start, first), min(piece_end, last)
            at, stop = offset + (start - piece_start) * width, offset + (end - piece_start) * width
            while at < stop:
                chars, until = _covering(self._chars, self._char_starts, at, stop, _Chars())
                paras, until = _covering(self._paras, self._para_starts, at, until, _Paras())
                until = max(until, at + width)
                raw = self._data[at:until]
                text = western(raw) if width == 1 else raw.decode("utf-16-le", "replace")
                yield text, chars, self._font(chars, paras), paras
                at = until

    def _font(self, chars: _Chars, paras: _Paras) -> str | None:
        number = chars.font
        if number is None and chars.style is not None:
            number = self._style_fonts.get(chars.style)
        if number is None:
            number = self._style_fonts.get(paras.style)
        if number is None:
            number = self._usual
        return self._fonts[number] if number is not None and number < len(self._fonts) else None


def _u16(data: bytes, offset: int) -> int:
    value: int = struct.unpack_from("<H", data, offset)[0]
    return value


def _u32(data: bytes, offset: int) -> int:
    value: int = struct.unpack_from("<I", data, offset)[0]
    return value


def _settings(properties: bytes) -> Iterator[tuple[int, bytes]]:
    """(operation, operand) of each property."""
    place = 0
    while place + 2 <= len(properties):
        code = _u16(properties, place)
        place += 2
        size = _OPERAND.get(code >> 13)
        if size is None:
            if place >= len(properties) or (code == _TABS and properties[place] == 255):
                return
            if code in _LONG_TABLE:
                if place + 2 > len(properties):
                    return
                size = _u16(properties, place) + 1
            else:
                size = properties[place] + 1
        yield code, properties[place : place + size]
        place += size


def _chars(properties: bytes) -> _Chars:
    font = far = style = None
    dropped, symbol = False, ""
    for code, value in _settings(properties):
        if code == _FONT and len(value) >= 2:
            font = _u16(value, 0)
        elif code == _FAR_FONT and len(value) >= 2:
            far = _u16(value, 0)
        elif code == _STYLE and len(value) >= 2:
            style = _u16(value, 0)
        elif code in (_DELETED, _HIDDEN) and value and value[0] & 1:
            dropped = True
        elif code == _SYMBOL and len(value) >= 4:
            symbol = chr(_u16(value, 2)) if not 0xD800 <= _u16(value, 2) < 0xE000 else ""
    return _Chars(far if font is None else font, style, dropped, symbol)


def _paras(properties: bytes) -> _Paras:
    if len(properties) < 2:
        return _Paras()
    found = _Paras(_u16(properties, 0))
    for code, value in _settings(properties[2:]):
        if not value:
            continue
        if code == _IN_TABLE:
            found = found._replace(in_table=bool(value[0]))
        elif code == _ROW_END:
            found = found._replace(row_end=bool(value[0]))
        elif code == _OUTLINE:
            found = found._replace(outline=value[0])
        elif code == _TABLE_HEADER:
            found = found._replace(header_row=bool(value[0]))
        elif code == _ROW_CELLS and len(value) > 2:
            edges, goes_on = _cells(value[2:])
            found = found._replace(edges=edges, goes_on=goes_on)
    return found


def _cells(value: bytes) -> tuple[tuple[int, ...], tuple[bool, ...]]:
    """Where a row's cells end, from the first's beginning on, and which belong to the cell above them."""
    count = value[0]
    end = 1 + 2 * (count + 1)
    if len(value) < end:
        return (), ()
    edges = struct.unpack_from(f"<{count + 1}h", value, 1)
    flags = [
        _u16(value, end + _CELL_SIZE * n) if end + _CELL_SIZE * n + 2 <= len(value) else 0
        for n in range(count)
    ]
    return edges, tuple(flag & _MERGED_DOWN == _MERGED_DOWN_ON for flag in flags)


def _properties(page: bytes, place: int, paragraphs: bool) -> bytes:
    if not paragraphs:
        return page[place + 1 : place + 1 + page[place]]
    if page[place]:
        return page[place + 1 : place + 2 * page[place]]
    return page[place + 2 : place + 2 + 2 * page[place + 1]] if place + 2 < _PAGE else b""


def _style_font(record: bytes, base: int) -> int | None:
    """The font that a style's own properties name."""
    kind, count = _u16(record, 2) & 15, _u16(record, 4) & 15
    place = base
    if place + 2 > len(record):
        return None
    place += 2 + 2 * _u16(record, place) + 2
    upx = []
    for _ in range(count):
        if place + 2 > len(record):
            break
        size = _u16(record, place)
        upx.append(record[place + 2 : place + 2 + size])
        place += 2 + size + (size & 1)
    chosen = upx[1] if kind == 1 and len(upx) > 1 else upx[0] if kind == 2 and upx else b""
    return _chars(chosen).font


def _covering(
    runs: list[tuple[int, int, _Held]], starts: list[int], at: int, stop: int, default: _Held
) -> tuple[_Held, int]:
    """What holds at the place, and up to where."""
    n = bisect_right(starts, at) - 1
    if 0 <= n < len(runs) and runs[n][1] > at:
        return runs[n][2], min(stop, runs[n][1])
    return default, min(stop, starts[n + 1]) if n + 1 < len(starts) else stop


def _paragraphs(
    runs: Iterator[tuple[str, _Chars, str | None, _Paras]], headings: dict[int, int]
) -> Iterator[Paragraph]:
    held = Paragraph()
    fields: list[bool] = []
    for text, chars, font, paras in runs:
        if chars.dropped:
            continue
        part: list[str] = []
        for c in chars.symbol or text:
            if c in "\r\x07\x0c":
                if c == "\x07":
                    fields.clear()  # a field never goes on behind a cell: its end was lost
                held.runs.append(Run("".join(part).translate(_DROPPED), font))
                part = []
                yield _closed(held, c, paras, headings)
                held = Paragraph()
            elif not _is_code(c, fields):
                part.append(c)
        if part:
            held.runs.append(Run("".join(part).translate(_DROPPED), font))
    if held.runs:
        yield held


def _is_code(c: str, fields: list[bool]) -> bool:
    """True of what belongs to a field's code: it opens, its result follows, it closes; they lie in each other."""
    if c == "\x13":
        fields.append(True)
    elif c == "\x14" and fields:
        fields[-1] = False
    elif c == "\x15" and fields:
        fields.pop()
    return c in "\x13\x14\x15" or any(fields)


def _closed(held: Paragraph, mark: str, paras: _Paras, headings: dict[int, int]) -> Paragraph:
    held.ends_cell = mark == "\x07"
    held.ends_row = held.ends_cell and paras.row_end
    held.in_table = paras.in_table
    held.header_row = paras.header_row
    if held.ends_row:
        held.edges, held.goes_on = paras.edges, paras.goes_on
    inside = paras.outline is not None and paras.outline < 9
    held.heading = (paras.outline or 0) + 1 if inside else headings.get(paras.style, 0)
    return held
