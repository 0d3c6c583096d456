"""A page of HTML: the article in it, and what its tags and its visible text say of it."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from typing import BinaryIO

import htmldate
import lxml.html
import trafilatura

from retrieval.corpus.encoding import decode
from retrieval.corpus.facts import Extract, Facts
from retrieval.corpus.legacy import repair
from retrieval.corpus.lines import Line, clean
from retrieval.corpus.metadata.boilerplate import (
    is_imprint,
    is_section_name,
    starts_after_article,
    starts_related,
)
from retrieval.corpus.metadata.dates import find_dates, parse_date
from retrieval.corpus.metadata.official import read_paper
from retrieval.corpus.metadata.page import read_page
from retrieval.corpus.readers.html_blocks import Block, visible_blocks
from retrieval.corpus.readers.html_tags import read_tags
from retrieval.corpus.readers.pieces import Piece, extract_of
from retrieval.corpus.readers.plain import check_lines
from retrieval.corpus.readers.source import Source
from retrieval.errors import UnreadableFile
from retrieval.records import BlockKind

_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE
)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_LEAST_SHARE = 0.35
"""Of the page's running text, the share that what trafilatura finds holds at least; with less, it missed the
article."""
_LETTER = re.compile(r"[^\W\d_]")
_PROSE = 80
"""Characters from which a block is running text."""


def read(stream: BinaryIO, source: Source) -> Iterator[Extract]:
    data = stream.read()
    declared = _CHARSET.search(data[:4096])
    markup = decode(data, where=source.name, declared=declared[1].decode("ascii") if declared else None)
    markup = _XML_DECLARATION.sub("", check_lines(markup, source), count=1)
    try:
        tree = lxml.html.document_fromstring(markup)
    except Exception as error:  # lxml raises parser and value errors of several kinds
        raise UnreadableFile(source.name, "không có HTML trong tệp; hãy bỏ ra") from error
    blocks = [dataclasses.replace(block, text=repair(block.text)) for block in visible_blocks(tree)]
    facts = read_tags(tree, sources=source.sources, url=source.url)
    lines = [
        Line(text, start=n, end=n + 1)
        for n, block in enumerate(blocks)
        if (text := clean(block.text).strip())
    ]
    seen = read_page(lines, sources=source.sources, url=facts.url, title=facts.title, saved=True)
    paper = read_paper(lines)
    said = seen.facts if paper is None else paper.facts
    facts = _shown_date(facts, said).over(said)
    if facts.published is None:
        facts = _leftover_date(markup, blocks, source).over(facts)
    article = (
        trafilatura.extract(markup, include_comments=False, include_tables=True, favor_recall=True) or ""
    )
    inside = _article(blocks, repair(article))
    if all(is_section_name(blocks[n].text) or not _LETTER.search(blocks[n].text) for n in inside):
        raise UnreadableFile(source.name, "không có bài nào trong trang; hãy bỏ ra")
    labels = {lines[n].start: kind for n, kind in seen.labels.items() if kind != "signature"}
    pieces = [
        _piece(block, labels.get(n), n in inside, blocks[n - 1] if n else None)
        for n, block in enumerate(blocks)
    ]
    yield dataclasses.replace(extract_of(pieces, found=facts), saved_page=True)


def _shown_date(tags: Facts, seen: Facts) -> Facts:
    """The tags' facts; where the page shows the day and month of its tags the other way round, what it shows."""
    said, shown = tags.published, seen.published
    if said and shown and (said.day, said.month, said.year) == (shown.month, shown.day, shown.year):
        return dataclasses.replace(tags, published=shown)
    return tags


def _piece(block: Block, label: BlockKind | None, inside: bool, above: Block | None) -> Piece:
    """A block as what it is; outside the article it is furniture, unless it is the title or the date."""
    close = above is not None and above.kind == block.kind and block.kind in ("row", "item")
    if inside:
        return Piece(block.kind, block.text, block.level, close=close)
    return Piece(label if label in ("title", "dateline") else "furniture", block.text, close=close)


def _article(blocks: Sequence[Block], article: str) -> set[int]:
    """The numbers of the blocks from the first to the last that trafilatura takes for the article, less what stands
    aside; and of the tables and lists that follow, up to where other articles or the imprint begin.

    Between these, captions and short paragraphs that it leaves out are kept. Where it misses most of the text (old
    pages laid out with tables, short pages, pages of tables), all blocks that do not stand aside.
    """
    own = [n for n, block in enumerate(blocks) if not block.aside]
    lines = {_fold(line) for line in article.split("\n")}
    found = [place for place, n in enumerate(own) if _fold(blocks[n].text) in lines]
    if not found:
        return set(own)
    between = own[found[0] : found[-1] + 1]
    weight = sum(_weight(blocks[n]) for n in own)
    if not weight or sum(_weight(blocks[n]) for n in between) < weight * _LEAST_SHARE:
        return set(own)
    return {*between, *_what_follows(blocks, own[found[-1] + 1 :])}


def _what_follows(blocks: Sequence[Block], after: Sequence[int]) -> Iterator[int]:
    for n in after:
        text = blocks[n].text
        if starts_after_article(text) or starts_related(text) or is_imprint(text):
            return
        if blocks[n].listed or blocks[n].kind == "heading":
            yield n


def _weight(block: Block) -> int:
    return len(block.text) if len(block.text) >= _PROSE or block.listed else 0


def _fold(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _leftover_date(markup: str, blocks: Sequence[Block], source: Source) -> Facts:
    """What htmldate makes of the page, where neither its tags nor its visible lines say when it was published.

    A date that stands in the page's own text is none: it is what that text tells.
    """
    found = htmldate.find_date(markup, url=source.url, original_date=True, extensive_search=False)
    date = parse_date(found) if found else None
    told = {day.date for block in blocks if not block.aside for day in find_dates(block.text)}
    return Facts(published=date) if date and date not in told else Facts()
