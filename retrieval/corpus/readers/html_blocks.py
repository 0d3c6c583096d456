"""What does a reader see of an HTML page? Its visible text, a block a line, and what part of the page each is in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "br", "caption", "dd", "div", "dl", "dt", "fieldset"),
        *("figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li"),
        *(
            "main",
            "nav",
            "ol",
            "p",
            "pre",
            "section",
            "table",
            "tbody",
            "td",
            "tfoot",
            "th",
            "thead",
            "tr",
            "ul",
        ),
    )
)
_INVISIBLE = frozenset(
    (
        "head",
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "iframe",
        "button",
        "select",
        "textarea",
        "object",
    )
)
_ASIDE_TAGS = frozenset(("nav", "aside", "footer", "form"))
_ASIDE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:comments?|binh-?luan|related|lien-?quan|most-?(?:read|view)|doc-?nhieu|sidebar|breadcrumbs?"
    r"|share|social|quang-?cao|advert\w*|ads|banner|menu|navbar|newsletter|popup|tags?)(?:$|[\s_-])",
    re.IGNORECASE,
)
_LINKED = 0.8
"""Share of a block's letters inside links from which it leads to other pages."""
_LONGEST_ROW = 300


@dataclass(frozen=True, slots=True)
class Block:
    """`aside`: by its tags it stands beside the article, or it is nothing but a link. `text`: on one line."""

    text: str
    aside: bool


class _Line:
    """A block while it is being read."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.linked = 0

    def add(self, text: str | None, *, linked: bool) -> None:
        if text:
            self.parts.append(text)
            self.linked += linked * len("".join(text.split()))

    def end(self, *, aside: bool) -> Iterator[Block]:
        whole = " ".join("".join(self.parts).split())
        letters, linked = len(whole.replace(" ", "")), self.linked
        self.parts, self.linked = [], 0
        if whole:
            yield Block(whole, aside or linked >= letters * _LINKED)


def visible_blocks(tree: Any) -> Iterator[Block]:
    """The page's blocks in order. A row of a table of data is one block, its cells parted by " | "."""
    line = _Line()
    # An explicit stack: pages nest deeper than Python recurses. (node, is its end, inside a link, beside the article)
    stack: list[tuple[Any, bool, bool, bool]] = [(tree, False, False, False)]
    while stack:
        node, ends, linked, aside = stack.pop()
        block = node.tag in _BLOCKS
        if ends:
            if block:
                yield from line.end(aside=aside or _is_aside(node))
            line.add(node.tail, linked=linked)
            continue
        if not isinstance(node.tag, str) or node.tag in _INVISIBLE or _is_hidden(node):
            line.add(node.tail, linked=linked)
            continue
        if block:
            yield from line.end(aside=aside)
        inside_link, inside_aside = linked or node.tag == "a", aside or _is_aside(node)
        if node.tag == "tr" and (row := _data_row(node)):
            line.add(row, linked=False)
            stack.append((node, True, linked, aside))
            continue
        line.add(node.text, linked=inside_link)
        stack.append((node, True, linked, aside))
        stack.extend((child, False, inside_link, inside_aside) for child in reversed(node))
    yield from line.end(aside=False)


def _data_row(row: Any) -> str:
    """The row's cells on one line, if they are data: short, several, and without blocks or links inside."""
    cells = [cell for cell in row if cell.tag in ("td", "th")]
    if len(cells) < 2 or any(
        node.tag in _BLOCKS or node.tag == "a" for cell in cells for node in cell.iterdescendants()
    ):
        return ""
    texts = [" ".join(cell.text_content().split()) for cell in cells]
    joined = " | ".join(text for text in texts if text)
    return joined if len(joined) <= _LONGEST_ROW else ""


def _is_aside(node: Any) -> bool:
    if node.tag in _ASIDE_TAGS:
        return True
    return node.tag not in ("body", "html", "main", "article") and bool(
        _ASIDE_NAMES.search(f"{node.get('class') or ''} {node.get('id') or ''}")
    )


def _is_hidden(node: Any) -> bool:
    return (
        "display:none" in (node.get("style") or "").replace(" ", "").lower() or node.get("hidden") is not None
    )
