"""What are a saved page's title, source, date and author, and which of its text is the article?

Rules reason about pages: where a line stands, its shape, whether it repeats, which label it carries.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from retrieval.corpus.facts import Facts
from retrieval.corpus.lines import Line, clean, join_lines, split_lines
from retrieval.corpus.metadata.datelines import DateLine, read_date_line
from retrieval.corpus.metadata.dates import date_in_url, find_dates
from retrieval.corpus.metadata.furniture import is_furniture, is_imprint, is_state_header, keyword_lines
from retrieval.corpus.metadata.heading import (
    Heading,
    find_heading,
    is_sentence,
    known_heading,
    title_of_opening,
)
from retrieval.corpus.metadata.layout import (
    body_end,
    body_start,
    is_prose,
    without_furniture,
    without_imprint,
)
from retrieval.corpus.metadata.names import read_byline
from retrieval.corpus.metadata.publisher import (
    source_of_masthead,
    source_of_opening,
    source_of_url,
)
from retrieval.corpus.metadata.signature import ADDRESS, read_signature


def read_page(
    text: str, *, sources: Mapping[str, str], url: str | None = None, title: str | None = None
) -> tuple[str, Facts]:
    """The article in a saved page's text, and what the page says about it. Unknown stays None.

    `sources`: publishers' marks and names, as the lexicon has them. `url`, `title`: where they are known already.
    """
    lines = split_lines(clean(text))
    start = body_start(lines)
    if start == len(lines):
        return _without_running_text(lines, sources, url)
    header, end = lines[:start], body_end(lines, start)
    dates = {n: d for n, line in enumerate(header) if (d := read_date_line(line.text))}
    heading = known_heading(header, dates, title) if title else find_heading(header, dates)
    title = heading.title or title_of_opening(lines[start:end])
    keywords = keyword_lines([line.text for line in lines], title)
    body = [line for line in without_imprint(lines[start:end]) if line.text not in keywords]
    body = without_furniture(body)

    published = dates[heading.date].date if heading.date is not None else None
    between = _subheading(header, heading.lines, dates, keywords)
    author = _byline(header, between, heading, dates)
    between = [line for line in between if not read_byline(line.text)]
    body, signature = read_signature(body, sources)
    published = published or signature.published
    url = url or signature.url or _address([*header, *lines[end:]])
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


def _byline(
    header: Sequence[Line], between: Sequence[Line], heading: Heading, dates: Mapping[int, DateLine]
) -> str | None:
    """The author above the text: below the title, on the date's line, or right beside it."""
    texts = [line.text for line in between]
    if heading.date is not None:
        texts += dates[heading.date].rest
        texts += [
            header[n].text
            for n in (heading.date - 1, heading.date + 1)
            if 0 <= n < len(header) and n not in heading.lines
        ]
    return next((name for text in texts if (name := read_byline(text))), None)


def _source_of_openings(body: Sequence[Line], sources: Mapping[str, str]) -> str | None:
    first = next((line.text for line in body if is_prose(line.text)), "")
    return source_of_opening(first, sources)


def _address(lines: Sequence[Line]) -> str | None:
    """The page's own address, where exactly one stands outside the article."""
    found = {match[0].rstrip(".,;") for line in lines for match in ADDRESS.finditer(line.text)}
    return found.pop() if len(found) == 1 else None
