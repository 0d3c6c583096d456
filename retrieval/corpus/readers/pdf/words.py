"""Which pieces of lines does a PDF's page show, and where? Words are made whole by the boxes of their letters."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from retrieval.corpus.readers.pdf.rulings import Rulings, rulings

_WORD = re.compile(r"[^ \r\n\t\u00a0\x02\ufffe]+[\x02\ufffe]?|[\x02\ufffe]")
_HYPHEN_MARKS = str.maketrans({"\x02": "\u00ad", "\ufffe": "\u00ad", "\x00": None})
"""What PDFium puts where a hyphen ends a line, or TCVN3's soft hyphen, which is a letter."""
_TOGETHER = 0.22
"""Of the letters' height: a gap below it is no space, whatever line breaks PDFium sees there."""
_SPACE = 0.35
"""Of the letters' height: no line is drawn in a gap that is no wider than a space."""
_APART = 1.6
"""Of the letters' height: words this far apart stand in two columns, or two cells."""
_BACK = -0.3
"""Letters may overlap by this much of their height, and still follow each other."""
_SAME_LINE = 0.4
"""Share of the lower of two boxes that both must have in height, to stand in one line."""
_UNREADABLE = re.compile("[\ufffd\ue000-\uefff\uf200-\uf8ff\x01-\x08\x0e-\x1f]")
"""What a font without a usable table of characters leaves: no letters, but private code points or controls."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a line without a wide gap in it, in points; `y1` is its top, and y grows upwards.

    `order`: its place among the page's segments as the file draws them.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    order: int = 0

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    def beside(self, other: Segment) -> bool:
        """True where both stand in one line."""
        over = min(self.y1, other.y1) - max(self.y0, other.y0)
        return over > _SAME_LINE * min(self.height, other.height)


@dataclass(frozen=True, slots=True)
class PageText:
    """`unreadable`: the share of its characters that the font doesn't name. `drawn`: the lines around cells.

    Where the text runs along the page's height, all places are those of the page turned to read it.
    """

    segments: tuple[Segment, ...]
    unreadable: float
    drawn: Rulings


def page_text(page: Any) -> PageText:
    """The page's segments in the order in which the file draws them."""
    text_page = page.get_textpage()
    try:
        raw = text_page.raw
        text = _characters(raw)
        words = list(_words(raw, text))
    finally:
        text_page.close()
    turned = _direction(words)
    if turned:
        words = [_turn(word, turned) for word in words]
    shown = "".join([word.text for word in words])
    letters, broken = len(shown), len(_UNREADABLE.findall(shown))
    drawn = rulings(page).turned(turned) if words else Rulings()
    return PageText(tuple(_segments(words, drawn)), broken / letters if letters else 0.0, drawn)


def _characters(raw: Any) -> str:
    """One character for each of PDFium's, so that their numbers are offsets."""
    count = pdfium.FPDFText_CountChars(raw)
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(raw, 0, count, buffer)
    text = bytes(buffer)[: max(written - 1, 0) * 2].decode("utf-16-le", "replace")
    if len(text) == count:
        return text
    codes = (pdfium.FPDFText_GetUnicode(raw, number) for number in range(count))
    return "".join(
        chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd" for code in codes
    )


class _Word(NamedTuple):
    """`spaced`: a space stands before it. `across`, `along`: how far its last letter stands from its first."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    spaced: bool
    across: float
    along: float


def _words(raw: Any, text: str) -> Iterator[_Word]:
    box = pdfium.FS_RECTF()
    pointer = ctypes.byref(box)
    get = pdfium.FPDFText_GetLooseCharBox
    end = 0
    for match in _WORD.finditer(text):
        start, stop = match.span()
        if not get(raw, start, pointer):
            continue
        left, bottom, right, top = box.left, box.bottom, box.right, box.top
        across = along = 0.0
        if stop - start > 1 and get(raw, stop - 1, pointer):
            far_left, low, far_right, high = box.left, box.bottom, box.right, box.top
            across, along = (far_left + far_right - left - right) / 2, (low + high - bottom - top) / 2
            left, right = min(left, far_left), max(right, far_right)
            bottom, top = min(bottom, low), max(top, high)
        between = text[end:start]
        end = stop
        shown = match[0]
        if not shown.isalnum():
            shown = shown.translate(_HYPHEN_MARKS)
        if shown:
            spaced = " " in between or "\u00a0" in between
            yield _Word(shown, left, bottom, right, top, spaced, across, along)


def _direction(words: Sequence[_Word]) -> str:
    along = sum(abs(word.along) for word in words)
    if along <= sum(abs(word.across) for word in words):
        return ""
    return "up" if sum(word.along for word in words) > 0 else "down"


def _turn(word: _Word, turned: str) -> _Word:
    """The word as it stands when the page is held so that its lines run from left to right."""
    if turned == "up":
        return word._replace(x0=word.y0, x1=word.y1, y0=-word.x1, y1=-word.x0)
    return word._replace(x0=-word.y1, x1=-word.y0, y0=word.x0, y1=word.x1)


def _segments(words: Sequence[_Word], drawn: Rulings) -> Iterator[Segment]:
    parts: list[str] = []
    x0 = y0 = x1 = y1 = 0.0
    order = 0
    for word in words:
        glue = _glue(x1, y0, y1, word) if parts else None
        if (
            glue == " "
            and word.x0 - x1 > _SPACE * (word.y1 - word.y0)
            and drawn.between(x1, word.x0, (word.y0 + word.y1) / 2)
        ):
            glue = None
        if glue is None:
            if parts:
                yield Segment("".join(parts), x0, y0, x1, y1, order)
                order += 1
            parts = [word.text]
            x0, y0, x1, y1 = word.x0, word.y0, word.x1, word.y1
        else:
            parts += [glue, word.text]
            x1 = max(x1, word.x1)
            y0, y1 = min(y0, word.y0), max(y1, word.y1)
    if parts:
        yield Segment("".join(parts), x0, y0, x1, y1, order)


def _glue(end: float, bottom: float, top: float, word: _Word) -> str | None:
    """What stands between a segment and the word: nothing, a space, or so much that the word begins another."""
    height = min(top - bottom, word.y1 - word.y0)
    over = min(top, word.y1) - max(bottom, word.y0)
    gap = word.x0 - end
    if over <= _SAME_LINE * height or not _BACK * height < gap < _APART * height:
        return None
    return "" if not word.spaced and gap < _TOGETHER * height else " "
