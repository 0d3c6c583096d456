"""What are the lines of a text, and which of them are one paragraph that was broken to fit a width?"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_INVISIBLE = re.compile("[\u200b-\u200f\u2028-\u202e\u2060\ufeff\u00ad\x00-\x08\x0e-\x1f\x7f]")
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t\x0b\x0c]")
_ENDS_SENTENCE = re.compile(r"[.!?…:;][\"'”’»)\]]*$|\./\.$")
_LIST_ITEM = re.compile(r"^(?:[-–—•*+▪●○►→]\s|\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-zđA-ZĐ]|[ivxIVX]{1,5})[.)]\s)")
_NARROWEST = 45
"""Characters: lines of a wrapped paragraph are longer than this; verses and list items are shorter."""
_WIDE = 60
"""Characters: a line this long runs on into a capital too, as a name; shorter ones are headings and buttons."""
_COLUMNS = re.compile(r"\S {3,}\S| [|] ")
"""Things side by side, such as a row of buttons: no running text."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, without space around it. `after_blank`: a blank line stands before it."""

    text: str
    after_blank: bool = True


def clean(text: str) -> str:
    """NFC, without characters that can't be seen, with one kind of space and of line end."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return unicodedata.normalize("NFC", _SPACES.sub(" ", _INVISIBLE.sub("", text)))


def split_lines(text: str) -> list[Line]:
    """The lines of a clean text, wrapped paragraphs joined to one line each."""
    blocks: list[list[str]] = [[]]
    for raw in text.split("\n"):
        line = raw.strip()
        if line:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return [
        Line(line, after_blank=number == 0)
        for block in blocks
        for number, line in enumerate(join_wrapped(block))
    ]


def join_lines(lines: list[Line]) -> str:
    """The text of the lines: a blank line between them where there was one."""
    parts = []
    for number, line in enumerate(lines):
        if number:
            parts.append("\n\n" if line.after_blank else "\n")
        parts.append(line.text)
    return "".join(parts)


def join_wrapped(block: list[str]) -> list[str]:
    """The block's paragraphs, each on one line.

    A line runs on where it is about as long as the block's longest, ends no sentence, and the next line neither
    starts a list item nor is too much longer than it to have been wrapped at the same width.
    """
    if len(block) < 2:
        return block
    width = max(map(len, block))
    if width < _NARROWEST:
        return block
    joined = [block[0]]
    last = block[0]
    for line in block[1:]:
        if _runs_on(last, line, width):
            joined[-1] = _glue(joined[-1], line)
        else:
            joined.append(line)
        last = line
    return joined


def _runs_on(line: str, following: str, width: int) -> bool:
    if _LIST_ITEM.match(following) or line.isupper() != following.isupper():
        return False
    first_word = following.split(" ", 1)[0]
    full = len(line) + 1 + len(first_word) > width * 0.85
    if following[:1].islower():
        return full or (len(line) >= _NARROWEST and not _ENDS_SENTENCE.search(line))
    return full and len(line) >= _WIDE and not _ENDS_SENTENCE.search(line) and not _COLUMNS.search(line)


def _glue(line: str, following: str) -> str:
    return f"{line} {following}"
