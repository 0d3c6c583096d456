"""Which paragraphs does a text in the Rich Text Format hold, in which fonts, and which of them close a cell or a row?

A text is groups in braces, control words such as \\par and \\f3, bytes in the font's code page (\\'e9), and Unicode
(\\u7879). What is no text of the document (colours, pictures, instructions of fields) stands in groups of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from retrieval.corpus.legacy import Run, western
from retrieval.corpus.readers.word_rows import Paragraph

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\\Z"
)
_SKIPPED = frozenset(
    "colortbl stylesheet info pict object objdata nonshppict fldinst xe tc txe rxe shprslt upr listtable"
    " listoverridetable revtbl rsidtbl generator filetbl template themedata datastore latentstyles xmlnstbl"
    " do nonesttables fontemb fontfile falt panose annotation atnid atnauthor pn pnseclvl mmath".split()
)
"""Groups without text of the document. A group that opens with \\* is one too, but for those in `_READ`."""
_INNER_ROW = "nesttableprops"
_READ = frozenset(["shptxt", "dptxbxtext", "ud", "result", "listtext", "pntext", "footnote", _INNER_ROW])
_OUTSIDE = {
    "header": "headers", "headerl": "headers", "headerr": "headers", "headerf": "headers", "footer": "headers",
    "footerl": "headers", "footerr": "headers", "footerf": "headers", "footnote": "footnotes", "shptxt": "boxes",
    "dptxbxtext": "boxes",
}  # fmt: skip
"""Groups whose text stands beside the document's own, and the part that it goes to."""
PARTS = ("text", "boxes", "footnotes", "headers")
_SIGNS = {
    "tab": "\t", "line": "\n", "softline": "\n", "lbr": "\n", "page": "\n", "column": "\n", "emdash": "—",
    "endash": "–",
    "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " ",
    "qmspace": " ", "zwj": "\u200d", "zwnj": "\u200c",
}  # fmt: skip
_SYMBOLS = {"~": " ", "_": "-", "-": "\xad", "\n": "\r", "\r": "\r", "\\": "\\", "{": "{", "}": "}"}
_CODE_PAGES = {
    128: "cp932", 129: "cp949", 134: "cp936", 136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255",
    178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
    2: "symbols",
}  # fmt: skip
"""By the number of a font's set of characters; signs of Symbol and Wingdings have none."""
_OLD_FONT = re.compile(r"^\.Vn|^VNI|^VPS|^VISCII", re.IGNORECASE)
_MOST_GROUPS = 5000
"""Groups in each other; no text has that many."""


_MOST_TABLES = 20
"""Tables in each other."""


class DamagedRtf(ValueError):
    """It is no RTF, or its groups are endless."""


@dataclass(frozen=True, slots=True)
class _State:
    """What holds in a group. `skipped`: its text is no text. `fallback`: characters after each \\u to leave out."""

    part: str = "text"
    skipped: bool = False
    starred: bool = False
    font: int | None = None
    hidden: bool = False
    deleted: bool = False
    fallback: int = 1
    in_fonts: bool = False


@dataclass(slots=True)
class _Shape:
    """Of a row, as it is described before its end. `merges`: whether the next cell belongs to the one above."""

    header_row: bool = False
    edges: list[int] = field(default_factory=lambda: [0])
    goes_on: list[bool] = field(default_factory=list)
    merges: bool = False


@dataclass(slots=True)
class _Part:
    """A part of the document while it is read. `inner`: the row of a table inside a cell, while one is described."""

    done: list[Paragraph] = field(default_factory=list)
    open: Paragraph = field(default_factory=Paragraph)
    in_row: bool = False
    shape: _Shape = field(default_factory=_Shape)
    inner: _Shape | None = None


class Rtf:
    """The parts of a document, read once; `cut`: it ends inside a group. Raises DamagedRtf."""

    def __init__(self, data: bytes) -> None:
        if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
            raise DamagedRtf("no {\\rtf at its start")
        self._fonts: dict[int, tuple[str, str]] = {}
        self._usual: int | None = None
        self._page = "cp1252"
        self._parts = {name: _Part() for name in PARTS}
        self._bytes = bytearray()
        self._left = 0
        self._state = _State()
        self._font_named = (0, "cp1252", "")
        self._read(data)
        for part in self._parts.values():
            if part.open.runs:
                part.done.append(part.open)

    def part(self, name: str) -> list[Paragraph]:
        return self._parts[name].done

    def _read(self, data: bytes) -> None:
        above: list[_State] = []
        place = 0
        while match := _TOKEN.match(data, place):
            place = match.end()
            word, number, code, sign, brace, plain = match.groups()
            if plain is not None:
                self._plain(plain)
            elif code is not None:
                self._plain(bytes([int(code, 16)]))
            elif brace == b"{":
                self._write_bytes()
                if len(above) >= _MOST_GROUPS:
                    raise DamagedRtf("groups in groups without end")
                above.append(self._state)
                self._state = replace(self._state, starred=False)
                self._left = 0
            elif brace == b"}":
                self._write_bytes()
                self._left = 0
                if above:
                    self._end_group(above.pop())
            elif sign is not None:
                self._sign(sign.decode("latin-1"))
            elif word is not None:
                if word == b"bin":
                    place += max(int(number or 0), 0)
                else:
                    self._word(word.decode("ascii"), None if number is None else int(number))
            if place >= len(data):
                break
        self._write_bytes()
        self.cut = len(above) > 0

    def _end_group(self, outer: _State) -> None:
        inner, self._state = self._state, outer
        if inner.part != outer.part:
            part = self._parts[inner.part]
            if part.open.runs:
                part.done.append(part.open)
            part.open, part.in_row = Paragraph(), False

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self._state = replace(self._state, starred=True)
        elif sign in "\r\n":
            self._word("par", None)
        elif self._left:
            self._left -= 1
        elif sign in _SYMBOLS:
            self._write_bytes()
            self._write(_SYMBOLS[sign])

    def _plain(self, data: bytes) -> None:
        if self._left:
            skipped = min(self._left, len(data))
            self._left -= skipped
            data = data[skipped:]
        if self._state.in_fonts:
            self._name_font(data)
        elif not self._state.skipped:
            self._bytes += data

    def _write_bytes(self) -> None:
        """The bytes since the last sign, in the font's code page."""
        if not self._bytes:
            return
        name, page = self._fonts.get(self._font() or 0, ("", self._page))
        data = bytes(self._bytes)
        self._bytes.clear()
        if page == "cp1252" or _OLD_FONT.match(name) or (data.isascii() and page != "symbols"):
            self._write(western(data))
        elif page == "symbols":
            self._write("".join(chr(0xF000 + byte) for byte in data))
        else:
            self._write(data.decode(page, "replace"))

    def _font(self) -> int | None:
        return self._usual if self._state.font is None else self._state.font

    def _write(self, text: str) -> None:
        state = self._state
        if state.skipped or state.hidden or state.deleted:
            return
        name = self._fonts.get(self._font() or 0, ("", ""))[0] or None
        runs = self._parts[state.part].open.runs
        if runs and runs[-1].font == name:
            runs[-1] = Run(runs[-1].text + text, name)
        else:
            runs.append(Run(text, name))

    def _word(self, word: str, number: int | None) -> None:
        self._write_bytes()
        state = self._state
        if word == "u" and number is not None:
            self._left = 0
            if 0xD800 <= number % 0x10000 < 0xE000 or not state.skipped:
                self._write(chr(number % 0x10000))
            self._left = state.fallback
            return
        if self._left and word in _SIGNS:
            self._left -= 1
            return
        self._left = 0
        if word == "fonttbl":
            self._state = replace(state, skipped=True, in_fonts=True)
        elif state.in_fonts:
            self._about_font(word, number)
        elif word in _READ:
            outside = _OUTSIDE.get(word, state.part)
            self._state = replace(state, skipped=False, starred=False, part=outside)
            if word == _INNER_ROW:
                self._parts[outside].inner = _Shape()
        elif word in _OUTSIDE:
            self._state = replace(state, part=_OUTSIDE[word])
        elif state.starred or word in _SKIPPED:
            self._state = replace(state, skipped=True, starred=False)
        elif word in _SIGNS:
            self._write(_SIGNS[word])
        elif not state.skipped:
            self._character(word, number)

    def _character(self, word: str, number: int | None) -> None:
        state = self._state
        if word == "f":
            self._state = replace(state, font=number)
        elif word == "deff":
            self._usual = number
        elif word == "ansicpg" and number:
            self._page = f"cp{number}" if f"cp{number}" in _CODE_PAGES.values() else "cp1252"
        elif word == "uc":
            self._state = replace(state, fallback=min(max(number or 0, 0), 100))
        elif word == "v":
            self._state = replace(state, hidden=number != 0)
        elif word == "deleted":
            self._state = replace(state, deleted=number != 0)
        elif word == "plain":
            self._state = replace(state, font=None, hidden=False, deleted=False)
        else:
            _lay_out(self._parts[state.part], word, number)

    def _about_font(self, word: str, number: int | None) -> None:
        number_now, _, name = self._font_named
        if self._state.starred or word in ("falt", "panose", "fontemb"):
            self._state = replace(self._state, starred=False, in_fonts=False, skipped=True)
        elif word == "f":
            self._font_named = (number or 0, self._page, "")
        elif word == "fcharset":
            self._font_named = (number_now, _CODE_PAGES.get(number or 0, self._page), name)

    def _name_font(self, data: bytes) -> None:
        number, page, name = self._font_named
        name += western(data)
        if ";" in name:
            self._fonts[number] = (name.split(";")[0].strip(), page)
            name = ""
        self._font_named = (number, page, name)


def _lay_out(part: _Part, word: str, number: int | None) -> None:
    """What a control word says of paragraphs, cells and rows."""
    held = part.open
    if word in ("par", "sect", "cell", "nestcell", "row", "nestrow"):
        _close(part, word)
    elif word == "pard":
        held.depth, held.heading = 0, 0
    elif word == "intbl":
        held.depth = max(held.depth, 1)
    elif word == "itap" and number is not None:
        held.depth = min(max(number, 0), _MOST_TABLES)
    elif word == "outlinelevel" and number is not None and 0 <= number < 9:
        held.heading = number + 1
    elif word == "trowd":
        part.in_row = True
        if part.inner is None:
            part.shape = _Shape()
    else:
        _describe(part.inner or part.shape, word, number)


def _close(part: _Part, word: str) -> None:
    """The end of a paragraph, and of the cell or the row that it closes."""
    held = part.open
    inner = word in ("nestcell", "nestrow")
    held.ends_row = word in ("row", "nestrow")
    held.ends_cell = held.ends_row or word in ("cell", "nestcell")
    if inner:
        held.depth = max(held.depth, 2)
    elif held.ends_cell:
        held.depth = 1
    elif part.in_row:
        held.depth = max(held.depth, 1)
    if held.ends_row:
        shape = (part.inner if inner else None) or part.shape
        held.header_row, held.edges, held.goes_on = shape.header_row, tuple(shape.edges), tuple(shape.goes_on)
        if inner:
            part.inner = None
        else:
            part.in_row = False
    part.done.append(held)
    part.open = Paragraph(depth=0 if word == "row" else held.depth, heading=held.heading)


def _describe(shape: _Shape, word: str, number: int | None) -> None:
    if word == "trhdr":
        shape.header_row = True
    elif word == "clvmrg":
        shape.merges = True
    elif word == "cellx" and number is not None:
        shape.edges.append(number)
        shape.goes_on.append(shape.merges)
        shape.merges = False
