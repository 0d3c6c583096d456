"""How is a document shown, as it was read, with a passage marked? Plain HTML that needs no script."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from urllib.parse import urlsplit

from bot.cards import place_text
from bot.plain import one_line
from bot.web.addresses import PASSAGE
from retrieval import Block, Document

_LABELS = {
    "letterhead": "đầu văn bản",
    "dateline": "ngày đăng",
    "signature": "người ký",
    "furniture": "phần phụ của trang",
}
"""What stretches that are not the article's own words are called beside them."""


def page(document: Document, passage: tuple[int, int] | None) -> str:
    """The whole page. `passage`: offsets in the text to mark."""
    title = one_line(document.title) or document.id
    facts = [place_text(document)]
    if document.author and document.source:
        facts.append(document.author)
    address = document.url if _is_web(document.url) else None
    original = f'<a href="{escape(address)}" rel="noreferrer">Bài gốc</a>' if address else ""
    jump = f'<a href="#{PASSAGE}">Tới đoạn được trích</a>' if passage else ""
    return frame(
        title,
        f'<article class="document" lang="vi"><h1>{escape(title)}</h1>'
        f'<p class="place">{escape(" · ".join(facts))}</p>'
        f'<p class="links">{original} {jump}</p>'
        f'<div class="text">{"".join(_body(document, passage))}</div></article>',
    )


def frame(title: str, body: str) -> str:
    """A page of the service around `body`, which is HTML."""
    return (
        '<!doctype html><html lang="vi"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)} · Hỏi Đáp</title>"
        '<link rel="icon" href="/static/icon.svg" type="image/svg+xml">'
        '<link rel="stylesheet" href="/static/page.css"></head><body class="reading">'
        '<header class="bar"><a class="home" href="/">Hỏi Đáp</a></header>'
        f"<main>{body}</main></body></html>"
    )


def _is_web(address: str | None) -> bool:
    """Only such addresses become links: a document could bring one that runs a script."""
    try:
        return urlsplit(address or "").scheme in ("http", "https")
    except ValueError:
        return False


def _body(document: Document, passage: tuple[int, int] | None) -> Iterator[str]:
    """Every stretch of the text in its own element; rows side by side make a table, items a list."""
    mark = _Mark(document.text, passage)
    blocks = document.blocks or _lines(document.text)
    first = blocks[0] if blocks else None
    if first and document.text[first.start : first.end] == document.title and not mark.reaches(first):
        blocks = blocks[1:]  # the page's own heading says it
    number = 0
    while number < len(blocks):
        run = _run(blocks, number)
        kind = run[0].kind
        if kind == "row":
            yield f'<div class="wide"><table>{"".join(_row(one, mark) for one in run)}</table></div>'
        elif kind == "item":
            yield f"<ul>{''.join(f'<li>{mark.html(one.start, one.end)}</li>' for one in run)}</ul>"
        else:
            yield _single(run[0], mark)
        number += len(run)


def _run(blocks: Sequence[Block], number: int) -> Sequence[Block]:
    """The block at `number`, with those after it that belong to the same table or list."""
    kind, end = blocks[number].kind, number + 1
    while kind in ("row", "item") and end < len(blocks) and blocks[end].kind == kind:
        end += 1
    return blocks[number:end]


def _single(block: Block, mark: _Mark) -> str:
    inside = mark.html(block.start, block.end)
    if block.kind in ("heading", "title"):
        level = min(6, max(2, block.level + 1))
        return f"<h{level}>{inside}</h{level}>"
    if label := _LABELS.get(block.kind):
        return f'<p class="label {block.kind}"><span class="what">{label}</span> {inside}</p>'
    return f'<p class="{block.kind}">{inside}</p>'


def _row(block: Block, mark: _Mark) -> str:
    cell = "th" if block.level == 1 else "td"
    cells, at = [], block.start
    for text in mark.text[block.start : block.end].split(" | "):
        cells.append(f"<{cell}>{mark.html(at, at + len(text))}</{cell}>")
        at += len(text) + len(" | ")
    return f"<tr>{''.join(cells)}</tr>"


def _lines(text: str) -> tuple[Block, ...]:
    """A paragraph for each line, where nothing is known of the blocks."""
    blocks, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            start = at + len(line) - len(line.lstrip())
            blocks.append(Block("paragraph", start, at + len(line.rstrip())))
        at += len(line) + 1
    return tuple(blocks)


class _Mark:
    """Writes stretches of a text as HTML, with what lies in the passage marked; the first mark can be jumped to."""

    def __init__(self, text: str, passage: tuple[int, int] | None) -> None:
        self.text = text
        self._passage = passage
        self._first = True

    def html(self, start: int, end: int) -> str:
        low, high = self._passage or (0, 0)
        low, high = max(low, start), min(high, end)
        if low >= high:
            return self._escaped(start, end)
        name = f' id="{PASSAGE}"' if self._first else ""
        self._first = False
        inside = self._escaped(low, high)
        return f"{self._escaped(start, low)}<mark{name}>{inside}</mark>{self._escaped(high, end)}"

    def reaches(self, block: Block) -> bool:
        """Whether part of the block is to be marked."""
        low, high = self._passage or (0, 0)
        return max(low, block.start) < min(high, block.end)

    def _escaped(self, start: int, end: int) -> str:
        return escape(self.text[start:end]).replace("\n", "<br>")
