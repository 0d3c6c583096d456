"""What does a reader see of an HTML page? Its visible text, a block a line, and what part of the page each is in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from retrieval.corpus.readers.pieces import CELLS
from retrieval.corpus.readers.tables import Cell, span, unmerged
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
_MOST_COVERED = 30
"""Rows above in which a cell is looked for that reaches down."""
_MOST_HIDDEN = 30
"""Hidden nodes side by side over which the one that shows them is looked for."""
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
    rows: dict[Any, tuple[str, bool]] = {}
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
        if node.tag == "table":
            rows.update(_data_rows(node))
        if node in rows:
            row, header = rows.pop(node)
            line.add(row, linked=_is_linked(node))
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
        around.linked or (tag == "a" and not (_stays_here(node) and _shows(node))),
        around.aside or _is_aside(node) or kind == "furniture",
        kind,
        level,
        lists,
        around.listed or tag in ("td", "th", "li", "dd", "dt", "details"),
    )


def _data_rows(table: Any) -> dict[Any, tuple[str, bool]]:
    """What each row of data in the table says, and whether it names the columns. Rows that name the columns together
    are one: the first says it, and those below it nothing."""
    found: dict[Any, tuple[str, bool]] = {}
    held: list[Any] = []
    for line in [*_own_rows(table), None]:
        if line is not None and _is_data(line):
            held.append(line)
            continue
        if held:
            found.update(_unmerged(held))
        held = []
    return found


def _own_rows(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from (line for line in child if line.tag == "tr")


def _unmerged(lines: Sequence[Any]) -> Iterator[tuple[Any, tuple[str, bool]]]:
    cells = [
        [
            Cell(_cell_text(cell), across=span(cell.get("colspan")), down=span(cell.get("rowspan")))
            for cell in line
            if cell.tag in ("td", "th")
        ]
        for line in lines
    ]
    marked = [all(cell.tag == "th" for cell in line if cell.tag in ("td", "th")) for line in lines]
    headers = marked.index(False) if False in marked else len(marked)
    texts, heads = unmerged(cells, headers=headers)
    joined = len(lines) - len(texts)
    for number, line in enumerate(lines):
        if 0 < number <= joined:
            yield line, ("", False)
        else:
            place = number - joined if number else 0
            header = number < heads or (marked[number] and number < headers)
            yield line, (CELLS.join(texts[place]).strip(CELLS), header)


def _is_data(row: Any) -> bool:
    """Whether the row's cells are data: several, short, and without what lays out a page."""
    cells = [cell for cell in row if cell.tag in ("td", "th")]
    spans = any(span(cell.get("rowspan")) > 1 for cell in cells)
    if len(cells) < 2 and not (spans or _is_covered(row)):
        return False
    for cell in cells:
        inner = [node.tag for node in cell.iterdescendants() if node.tag in _BLOCKS and node.tag != "br"]
        if len(inner) > _BLOCKS_IN_CELL or any(
            tag in _HEADINGS or tag in ("table", "form", "nav") for tag in inner
        ):
            return False
    texts = [_cell_text(cell) for cell in cells]
    return sum(map(len, texts)) <= _LONGEST_ROW and max(map(len, texts), default=0) <= _LONGEST_CELL


def _is_covered(row: Any) -> bool:
    """Whether a cell of a row above reaches down to this one, which so has fewer of its own."""
    depth = 1
    above = row.getprevious()
    while above is not None and depth < _MOST_COVERED:
        if any(span(cell.get("rowspan")) > depth for cell in above if cell.tag in ("td", "th")):
            return True
        above, depth = above.getprevious(), depth + 1
    return False


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
    if hidden.get("role") == "tabpanel":
        return True
    before = _shown_before(hidden)
    if before is None:
        return False
    if before.tag in _HEADINGS or _KINDS.get(before.tag) == "heading" or _is_switch(before):
        return True
    if any(map(_is_switch, before.iterdescendants())):
        return True
    return hidden.tag in _BLOCKS and (_stays_here(before) or _asks(before))


def _shown_before(hidden: Any) -> Any:
    """The nearest node before it that is seen: an answer may be several paragraphs, all hidden."""
    before = hidden.getprevious()
    for _ in range(_MOST_HIDDEN):
        if before is None or (isinstance(before.tag, str) and not _is_hidden(before)):
            return before
        before = before.getprevious()
    return None


def _stays_here(node: Any) -> bool:
    """Whether it is a link that leads to no other page, so that a click on it does something here."""
    return node.tag == "a" and (node.get("href") or "#").strip().lower().startswith(("#", "javascript:"))


def _asks(node: Any) -> bool:
    """Whether its text ends as a question: nobody leaves one on a page without its answer."""
    return "".join(node.itertext()).rstrip().endswith("?")


def _is_switch(node: Any) -> bool:
    return isinstance(node.tag, str) and (
        node.tag in ("button", "summary")
        or node.get("aria-expanded") is not None
        or node.get("onclick") is not None
        or node.get("role") == "button"
    )


def _shows(button: Any) -> bool:
    """Whether a button, or a link that stays on the page, shows a text on a click, so that it heads that text."""
    if button.get("aria-expanded") is not None or button.get("aria-controls") is not None:
        return True
    above = button.getparent()
    after = button.getnext()
    if after is None and above is not None and len(above) == 1:
        after = above.getnext()
    return after is not None and isinstance(after.tag, str) and _is_hidden(after)
