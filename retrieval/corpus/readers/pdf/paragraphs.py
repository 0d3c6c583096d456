"""Which of a page's lines are one paragraph, broken to fit the width? Told by where lines begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retrieval.corpus.readers.pdf.layout import Line, Row
from retrieval.corpus.readers.pieces import Piece, row

_ENDS_SENTENCE = re.compile(r"[.!?…:;][\"'”’»)\]]*$|\./\.$")
_STARTS_ITEM = re.compile(
    r"^(?:[-–—•*+▪●○►→➢✓❖]\s|\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-zđA-ZĐ]|[ivxIVX]{1,5})[.)]\s"
    r"|(?:Điều|Khoản|Chương|Mục|Phần)\s+[\dIVXLC]+\b)"
)
_INDENT = 0.8
"""Of the letters' height: a line that begins so much to the right of the one above opens a paragraph."""
_LEADING = 0.75
"""Of the letters' height: a wider gap between two lines is meant to part them."""
_OTHER_SIZE = 1.3
_LONG = 60
"""Characters: a line this long is full though no other ends where it does; shorter ones end where their words do."""
_RULE = re.compile(r"^[_\W]*$")


@dataclass(slots=True)
class _Open:
    """A paragraph to which lines may still be added. `left`: where its lines after the first begin."""

    text: str
    last: Line
    page: int
    lines: int = 1
    furniture: bool = False

    def piece(self) -> Piece:
        """Vietnamese words are never broken: a hyphen at the end of a line is one of its own ("VKSNDTC-")."""
        text = f"{self.text[:-1]}-" if self.text.endswith("\u00ad") else self.text
        return Piece("furniture" if self.furniture else "paragraph", text, page=self.page)


def pieces_of(
    pages: Sequence[Sequence[Line | Row]], texts: dict[tuple[int, int], str], running: set[tuple[int, int]]
) -> Iterator[Piece]:
    """The paragraphs, rows and running lines of all pages. `texts`: a line's text in Unicode, by page and place.

    A paragraph that goes on overleaf is one; the running lines between stand behind it.
    """
    held: _Open | None = None
    aside: list[Piece] = []
    for number, lines in enumerate(pages):
        fresh = True
        place = 0
        while place < len(lines):
            line = lines[place]
            if (number, place) in running:
                piece = Piece("furniture", texts[number, place], page=number + 1)
                (aside.append if held else lambda p: None)(piece)
                if not held:
                    yield piece
                place += 1
                continue
            if isinstance(line, Row):
                end = place + 1
                while end < len(lines) and isinstance(below := lines[end], Row) and not below.opens:
                    end += 1
                if held:
                    yield held.piece()
                    held = None
                yield from aside
                aside = []
                yield from _rows([lines[n] for n in range(place, end)], number, place, texts)
                place, fresh = end, False
                continue
            text = texts[number, place].strip()
            place += 1
            if held and (_goes_on(held, line, text) if not fresh else _goes_overleaf(held, text)):
                held.text = (
                    held.text[:-1] + f"-{text}" if held.text.endswith("\u00ad") else f"{held.text} {text}"
                )
                held.last, held.lines = line, held.lines + 1
            else:
                if held:
                    yield held.piece()
                yield from aside
                aside = []
                held = _Open(text, line, number + 1, furniture=bool(_RULE.match(text)))
            fresh = False
    if held:
        yield held.piece()
    yield from aside


def _rows(
    rows: Sequence[Line | Row], page: int, start: int, texts: dict[tuple[int, int], str]
) -> Iterator[Piece]:
    cells = [texts[page, start + n].split("\x1f") for n in range(len(rows))]
    for n, held in enumerate(cells):
        yield row(held, page=page + 1, close=n > 0)


def _goes_on(held: _Open, line: Line, text: str) -> bool:
    """True where the line above is full, and this one is not set apart."""
    above = held.last
    height = min(above.height, line.height)
    if max(above.height, line.height) > _OTHER_SIZE * height or line.y1 > above.y1 - 0.3 * height:
        return False
    other_case = _in_capitals(held.text) != _in_capitals(text) and any(c.isalpha() for c in text)
    if other_case or above.y0 - line.y1 > _LEADING * height or held.furniture or _RULE.match(text):
        return False
    indented = line.x0 - above.x0 > _INDENT * height and held.lines > 1
    indented = indented or (held.lines == 1 and line.x0 - above.x0 > 2.5 * height)
    ended = bool(_ENDS_SENTENCE.search(held.text))
    if (
        indented
        or (ended and _STARTS_ITEM.match(text))
        or (_STARTS_ITEM.match(text) and line.x0 > line.left + height)
    ):
        return False
    if not text[:1].islower() and not above.even and len(above.text) < _LONG:
        return False
    first_word = (line.x1 - line.x0) * len(text.split(" ", 1)[0]) / max(len(text), 1)
    full = above.x1 + first_word + 0.25 * height >= above.right
    if text[:1].islower() and not ended:
        return full or abs(above.x0 - line.x0) < height
    return full


def _in_capitals(text: str) -> bool:
    """Whether a line is written in capitals, as a heading is and an abbreviation isn't: "THÔNG TƯ"."""
    return text.isupper() and " " in text.strip()


def _goes_overleaf(held: _Open, text: str) -> bool:
    return text[:1].islower() and not _ENDS_SENTENCE.search(held.text) and not _STARTS_ITEM.match(text)
