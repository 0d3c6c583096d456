"""How does a reply look as plain text? In pipes, files and terminals without any drawing."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from bot.reply import Block, Citation, Quote, Reply, Span, Surroundings, Text


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands before and after emphasised words."""

    start: str
    end: str


ASTERISKS = Marks("**", "**")
"""For pipes and files: the answer must be seen there too."""
BOLD = Marks("\x1b[1m", "\x1b[0m")
"""For terminals."""

_ESCAPED_BYTES = re.compile("[\udc80-\udcff]+")


def render(reply: Reply, *, marks: Marks = ASTERISKS) -> str:
    """The reply's blocks as paragraphs; the page, where there are several, in the last line."""
    parts = [_block(block, marks) for block in reply.blocks]
    if reply.page:
        shown, count = reply.page
        parts.append(f"(đoạn {shown}/{count})")
    return "\n\n".join(parts)


def emphasised(text: str, spans: Sequence[Span], marks: Marks) -> str:
    """`text` with marks around each span; spans don't overlap."""
    pieces, at = [], 0
    for start, end in sorted(spans):
        pieces += [text[at:start], marks.start, text[start:end], marks.end]
        at = end
    return "".join((*pieces, text[at:]))


def cited(citation: Citation) -> str:
    """Title, place, further places and address, a line each."""
    lines = [citation.title, citation.place]
    if citation.also:
        lines.append(f"cũng có ở: {', '.join(citation.also)}")
    return "\n".join(f"  — {line}" for line in (*lines, citation.url) if line)


def wrapped(text: str, width: int) -> str:
    """The text's lines broken between words at `width` characters: terminals break inside syllables."""
    return "\n".join(
        textwrap.fill(
            line,
            max(20, width),
            break_long_words=False,
            break_on_hyphens=False,
            subsequent_indent=_indent(line),
        )
        if len(line) > width
        else line
        for line in text.split("\n")
    )


def _indent(line: str) -> str:
    return " " * (len(line) - len(line.lstrip(" —")))


def printable(text: str) -> str:
    """Without control characters: a document must not steer the terminal."""
    return "".join(c if c.isprintable() or c in "\n\t" else " " for c in text)


def readable(text: str) -> str:
    """With what the system passed on as bytes read as UTF-8: names of files and arguments, whatever the locale."""
    return _ESCAPED_BYTES.sub(
        lambda found: found[0].encode("utf-8", "surrogateescape").decode("utf-8", "replace"), text
    )


def one_line(text: str) -> str:
    """On one line, without control characters: a file's name must not break or colour a message."""
    return " ".join(printable(readable(text)).split())


def _block(block: Block, marks: Marks) -> str:
    match block:
        case Text(text, spans):
            return emphasised(printable(text), spans, marks)
        case Quote(text, citation, spans):
            return f"{emphasised(printable(text), spans, marks)}\n{printable(cited(citation))}"
        case Surroundings(text, passage):
            return "Ngữ cảnh:\n" + emphasised(printable(text), (passage,), marks)
