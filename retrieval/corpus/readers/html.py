"""A page of HTML: the article in it, and what its tags and its visible text say of it."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from retrieval.corpus.encoding import decode
from retrieval.corpus.facts import Extract, Facts
from retrieval.corpus.legacy import repair
from retrieval.corpus.lines import clean, split_lines
from retrieval.corpus.metadata.dates import parse_date
from retrieval.corpus.metadata.page import read_page
from retrieval.corpus.readers.extras import load_extra
from retrieval.corpus.readers.html_blocks import Block, visible_blocks
from retrieval.corpus.readers.html_tags import read_tags
from retrieval.corpus.readers.plain import check_lines
from retrieval.corpus.readers.source import Source
from retrieval.errors import UnreadableFile

_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE
)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_LEAST_SHARE = 0.35
"""Of the page's running text, the share that what trafilatura finds holds at least; with less, it missed the
article."""
_PROSE = 80
"""Characters from which a block is running text."""


def read(stream: BinaryIO, source: Source) -> Iterator[Extract]:
    data = stream.read()
    declared = _CHARSET.search(data[:4096])
    markup = decode(data, where=source.name, declared=declared[1].decode("ascii") if declared else None)
    markup = _XML_DECLARATION.sub("", check_lines(markup, source), count=1)
    lxml_html = load_extra("lxml.html", extra="html", where=source.name)
    trafilatura = load_extra("trafilatura", extra="html", where=source.name)
    try:
        tree = lxml_html.document_fromstring(markup)
    except Exception as error:  # lxml raises parser and value errors of several kinds
        raise UnreadableFile(source.name, "no HTML in it; leave it out") from error
    blocks = [dataclasses.replace(block, text=repair(block.text)) for block in visible_blocks(tree)]
    facts = read_tags(tree, sources=source.sources, url=source.url)
    lines = split_lines(clean(_join(blocks)))
    seen = read_page(lines, sources=source.sources, url=facts.url, title=facts.title, saved=True)
    facts = facts.over(seen.facts)
    if facts.published is None:
        facts = _leftover_date(markup, source).over(facts)
    article = (
        trafilatura.extract(markup, include_comments=False, include_tables=True, favor_recall=True) or ""
    )
    inside = _between(blocks, repair(article))
    if not _prose_length(inside):
        raise UnreadableFile(source.name, "no article in it; leave it out")
    yield Extract(_join(inside), found=facts, saved_page=True)


def _between(blocks: Sequence[Block], article: str) -> list[Block]:
    """The blocks from the first to the last that trafilatura takes for the article, less what stands aside.

    Between these, captions and short paragraphs that it leaves out are kept. Where it misses most of the running
    text (old pages laid out with tables), all blocks that do not stand aside.
    """
    own = [block for block in blocks if not block.aside]
    lines = {_fold(line) for line in article.split("\n")}
    inside = [n for n, block in enumerate(own) if _fold(block.text) in lines]
    if not inside:
        return own
    between = own[inside[0] : inside[-1] + 1]
    return between if _prose_length(between) >= _prose_length(own) * _LEAST_SHARE else own


def _prose_length(blocks: Sequence[Block]) -> int:
    return sum(len(block.text) for block in blocks if len(block.text) >= _PROSE)


def _join(blocks: Sequence[Block]) -> str:
    return "\n\n".join(block.text for block in blocks)


def _fold(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _leftover_date(markup: str, source: Source) -> Facts:
    """What htmldate makes of the page, where neither its tags nor its visible text say when it was published."""
    htmldate = load_extra("htmldate", extra="html", where=source.name)
    found = htmldate.find_date(markup, url=source.url, original_date=True, extensive_search=False)
    return Facts(published=parse_date(found)) if found else Facts()
