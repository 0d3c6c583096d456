"""What is in a Word 97 to 2003 document: paragraphs of runs with their fonts, as [MS-DOC] lays them out?

A file information block points to tables: pieces (where the text lies), formatted pages of 512 bytes (which run has
which properties), styles and fonts.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import TypeVar

from retrieval.corpus.legacy import Run, western
from retrieval.corpus.readers.list_numbers import Numbering
from retrieval.corpus.readers.word97_lists import read_lists
from retrieval.corpus.readers.word97_properties import Chars, Paras, chars_of, paras_of, u16, u32
from retrieval.corpus.readers.word97_styles import read_styles
from retrieval.corpus.readers.word_rows import Paragraph

_MAGIC = 0xA5EC
_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200
_FONTS, _STYLES, _PIECES, _RUNS, _PARAGRAPHS = 0x112, 0xA2, 0x1A2, 0xFA, 0x102
_COUNTS = 0x4C
"""Where the lengths of the document's parts stand, in characters."""
PARTS = ("text", "footnotes", "headers", "macros", "comments", "endnotes", "boxes", "header boxes")
_FC_NARROW, _FC = 0x40000000, 0x3FFFFFFF
_KINDS_OF_LISTS, _LISTS = 0x2E2, 0x2EA
_PAGE = 512
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


class Word97:
    """A document's parts. Raises DamagedWord, EncryptedWord, OlderWord."""

    def __init__(self, document: bytes, tables: dict[str, bytes]) -> None:
        try:
            self._open(document, tables)
        except (struct.error, IndexError, KeyError) as error:
            raise DamagedWord(str(error)) from error

    def _open(self, document: bytes, tables: dict[str, bytes]) -> None:
        self._data = document
        if u16(document, 0) != _MAGIC:
            raise OlderWord
        flags = u16(document, 0x0A)
        if flags & _ENCRYPTED:
            raise EncryptedWord
        self._table = tables["1Table" if flags & _SECOND_TABLE else "0Table"]
        self._lengths = [u32(document, _COUNTS + 4 * n) for n in range(len(PARTS))]
        self._fonts = self._read_fonts()
        self._pieces = self._read_pieces()
        self._styles = read_styles(self._at(_STYLES))
        self._numbering = self._read_lists()
        self._chars = [(a, z, chars_of(g)) for a, z, g in self._formatted(_RUNS, paragraphs=False)]
        self._paras = [(a, z, paras_of(g)) for a, z, g in self._formatted(_PARAGRAPHS, paragraphs=True)]
        self._char_starts = [a for a, _, _ in self._chars]
        self._para_starts = [a for a, _, _ in self._paras]

    def part(self, name: str) -> list[Paragraph]:
        """The paragraphs of a part, without codes of fields, deletions and what is hidden."""
        number = PARTS.index(name)
        first = sum(self._lengths[:number])
        try:
            return list(
                _paragraphs(
                    self._runs(first, first + self._lengths[number]), self._styles.headings, self._label
                )
            )
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
            place += 3 + u16(data, place + 1)
        if place >= len(data) or data[place] != 2:
            raise DamagedWord("no table of pieces")
        data = data[place + 5 : place + 5 + u32(data, place + 1)]
        count = (len(data) - 4) // 12
        pieces = []
        total = 0
        for n in range(count):
            start, end = u32(data, 4 * n), u32(data, 4 * n + 4)
            code = u32(data, 4 * (count + 1) + 8 * n + 2)
            width = 1 if code & _FC_NARROW else 2
            offset = (code & _FC) // (2 if width == 1 else 1)
            end = min(end, start + max(0, len(self._data) - offset) // width)
            total += max(0, end - start)
            if total > _MOST_TEXT * len(self._data):
                raise DamagedWord("pieces over each other")
            pieces.append((start, end, offset, width))
        return pieces

    def _read_lists(self) -> Numbering:
        kinds, _ = struct.unpack_from("<II", self._data, _KINDS_OF_LISTS)
        uses, length = struct.unpack_from("<II", self._data, _LISTS)
        return (
            read_lists(self._table[kinds:], self._table[uses : uses + length])
            if length
            else read_lists(b"", b"")
        )

    def _label(self, paras: Paras) -> str:
        """The number that Word shows before the paragraph, which counts it."""
        numbered, level = self._styles.lists.get(paras.style, (None, None))
        numbered = numbered if paras.numbered is None else paras.numbered
        level = level if paras.level is None else paras.level
        return self._numbering.label(numbered, level or 0)[0]

    def _formatted(self, offset: int, *, paragraphs: bool) -> list[tuple[int, int, bytes]]:
        """(start, end, properties) in offsets of the file."""
        data = self._at(offset)
        count = max(0, (len(data) - 4) // 8)
        found = []
        for n in range(count):
            number = u32(data, 4 * (count + 1) + 4 * n) & 0x3FFFFF
            page = self._data[number * _PAGE : (number + 1) * _PAGE]
            if len(page) < _PAGE:
                continue
            runs = page[_PAGE - 1]
            step = 13 if paragraphs else 1
            for run in range(runs):
                if 4 * (runs + 1) + step * run >= _PAGE:
                    break
                start, end = u32(page, 4 * run), u32(page, 4 * run + 4)
                place = page[4 * (runs + 1) + step * run] * 2
                found.append((start, end, _properties(page, place, paragraphs) if place else b""))
        found.sort(key=lambda run: run[0])
        return found

    def _runs(self, first: int, last: int) -> Iterator[tuple[str, Chars, str | None, Paras]]:
        for piece_start, piece_end, offset, width in self._pieces:
            start, end = max(piece_start, first), min(piece_end, last)
            at, stop = offset + (start - piece_start) * width, offset + (end - piece_start) * width
            while at < stop:
                chars, until = _covering(self._chars, self._char_starts, at, stop, Chars())
                paras, until = _covering(self._paras, self._para_starts, at, until, Paras())
                until = max(until, at + width)
                raw = self._data[at:until]
                text = western(raw) if width == 1 else raw.decode("utf-16-le", "replace")
                yield text, chars, self._font(chars, paras), paras
                at = until

    def _font(self, chars: Chars, paras: Paras) -> str | None:
        number = chars.font
        if number is None and chars.style is not None:
            number = self._styles.fonts.get(chars.style)
        if number is None:
            number = self._styles.fonts.get(paras.style)
        if number is None:
            number = self._styles.usual
        return self._fonts[number] if number is not None and number < len(self._fonts) else None


def _properties(page: bytes, place: int, paragraphs: bool) -> bytes:
    if not paragraphs:
        return page[place + 1 : place + 1 + page[place]]
    if page[place]:
        return page[place + 1 : place + 2 * page[place]]
    return page[place + 2 : place + 2 + 2 * page[place + 1]] if place + 2 < _PAGE else b""


def _covering(
    runs: list[tuple[int, int, _Held]], starts: list[int], at: int, stop: int, default: _Held
) -> tuple[_Held, int]:
    """What holds at the place, and up to where."""
    n = bisect_right(starts, at) - 1
    if 0 <= n < len(runs) and runs[n][1] > at:
        return runs[n][2], min(stop, runs[n][1])
    return default, min(stop, starts[n + 1]) if n + 1 < len(starts) else stop


def _paragraphs(
    runs: Iterator[tuple[str, Chars, str | None, Paras]],
    headings: dict[int, int],
    label: Callable[[Paras], str],
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
                held = _closed(held, c, paras, headings)
                if not held.ends_row:
                    held.label = label(paras)
                yield held
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


def _closed(held: Paragraph, mark: str, paras: Paras, headings: dict[int, int]) -> Paragraph:
    inside = paras.in_table and paras.depth > 1 and mark == "\r"
    held.ends_cell = mark == "\x07" or (inside and (paras.cell_end or paras.row_end))
    held.ends_row = held.ends_cell and paras.row_end
    held.depth = (paras.depth if inside else 1) if paras.in_table or held.ends_cell else 0
    held.header_row = paras.header_row
    if held.ends_row:
        held.edges, held.goes_on = paras.edges, paras.goes_on
    outlined = paras.outline is not None and paras.outline < 9
    held.heading = (paras.outline or 0) + 1 if outlined else headings.get(paras.style, 0)
    return held
