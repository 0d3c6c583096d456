"""How does text become Telegram messages? HTML that always parses, cut below the limit, never inside a tag."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.channels.cutting import UNPRINTABLE, cut, units

LIMIT = 4096
"""UTF-16 code units of one message, after entities: https://core.telegram.org/bots/api#sendmessage."""
Style = Literal["b", "i"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`spans`: (start, end, style), apart from each other. `folded`: an expandable quote."""

    text: str
    spans: tuple[tuple[int, int, Style], ...] = ()
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """One message in both forms; `plain` is what is sent where the HTML is refused."""

    html: str
    plain: str


def messages(paragraphs: Sequence[Paragraph], *, limit: int = LIMIT) -> tuple[Message, ...]:
    """The paragraphs in as few messages as hold them, in order, an empty line between two."""
    packed: list[list[Paragraph]] = []
    room = 0
    for paragraph in _shortened(paragraphs, limit):
        needed = units(paragraph.text)
        if packed and needed + 2 <= room:
            packed[-1].append(paragraph)
            room -= needed + 2
        else:
            packed.append([paragraph])
            room = limit - needed
    return tuple(
        Message(html="\n\n".join(_html(p) for p in group), plain="\n\n".join(p.text for p in group))
        for group in packed
    )


def _shortened(paragraphs: Sequence[Paragraph], limit: int) -> Iterator[Paragraph]:
    for paragraph in paragraphs:
        rest = _clean(paragraph)
        while units(rest.text) > limit:
            at = cut(rest.text, limit)
            yield _part(rest, 0, at)
            rest = _part(rest, at, len(rest.text))
        if rest.text.strip():
            yield rest


def _clean(paragraph: Paragraph) -> Paragraph:
    return Paragraph(paragraph.text.translate(UNPRINTABLE), paragraph.spans, paragraph.folded)


def _part(paragraph: Paragraph, start: int, end: int) -> Paragraph:
    """The characters `[start, end)`, without white space around, and the spans that lie in them."""
    text = paragraph.text[start:end]
    start += len(text) - len(text.lstrip())
    end = start + len(text.strip())
    spans = tuple(
        (max(a, start) - start, min(b, end) - start, style)
        for a, b, style in paragraph.spans
        if max(a, start) < min(b, end)
    )
    return Paragraph(text.strip(), spans, paragraph.folded)


def _html(paragraph: Paragraph) -> str:
    pieces, at = [], 0
    for start, end, style in sorted(paragraph.spans):
        if start < at or start >= end:
            continue  # one inside another adds nothing to see
        inside = html.escape(paragraph.text[start:end], quote=False)
        pieces += [html.escape(paragraph.text[at:start], quote=False), f"<{style}>{inside}</{style}>"]
        at = end
    pieces.append(html.escape(paragraph.text[at:], quote=False))
    body = "".join(pieces)
    return f"<blockquote expandable>{body}</blockquote>" if paragraph.folded else body
