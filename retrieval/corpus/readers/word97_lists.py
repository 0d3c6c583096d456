"""Which lists does a Word 97 document describe, and in which shapes are they numbered?"""

from __future__ import annotations

import struct

from retrieval.corpus.readers.list_numbers import LEVELS, Level, Numbering

_SHAPES = {
    0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 22: "decimalZero", 23: "bullet",
    255: "none",
}  # fmt: skip
_LIST, _LEVEL, _USE = 28, 28, 16
"""Bytes that describe a list, the fixed part of a level, and a use of a list."""
_SIMPLE, _LEGAL, _NO_RESTART = 0x01, 0x04, 0x08
_OWN_START, _OWN_LEVEL = 0x10, 0x20


def read_lists(kinds: bytes, uses: bytes) -> Numbering:
    """`kinds`: the lists and, behind them, their levels; `uses`: the lists as paragraphs name them, from 1 on.

    What breaks off is left out: numbers are then missing, the text is whole.
    """
    levels: dict[int, dict[int, Level]] = {}
    lists: dict[int, int] = {}
    starts: dict[tuple[int, int], int] = {}
    try:
        _read_kinds(kinds, levels)
        _read_uses(uses, levels, lists, starts)
    except (struct.error, IndexError):
        pass
    return Numbering(levels, lists, starts)


def _read_kinds(data: bytes, levels: dict[int, dict[int, Level]]) -> None:
    (count,) = struct.unpack_from("<H", data)
    place = 2 + _LIST * count
    for number in range(count):
        (kind,) = struct.unpack_from("<i", data, 2 + _LIST * number)
        simple = data[2 + _LIST * number + 26] & _SIMPLE
        own = levels[kind] = {}
        for at in range(1 if simple else LEVELS):
            own[at], place = _level(data, place)


def _level(data: bytes, place: int) -> tuple[Level, int]:
    """The level, and where the next begins."""
    start, shape, flags = struct.unpack_from("<iBB", data, place)
    chars, paras, limit = data[place + 24], data[place + 25], data[place + 26]
    place += _LEVEL + chars + paras
    (length,) = struct.unpack_from("<H", data, place)
    raw = data[place + 2 : place + 2 + 2 * length].decode("utf-16-le", "replace")
    text = "".join(f"%{ord(c) + 1}" if ord(c) < LEVELS else c for c in raw)
    restart = limit if flags & _NO_RESTART else None
    level = Level(text, _SHAPES.get(shape, "decimal"), start, restart, bool(flags & _LEGAL))
    return level, place + 2 + 2 * length


def _read_uses(
    data: bytes,
    levels: dict[int, dict[int, Level]],
    lists: dict[int, int],
    starts: dict[tuple[int, int], int],
) -> None:
    (count,) = struct.unpack_from("<I", data)
    place = 4 + _USE * count
    for number in range(1, count + 1):
        kind, changed = struct.unpack_from("<i8xB", data, 4 + _USE * (number - 1))
        lists[number] = kind
        place += 4
        own: dict[int, Level] = {}
        for _ in range(changed):
            start, flags = struct.unpack_from("<iI", data, place)
            place += 8
            at = flags & 0x0F
            if flags & _OWN_LEVEL:
                own[at], place = _level(data, place)
            elif flags & _OWN_START:
                starts[number, at] = start
        if own:
            # Kinds are numbers of 32 bits: what is beyond them is free for a list with levels of its own.
            lists[number] = number + 2**32
            levels[number + 2**32] = {**levels.get(kind, {}), **own}
