"""What does a reader see of an HTML page? Its visible text, a block a line, and what part of the page each is in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from retrieval.records import BlockKind

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
            "summary",
            "details",
            "button",
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
_LONGEST_ROW, _LONGEST_CELL, _BLOCKS_IN_CELL = 1000, 400, 3
"""Characters and blocks from which a table's row is no data but lays out the page."""
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_KINDS: dict[str, BlockKind] = {
    "li": "item",
    "figcaption": "caption",
    "caption": "caption",
    "dt": "heading",
    "summary": "heading",
    "legend": "heading",
}
_DEEP = 5
"""The level of headings that are none of h1 to h6: a term that is explained, a question that opens on a click."""


@dataclass(frozen=True, slots=True)
class Block:
    """`aside`: by its tags it stands beside the article, or it is nothing but a link. `text`: on one line.

    `kind`, `level`: as in `records.Block`. `listed`: it stands in a table, a list or an explanation.
    """

    text: str
    aside: bool
    kind: BlockKind = "paragraph"
    level: int = 0
    listed: bool = False


class _Line:
    """A block while it is being read."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.linked = 0

    def add(self, text: str | None, *, linked: bool) -> None:
        if text:
            self.parts.append(text)
            self.linked += linked * len("".join(text.split()))

    def end(self, *, aside: bool, kind: BlockKind, level: int, listed: bool) -> Iterator[Block]:
        whole = " ".join("".join(self.parts).split())
        letters, linked = len(whole.replace(" ", "")), self.linked
        self.parts, self.linked = [], 0
        if whole:
            yield Block(whole, aside or linked >= letters * _LINKED, kind, level, listed)


@dataclass(frozen=True, slots=True)
class _State:
    """What holds inside a node: within a link, beside the article, the kind of block, how deep its list is."""

    linked: bool = False
    aside: bool = False
    kind: BlockKind = "paragraph"
    level: int = 0
    lists: int = 0
    listed: bool = False


def visible_blocks(tree: Any) -> Iterator[Block]:
    """The page's blocks in order. A row of a table of data is one block, its cells parted by " | "."""
    line = _Line()
    # An explicit stack: pages nest deeper than Python recurses. (node, is its end, what holds around it)
    stack: list[tuple[Any, bool, _State]] = [(tree, False, _State())]
    while stack:
        node, ends, around = stack.pop()
        block = node.tag in _BLOCKS
        inside = _inside(node, around) if isinstance(node.tag, str) else around
        if ends:
            if block:
                yield from _end(line, inside)
            line.add(node.tail, linked=around.linked)
            continue
        if not isinstance(node.tag, str) or node.tag in _INVISIBLE or (_is_hidden(node) and not _opens(node)):
            line.add(node.tail, linked=around.linked)
            continue
        if block:
            yield from _end(line, around)
        if node.tag == "tr" and (row := _data_row(node)):
            line.add(row, linked=_is_linked(node))
            header = all(cell.tag == "th" for cell in node if cell.tag in ("td", "th"))
            yield from line.end(aside=inside.aside, kind="row", level=int(header), listed=True)
            line.add(node.tail, linked=around.linked)
            continue
        line.add(node.text, linked=inside.linked)
        stack.append((node, True, around))
        stack.extend((child, False, inside) for child in reversed(node))
    yield from _end(line, _State())


def _end(line: _Line, state: _State) -> Iterator[Block]:
    yield from line.end(aside=state.aside, kind=state.kind, level=state.level, listed=state.listed)


def _inside(node: Any, around: _State) -> _State:
    """What holds inside a node."""
    tag = node.tag
    lists = around.lists + (tag in ("ul", "ol"))
    kind, level = around.kind, around.level
    if tag in _HEADINGS:
        kind, level = "heading", _HEADINGS[tag]
    elif tag == "button":
        kind, level = ("heading", _DEEP) if _shows(node) else ("furniture", 0)
    elif tag in _KINDS:
        kind = _KINDS[tag]
        level = lists if kind == "item" else _DEEP if kind == "heading" else 0
    elif tag in ("td", "th", "dd", "details", "table", "ul", "ol", "dl"):
        kind, level = "paragraph", 0
    return _State(
        around.linked or tag == "a",
        around.aside or _is_aside(node) or kind == "furniture",
        kind,
        level,
        lists,
        around.listed or tag in ("td", "th", "li", "dd", "dt", "details"),
    )


def _data_row(row: Any) -> str:
    """The row's cells on one line, if they are data: several, short, and without what lays out a page."""
    cells = [cell for cell in row if cell.tag in ("td", "th")]
    if len(cells) < 2:
        return ""
    for cell in cells:
        inner = [node.tag for node in cell.iterdescendants() if node.tag in _BLOCKS and node.tag != "br"]
        if len(inner) > _BLOCKS_IN_CELL or any(
            tag in _HEADINGS or tag in ("table", "form", "nav") for tag in inner
        ):
            return ""
    texts = [_cell_text(cell) for cell in cells]
    joined = " | ".join(texts).strip(" |")
    return joined if len(joined) <= _LONGEST_ROW and max(map(len, texts)) <= _LONGEST_CELL else ""


def _cell_text(cell: Any) -> str:
    parts = [cell.text or ""]
    for node in cell.iterdescendants():
        shown = isinstance(node.tag, str) and node.tag not in _INVISIBLE
        parts.append((" " if node.tag in _BLOCKS else "") + ((node.text or "") if shown else ""))
        parts.append((" " if node.tag in _BLOCKS else "") + (node.tail or ""))
    return " ".join("".join(parts).split())


def _is_linked(row: Any) -> bool:
    whole = len("".join("".join(row.itertext()).split()))
    linked = sum(len("".join("".join(link.itertext()).split())) for link in row.iterdescendants("a"))
    return linked >= whole * _LINKED


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


def _opens(hidden: Any) -> bool:
    """Whether what is hidden is shown on a click on what stands before it, as an answer under its question."""
    before = hidden.getprevious()
    return before is not None and (
        before.tag in _HEADINGS or _is_switch(before) or any(map(_is_switch, before.iterdescendants()))
    )


def _is_switch(node: Any) -> bool:
    return isinstance(node.tag, str) and (
        node.tag in ("button", "summary")
        or node.get("aria-expanded") is not None
        or node.get("onclick") is not None
        or node.get("role") == "button"
    )


def _shows(button: Any) -> bool:
    """Whether a button shows a text on a click, so that it heads that text."""
    if button.get("aria-expanded") is not None or button.get("aria-controls") is not None:
        return True
    above = button.getparent()
    after = button.getnext()
    if after is None and above is not None and len(above) == 1:
        after = above.getnext()
    return after is not None and isinstance(after.tag, str) and _is_hidden(after)
