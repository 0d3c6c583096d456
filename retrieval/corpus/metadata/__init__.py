"""What are a saved page's title, source, date and author, and which of its text is the article?

Rules reason about pages: where a line stands, its shape, whether it repeats, which label it carries.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence

from retrieval.corpus.facts import Facts
from retrieval.corpus.lines import Line, clean, join_lines, split_lines
from retrieval.corpus.metadata.datelines import DateLine, read_date_line
from retrieval.corpus.metadata.dates import date_in_url, find_dates
from retrieval.corpus.metadata.furniture import is_furniture, is_imprint, is_state_header, keyword_lines
from retrieval.corpus.metadata.heading import find_heading, is_sentence, title_of_opening
from retrieval.corpus.metadata.layout import (
    body_end,
    body_start,
    is_prose,
    without_furniture,
    without_imprint,
)
from retrieval.corpus.metadata.names import has_byline_label, read_byline
from retrieval.corpus.metadata.publisher import (
    source_of_credit,
    source_of_masthead,
    source_of_opening,
    source_of_url,
)

_ADDRESS = re.compile(r"https?://[^\s<>\"')\]]+")
_SIGNATURE_LINES = 4
"""How far above its end an article may be signed: a credit, a remark, a date may follow."""


def read_page(text: str, *, sources: Mapping[str, str], url: str | None = None) -> tuple[str, Facts]:
    """The article in a saved page's text, and what the page says about it. Unknown stays None."""
    lines = split_lines(clean(text))
    start = body_start(lines)
    if start == len(lines):
        return _without_running_text(lines, sources, url)
    header, end = lines[:start], body_end(lines, start)
    dates = {n: d for n, line in enumerate(header) if (d := read_date_line(line.text))}
    heading = find_heading(header, dates)
    title = heading.title or title_of_opening(lines[start:end])
    keywords = keyword_lines([line.text for line in lines], title)
    body = [line for line in without_imprint(lines[start:end]) if line.text not in keywords]
    body = without_furniture(body)

    published = dates[heading.date].date if heading.date is not None else None
    between = _subheading(header, heading.lines, dates, keywords)
    author = next((name for line in between if (name := read_byline(line.text))), None)
    between = [line for line in between if not read_byline(line.text)]
    if author is None and heading.date is not None:
        author = next((name for rest in dates[heading.date].rest if (name := read_byline(rest))), None)
    body, signature = _signature(body, sources)
    published = published or signature.published
    url = url or _address([*header, *lines[end:]])
    outside = [
        line.text for line in [*header, *lines[end:]] if line.text not in keywords and line.text != title
    ]
    rests = [rest for date in dates.values() for rest in date.rest]
    source = (
        _source_of_openings(body, sources)
        or source_of_masthead([*outside, *rests], sources)
        or signature.source
        or (source_of_url(url, sources) if url else None)
    )
    if published is None and url:
        published = date_in_url(url)
    kept = [*between, *body]
    if title and heading.lines and is_sentence(title):
        kept.insert(0, Line(title))
    article = join_lines(kept)
    facts = Facts(
        title=title or None, source=source, published=published, author=signature.author or author, url=url
    )
    return article, with_mentioned(facts, article)


def with_mentioned(facts: Facts, text: str) -> Facts:
    """The facts, and where no date is known the first full date of title and text.

    The first, because a report opens with the day that it is about; later ones are deadlines and references.
    """
    if facts.published or facts.mentioned:
        return facts
    first = next((found.date for found in find_dates(f"{facts.title or ''}\n{text}")), None)
    return Facts(mentioned=first).over(facts) if first else facts


def _without_running_text(
    lines: Sequence[Line], sources: Mapping[str, str], url: str | None
) -> tuple[str, Facts]:
    """A page of short lines only, such as a list or a poem: nothing is sure to be furniture but its buttons."""
    kept = without_furniture(lines)
    dates = {n: d for n, line in enumerate(kept[:10]) if (d := read_date_line(line.text))}
    heading = find_heading(kept[:10], dates)
    published: datetime.date | None = None
    if heading.date is not None:
        published = dates[heading.date].date
    gone = {*heading.lines, *([heading.date] if heading.date is not None else [])}
    text = join_lines([line for n, line in enumerate(kept) if n not in gone]) or join_lines(kept)
    facts = Facts(title=heading.title or None, published=published, url=url)
    return text, with_mentioned(facts, text)


def _subheading(
    header: Sequence[Line], title: Sequence[int], dates: Mapping[int, DateLine], keywords: set[str]
) -> list[Line]:
    """What stands between the title and the running text and belongs to the article: a subheading, an author.

    Of a page without title or date, all that is no furniture: nothing says that it is a menu.
    """
    first = title[-1] + 1 if title else 0
    if not any(is_state_header(line.text) for line in header):
        header = [line if n >= first else Line("") for n, line in enumerate(header)]
    return [
        line
        for n, line in enumerate(header)
        if line.text
        and n not in title
        and n not in dates
        and line.text not in keywords
        and not is_furniture(line.text)
        and not is_imprint(line.text)
    ]


def _source_of_openings(body: Sequence[Line], sources: Mapping[str, str]) -> str | None:
    first = next((line.text for line in body if is_prose(line.text)), "")
    return source_of_opening(first, sources)


def _signature(body: list[Line], sources: Mapping[str, str]) -> tuple[list[Line], Facts]:
    """The body without the lines that sign it, and what they say. Only lines after the last running text sign."""
    kept, facts = list(body), Facts()
    last = max((n for n, line in enumerate(body) if is_prose(line.text)), default=len(body))
    for number in range(len(body) - 1, max(last, len(body) - 1 - _SIGNATURE_LINES), -1):
        text = body[number].text
        said = Facts()
        if source := source_of_credit(text, sources):
            said = Facts(source=source)
        elif date := read_date_line(text):
            said = Facts(published=None if date.clock else date.date)
        elif (name := read_byline(text)) and (facts.author is None or has_byline_label(text)):
            said = Facts(author=name)
        if said == Facts():
            continue
        facts = said.over(facts)
        del kept[number]
    return kept, facts


def _address(lines: Sequence[Line]) -> str | None:
    """The page's own address, where exactly one stands outside the article."""
    found = {match[0].rstrip(".,;") for line in lines for match in _ADDRESS.finditer(line.text)}
    return found.pop() if len(found) == 1 else None
