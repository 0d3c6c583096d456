"""What do the properties of Word 97's runs, paragraphs and rows say, as [MS-DOC] writes them?"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

_OPERAND = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
_FONT, _FAR_FONT, _DELETED, _STYLE, _HIDDEN, _SYMBOL = 0x4A4F, 0x4A51, 0x0800, 0x4A30, 0x083C, 0x6A09
_LIST, _LIST_LEVEL = 0x460B, 0x260A
_IN_TABLE, _ROW_END, _OUTLINE, _TABLE_HEADER = 0x2416, 0x2417, 0x2640, 0x3404
_ROW_CELLS = 0xD608
_DEPTH, _INNER_CELL, _INNER_ROW_END = 0x6649, 0x244B, 0x244C
_DEEPEST = 20
"""Tables in tables; damaged files claim any number."""
_LONG_TABLE = (_ROW_CELLS, 0xD606)
_CELL_SIZE, _MERGED_DOWN, _MERGED_DOWN_ON = 20, 0x0060, 0x0020
"""Of a row's description: bytes for each cell, and the bits that say how it is merged with those above and below."""
_TABS = 0xC615


class Chars(NamedTuple):
    font: int | None = None
    style: int | None = None
    dropped: bool = False
    symbol: str = ""


class Paras(NamedTuple):
    """`depth`: of tables around, where it is more than one. `cell_end`: of a table inside a cell, whose cells end with
    the paragraph.
    """

    style: int = 0
    in_table: bool = False
    row_end: bool = False
    depth: int = 0
    cell_end: bool = False
    outline: int | None = None
    header_row: bool = False
    edges: tuple[int, ...] = ()
    goes_on: tuple[bool, ...] = ()
    numbered: int | None = None
    level: int | None = None


def u16(data: bytes, offset: int) -> int:
    value: int = struct.unpack_from("<H", data, offset)[0]
    return value


def u32(data: bytes, offset: int) -> int:
    value: int = struct.unpack_from("<I", data, offset)[0]
    return value


def _settings(properties: bytes) -> Iterator[tuple[int, bytes]]:
    """(operation, operand) of each property."""
    place = 0
    while place + 2 <= len(properties):
        code = u16(properties, place)
        place += 2
        size = _OPERAND.get(code >> 13)
        if size is None:
            if place >= len(properties) or (code == _TABS and properties[place] == 255):
                return
            if code in _LONG_TABLE:
                if place + 2 > len(properties):
                    return
                size = u16(properties, place) + 1
            else:
                size = properties[place] + 1
        yield code, properties[place : place + size]
        place += size


def chars_of(properties: bytes) -> Chars:
    font = far = style = None
    dropped, symbol = False, ""
    for code, value in _settings(properties):
        if code == _FONT and len(value) >= 2:
            font = u16(value, 0)
        elif code == _FAR_FONT and len(value) >= 2:
            far = u16(value, 0)
        elif code == _STYLE and len(value) >= 2:
            style = u16(value, 0)
        elif code in (_DELETED, _HIDDEN) and value and value[0] & 1:
            dropped = True
        elif code == _SYMBOL and len(value) >= 4:
            symbol = chr(u16(value, 2)) if not 0xD800 <= u16(value, 2) < 0xE000 else ""
    return Chars(far if font is None else font, style, dropped, symbol)


def paras_of(properties: bytes) -> Paras:
    if len(properties) < 2:
        return Paras()
    found = Paras(u16(properties, 0))
    for code, value in _settings(properties[2:]):
        if not value:
            continue
        if code == _IN_TABLE:
            found = found._replace(in_table=bool(value[0]))
        elif code in (_ROW_END, _INNER_ROW_END):
            found = found._replace(row_end=bool(value[0]))
        elif code == _INNER_CELL:
            found = found._replace(cell_end=bool(value[0]))
        elif code == _DEPTH and len(value) >= 4:
            found = found._replace(depth=min(u32(value, 0), _DEEPEST))
        elif code == _OUTLINE:
            found = found._replace(outline=value[0])
        elif code == _TABLE_HEADER:
            found = found._replace(header_row=bool(value[0]))
        elif code == _LIST and len(value) >= 2:
            found = found._replace(numbered=u16(value, 0))
        elif code == _LIST_LEVEL:
            found = found._replace(level=value[0])
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
        u16(value, end + _CELL_SIZE * n) if end + _CELL_SIZE * n + 2 <= len(value) else 0
        for n in range(count)
    ]
    return edges, tuple(flag & _MERGED_DOWN == _MERGED_DOWN_ON for flag in flags)
