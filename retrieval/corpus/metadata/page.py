"""How are the rules put together? A page's header gives title and date, its edges the publisher, its end the author."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from retrieval.corpus.facts import Facts
from retrieval.corpus.lines import Line, clean, join_lines, split_lines
from retrieval.corpus.metadata.boilerplate import is_furniture, is_imprint, is_state_header, keyword_lines
from retrieval.corpus.metadata.datelines import DateLine, read_date_line
from retrieval.corpus.metadata.dates import date_in_url
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
from retrieval.corpus.metadata.mentioned import with_mentioned
from retrieval.corpus.metadata.names import read_byline
from retrieval.corpus.metadata.publisher import (
    source_of_masthead,
    source_of_opening,
    source_of_url,
    split_source,
)
from retrieval.corpus.metadata.signature import ADDRESS, read_signature

_FIRST_LINES = 10
"""Where the heading of a page without running text is looked for."""


def read_page(
    text: str, *, sources: Mapping[str, str], url: str | None = None, title: str | None = None
) -> tuple[str, Facts]:
    """The article in a saved page's text, and what the page says about it. Unknown stays None.

    `sources`: publishers' marks and names, as the lexicon has them. `url`, `title`: where they are known already.
    A title that is a sentence stays in the text, for it tells facts; a headline does not, nor do the date's line
    and the signature.
    """
    lines = split_lines(clean(text))
    start = body_start(lines)
    if start == len(lines):
        return _read_short_lines(lines, sources, url)
    header, body = lines[:start], lines[start : body_end(lines, start)]
    dates = {n: date for n, line in enumerate(header) if (date := read_date_line(line.text))}
    heading = known_heading(header, dates, title) if title else find_heading(header, dates)
    headline, ending = split_source(heading.title or title_of_opening(body), sources)
    keywords = keyword_lines([line.text for line in lines], headline)
    body = [line for line in without_imprint(body) if line.text not in keywords]
    body, signature = read_signature(without_furniture(body), sources)
    below = [line for line in _below_title(header, heading, dates) if line.text not in keywords]
    kept = [*(line for line in below if not read_byline(line.text)), *body]
    outside = _outside(lines, kept, heading, dates)
    url = url or signature.url or _address(outside)
    source = (
        source_of_opening(next((line.text for line in body if is_prose(line.text)), ""), sources)
        or source_of_masthead(outside, sources)
        or ending
        or signature.source
        or (source_of_url(url, sources) if url else None)
    )
    published = dates[heading.date].date if heading.date is not None else signature.published
    if heading.lines and is_sentence(headline):
        kept.insert(0, Line(headline))
    article = join_lines(kept)
    facts = Facts(
        title=_without_full_stop(headline) or None,
        source=source,
        published=published or (date_in_url(url) if url else None),
        url=url,
        author=signature.author or _byline(header, below, heading, dates),
    )
    return article, with_mentioned(facts, article)


def _without_full_stop(title: str) -> str:
    return title if title.endswith("..") else title.removesuffix(".")


def _read_short_lines(
    lines: Sequence[Line], sources: Mapping[str, str], url: str | None
) -> tuple[str, Facts]:
    """A page of short lines only, such as a list or a poem: nothing is sure to be furniture but its buttons."""
    kept = without_furniture(lines)
    dates = {n: date for n, line in enumerate(kept[:_FIRST_LINES]) if (date := read_date_line(line.text))}
    heading = find_heading(kept[:_FIRST_LINES], dates)
    text = join_lines([line for n, line in enumerate(kept) if n not in (*heading.lines, heading.date)])
    facts = Facts(
        title=heading.title or None,
        source=source_of_masthead([line.text for line in lines], sources),
        published=dates[heading.date].date if heading.date is not None else None,
        url=url,
    )
    return text or heading.title, with_mentioned(facts, text)


def _below_title(header: Sequence[Line], heading: Heading, dates: Mapping[int, DateLine]) -> list[Line]:
    """What stands between the title and the running text: a subheading, an author. Above the title stand menus.

    An official document has its number above its title; there, all of the header counts.
    """
    official = any(is_state_header(line.text) for line in header)
    first = 0 if official or not heading.lines else heading.lines[-1] + 1
    return [
        line
        for n, line in enumerate(header)
        if n >= first
        and n not in heading.lines
        and n not in dates
        and not is_furniture(line.text)
        and not is_imprint(line.text)
    ]


def _outside(
    lines: Sequence[Line], kept: Sequence[Line], heading: Heading, dates: Mapping[int, DateLine]
) -> list[str]:
    """The page's lines that are not the article's, and what its date lines say beside the date."""
    inside = {line.text for line in kept}
    outside = [
        line.text for n, line in enumerate(lines) if line.text not in inside and n not in heading.lines
    ]
    return [*outside, *(rest for date in dates.values() for rest in date.rest)]


def _byline(
    header: Sequence[Line], below: Sequence[Line], heading: Heading, dates: Mapping[int, DateLine]
) -> str | None:
    """The author above the text: below the title, on the date's line, or right beside it."""
    texts = [line.text for line in below]
    if heading.date is not None:
        texts += dates[heading.date].rest
        beside = (heading.date - 1, heading.date + 1)
        texts += [header[n].text for n in beside if 0 <= n < len(header) and n not in heading.lines]
    return next((name for text in texts if (name := read_byline(text))), None)


def _address(outside: Sequence[str]) -> str | None:
    """The page's own address, where exactly one stands outside the article."""
    found = {match[0].rstrip(".,;") for text in outside for match in ADDRESS.finditer(text)}
    return found.pop() if len(found) == 1 else None
