"""A page of HTML: the article in it, and what its tags and its visible text say of it."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from retrieval.corpus.encoding import decode
from retrieval.corpus.facts import Extract, Facts
from retrieval.corpus.legacy import repair
from retrieval.corpus.metadata import read_page
from retrieval.corpus.metadata.dates import parse_date
from retrieval.corpus.readers.extras import load_extra
from retrieval.corpus.readers.html_tags import read_tags
from retrieval.corpus.readers.plain import check_lines
from retrieval.corpus.readers.source import Source
from retrieval.errors import UnreadableFile

_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE
)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_BLOCKS = frozenset(
    (
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "br",
            "dd",
            "div",
            "dl",
            "dt",
            "fieldset",
            "figcaption",
        ),
        *(
            "figure",
            "footer",
            "form",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hr",
            "li",
            "main",
            "nav",
        ),
        *("ol", "p", "pre", "section", "table", "td", "th", "tr", "ul"),
    )
)
_SKIPPED = frozenset(
    ("head", "script", "style", "noscript", "template", "svg", "iframe", "button", "select", "textarea")
)
_LEAST_SHARE = 0.35
"""Of the page's running text, the share that the extracted article holds at least; with less, it was missed."""
_PROSE = 80
"""Characters from which a line is running text."""


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
    visible = repair("\n".join(_visible_lines(tree)))
    facts = read_tags(tree, url=source.url)
    _, seen = read_page(visible, sources=source.sources, url=facts.url, title=facts.title)
    facts = facts.over(dataclasses.replace(seen, mentioned=None))
    if facts.published is None:
        facts = _leftover_date(markup, source).over(facts)
    article = trafilatura.extract(
        markup, url=facts.url, include_comments=False, include_tables=True, favor_recall=True
    )
    text = _better(repair(article or ""), visible)
    if not _prose_length(text):
        raise UnreadableFile(source.name, "no article in it; leave it out")
    yield Extract(text, facts)


def _better(article: str, visible: str) -> str:
    """What was extracted, unless it misses most of the page's running text."""
    return article if _prose_length(article) >= _prose_length(visible) * _LEAST_SHARE else visible


def _prose_length(text: str) -> int:
    return sum(len(line) for line in text.split("\n") if len(line) >= _PROSE)


def _visible_lines(tree: Any) -> list[str]:
    """The page's text as a reader sees it, a line for each block, blank lines between; hidden parts are left out."""
    lines: list[str] = []
    parts: list[str] = []

    def end_block() -> None:
        line = " ".join("".join(parts).split())
        parts.clear()
        if line:
            lines.extend((line, ""))

    # An explicit stack: pages nest deeper than Python recurses.
    stack: list[tuple[Any, bool]] = [(tree, False)]
    while stack:
        node, closing = stack.pop()
        if closing:
            if node.tag in _BLOCKS:
                end_block()
            parts.append(node.tail or "")
            continue
        if not isinstance(node.tag, str) or node.tag in _SKIPPED or _is_hidden(node):
            parts.append(node.tail or "")
            continue
        if node.tag in _BLOCKS:
            end_block()
        parts.append(node.text or "")
        stack.append((node, True))
        stack.extend((child, False) for child in reversed(node))
    end_block()
    return lines


def _is_hidden(node: Any) -> bool:
    return (
        "display:none" in (node.get("style") or "").replace(" ", "").lower() or node.get("hidden") is not None
    )


def _leftover_date(markup: str, source: Source) -> Facts:
    """What htmldate makes of the page, where neither its tags nor its visible text say when it was published."""
    htmldate = load_extra("htmldate", extra="html", where=source.name)
    found = htmldate.find_date(markup, url=source.url, original_date=True, extensive_search=False)
    return Facts(published=parse_date(found)) if found else Facts()
