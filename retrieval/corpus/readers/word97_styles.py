"""What do the styles of a Word 97 document say: fonts, levels of headings, lists?"""

from __future__ import annotations

from dataclasses import dataclass, field

from retrieval.corpus.readers.word97_properties import Paras, chars_of, paras_of, u16


@dataclass(frozen=True, slots=True)
class Styles:
    """By the styles' numbers: `fonts`, `headings` (their levels), `lists` (a list and a level in it, where they are
    said). `usual`: the font of what has no style.
    """

    fonts: dict[int, int | None] = field(default_factory=dict)
    headings: dict[int, int] = field(default_factory=dict)
    lists: dict[int, tuple[int | None, int | None]] = field(default_factory=dict)
    usual: int | None = None


@dataclass(frozen=True, slots=True)
class _Style:
    base: int
    font: int | None
    paras: Paras


def read_styles(data: bytes) -> Styles:
    """The styles of the table that the document's head points to. A style has what it doesn't say from its base."""
    if len(data) < 20:
        return Styles()
    length, count, size_of_head, usual = u16(data, 0), u16(data, 2), u16(data, 4), u16(data, 14)
    place = 2 + length
    own: dict[int, _Style] = {}
    headings: dict[int, int] = {}
    for n in range(count):
        if place + 2 > len(data):
            break
        size = u16(data, place)
        record = data[place + 2 : place + 2 + size]
        place += 2 + size
        if size < max(size_of_head, 10):
            continue
        kind = u16(record, 0) & 0x0FFF
        if 1 <= kind <= 9:
            headings[n] = kind
        own[n] = _style(record, size_of_head)
    fonts: dict[int, int | None] = {}
    lists: dict[int, tuple[int | None, int | None]] = {}
    for n in own:
        line = _line(own, n)
        fonts[n] = next((each.font for each in line if each.font is not None), None)
        lists[n] = (
            next((each.paras.numbered for each in line if each.paras.numbered is not None), None),
            next((each.paras.level for each in line if each.paras.level is not None), None),
        )
    return Styles(fonts, headings, lists, usual)


def _line(styles: dict[int, _Style], number: int) -> list[_Style]:
    """The style and those that it builds on."""
    line, seen = [], set[int]()
    while number in styles and number not in seen:
        seen.add(number)
        line.append(styles[number])
        number = styles[number].base
    return line


def _style(record: bytes, size_of_head: int) -> _Style:
    kind, count = u16(record, 2) & 15, u16(record, 4) & 15
    base, place = u16(record, 2) >> 4, size_of_head
    held: list[bytes] = []
    if place + 2 <= len(record):
        place += 2 + 2 * u16(record, place) + 2
        while len(held) < count and place + 2 <= len(record):
            size = u16(record, place)
            held.append(record[place + 2 : place + 2 + size])
            place += 2 + size + (size & 1)
    chars = held[1] if kind == 1 and len(held) > 1 else held[0] if kind == 2 and held else b""
    return _Style(base, chars_of(chars).font, paras_of(held[0]) if kind == 1 and held else Paras())
