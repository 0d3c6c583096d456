"""How does a reply read in clients that show Markdown? The passage quoted, the answer in bold, its source below."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.plain import Marks, emphasised, printable
from bot.reply import Citation, Quote, Reply, Span, Surroundings, Text

_BOLD = Marks("**", "**")
_ACTIVE = re.compile(r"<(?=[A-Za-z/!?])|(?<=!)\[|(?<=\])\(|`")
"""What would be markup: a tag, a picture, a link, code. A document must not bring its own."""


def render(reply: Reply, *, link: Callable[[str, Span | None], str]) -> str:
    """The reply as Markdown. `link`: the address that cites a passage of a document."""
    return "\n\n".join(_block(block, link) for block in reply.blocks)


def _block(block: Text | Quote | Surroundings, link: Callable[[str, Span | None], str]) -> str:
    match block:
        case Text(text, spans):
            return _marked(text, spans)
        case Quote(text, citation, spans):
            quoted = "\n".join(f"> {line}" for line in _marked(text, spans).splitlines())
            return f"{quoted}\n\n{_cited(citation, link)}"
        case Surroundings(text, passage):
            return "\n".join(f"> {line}" for line in _marked(text, (passage,)).splitlines())


def _cited(citation: Citation, link: Callable[[str, Span | None], str]) -> str:
    place = " · ".join(_plain(part) for part in (citation.title, citation.place) if part)
    if not citation.document:
        return f"— {place}"
    return f"— {place} ([xem trong bài]({link(citation.document, citation.passage)}))"


def _marked(text: str, spans: tuple[Span, ...]) -> str:
    """The text with its emphasis; markup in it shows as it is written."""
    pieces = emphasised(printable(text), spans, Marks("\x02", "\x03"))
    return _plain(pieces).replace("\x02", _BOLD.start).replace("\x03", _BOLD.end)


def _plain(text: str) -> str:
    return _ACTIVE.sub(lambda found: "\\" + found[0], text)
