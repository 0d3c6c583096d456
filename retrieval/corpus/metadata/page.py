"""How are the rules put together? A page's header gives title and date, its edges the publisher, its end the author.

Nothing is taken out of a text: what isn't the article gets a label. Only where a text shows itself to be a saved page
may a line be its furniture.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from retrieval.corpus.facts import Facts
from retrieval.corpus.lines import Line
from retrieval.corpus.metadata.boilerplate import is_furniture, is_imprint, is_state_header, keyword_lines
from retrieval.corpus.metadata.datelines import DateLine, read_date_line
from retrieval.corpus.metadata.dates import date_in_url
from retrieval.corpus.metadata.heading import (
    Heading,
    find_heading,
    is_sentence,
    known_heading,
    opening_heading,
    title_of_opening,
)
from retrieval.corpus.metadata.layout import (
    body_end,
    body_start,
    is_prose,
    without_furniture,
    without_imprint,
)
from retrieval.corpus.metadata.names import is_surely_byline, read_byline
from retrieval.corpus.metadata.publisher import (
    source_of_masthead,
    source_of_opening,
    source_of_url,
    split_source,
)
from retrieval.corpus.metadata.saved import page_signs
from retrieval.corpus.metadata.signature import ADDRESS, read_signature
from retrieval.records import BlockKind

_FIRST_LINES = 10
"""Where the heading of a page without running text is looked for."""
BY_FORMAT = ("trang web",)
"""What shows that a text is a page where only its format does, none of its words."""
_TELLING = 6
"""Words of a title below which a bare date is the article's; below fewer ("Hạn nộp hồ sơ") it may be what they ask."""


@dataclass(frozen=True, slots=True)
class Reading:
    """`labels`: what lines are, by their number, where they aren't the article's words. `signs`: what shows that the
    text is a saved page, in Vietnamese; empty: it isn't sure to be one, and nothing of it is furniture."""

    facts: Facts
    labels: Mapping[int, BlockKind] = field(default_factory=dict)
    signs: tuple[str, ...] = ()


def read_page(
    lines: Sequence[Line],
    *,
    sources: Mapping[str, str],
    url: str | None = None,
    title: str | None = None,
    saved: bool | None = None,
) -> Reading:
    """What the lines of a text say about it, and which of them are title, date line, signature or furniture.

    `sources`: publishers' marks and names, as the lexicon has them. `url`, `title`: where they are known already.
    `saved`: whether the text is a saved page; None: its
    words tell. A title that is a sentence is the text's too, for it tells facts, and gets no label.
    """
    if not lines:
        return Reading(Facts())
    start = _body_start(lines, title)
    header = lines[: start if start < len(lines) else _FIRST_LINES]
    dates = _date_lines(header)
    signs = () if saved is False else page_signs(lines, start, dates, sources)
    if saved and not signs:
        signs = BY_FORMAT
    if not signs or (signs == BY_FORMAT and start == len(lines)):
        return replace(_read_own(lines, start, dates, sources, url, title), signs=signs)
    if start == len(lines):
        return _read_short_lines(lines, sources, url, signs)
    return _read_saved(lines, start, dates, sources, url, title, signs)


def _body_start(lines: Sequence[Line], title: str | None) -> int:
    """Where running text begins, below a title that is known, however long that is."""
    start = body_start(lines)
    if title and start < len(lines) and lines[start].text == title:
        return start + 1 + body_start(lines[start + 1 :])
    return start


def _read_saved(
    lines: Sequence[Line],
    start: int,
    dates: Mapping[int, DateLine],
    sources: Mapping[str, str],
    url: str | None,
    title: str | None,
    signs: tuple[str, ...],
) -> Reading:
    header, body = lines[:start], lines[start : body_end(lines, start)]
    heading = known_heading(header, dates, title) if title else find_heading(header, dates)
    headline, ending = split_source(heading.title or title_of_opening(body), sources)
    keywords = keyword_lines([line.text for line in lines], headline)
    body = [line for line in without_imprint(body) if line.text not in keywords]
    whole = without_furniture(body)
    body, signature = read_signature(whole, sources)
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
    facts = Facts(
        title=_without_full_stop(headline) or None,
        source=source,
        published=published or (date_in_url(url) if url else None),
        url=url,
        author=signature.author or _byline(header, below, heading, dates),
    )
    own, signed = {line.start for line in kept}, {line.start for line in whole}
    labels: dict[int, BlockKind] = {}
    for number, line in enumerate(lines):
        if number in heading.lines:
            if not is_sentence(headline):
                labels[number] = "title"
        elif number == heading.date or (number in dates and not dates[number].clock):
            labels[number] = "dateline"
        elif line.start not in own:
            byline = number < start and read_byline(line.text) is not None
            labels[number] = "signature" if line.start in signed or byline else "furniture"
    return Reading(facts, labels, signs)


def _read_short_lines(
    lines: Sequence[Line], sources: Mapping[str, str], url: str | None, signs: tuple[str, ...]
) -> Reading:
    """A page of short lines only, such as a list or a poem: nothing is sure to be furniture but its buttons."""
    kept = {line.start for line in without_furniture(lines)}
    places = [n for n, line in enumerate(lines) if line.start in kept]
    first = [lines[n] for n in places[:_FIRST_LINES]]
    dates = _date_lines(first)
    heading = find_heading(first, dates)
    labels: dict[int, BlockKind] = {n: "furniture" for n, line in enumerate(lines) if line.start not in kept}
    labels.update((places[n], "title") for n in heading.lines)
    if heading.date is not None:
        labels[places[heading.date]] = "dateline"
    facts = Facts(
        title=heading.title or None,
        source=source_of_masthead([line.text for line in lines], sources),
        published=dates[heading.date].date if heading.date is not None else None,
        url=url,
    )
    return Reading(facts, labels, signs)


def _read_own(
    lines: Sequence[Line],
    start: int,
    dates: Mapping[int, DateLine],
    sources: Mapping[str, str],
    url: str | None,
    title: str | None,
) -> Reading:
    """Somebody's own text: its title is above it, and a date is its own only where it can't be what the text tells."""
    heading = known_heading(lines[:_FIRST_LINES], {}, title) if title else opening_heading(lines)
    date = _own_date(lines, heading, dates)
    headline, ending = split_source(heading.title or title_of_opening(lines), sources)
    first = max(start, heading.lines[-1] + 1 if heading.lines else 0)
    body, signature = read_signature(lines[first:], sources, own=True)
    kept = {line.start for line in body}
    labels: dict[int, BlockKind] = {
        n: "signature" for n, line in enumerate(lines) if n >= first and line.start not in kept
    }
    if not is_sentence(headline):
        labels.update((n, "title") for n in heading.lines)
    if date is not None:
        labels[date] = "dateline"
    edges = [line.text for n, line in enumerate(lines) if n < start or n in labels]
    url = url or signature.url
    published = dates[date].date if date is not None else signature.published
    facts = Facts(
        title=_without_full_stop(headline) or None,
        source=source_of_opening(lines[start].text if start < len(lines) else "", sources)
        or source_of_masthead(edges, sources)
        or ending
        or signature.source
        or (source_of_url(url, sources) if url else None),
        published=published or (date_in_url(url) if url else None),
        url=url,
        author=signature.author or _own_byline(lines, heading, date, dates),
    )
    return Reading(facts, labels)


def _date_lines(lines: Sequence[Line]) -> dict[int, DateLine]:
    """The lines that hold a date and hardly anything else, but for those that answer the line above."""
    found = {}
    for n, line in enumerate(lines):
        date = read_date_line(line.text)
        answers = line.text.endswith(".") or (n > 0 and lines[n - 1].text.endswith(("?", ":")))
        if date is not None and (date.labelled or date.issued or date.stamped or not answers):
            found[n] = date
    return found


def _own_date(lines: Sequence[Line], heading: Heading, dates: Mapping[int, DateLine]) -> int | None:
    """The date line of somebody's own text: beside its title or first of all, with running text below it.

    A date below a question or a short heading is what these ask for: "Hạn nộp hồ sơ", "30/6/2024".
    """
    last = heading.lines[-1] if heading.lines else -1
    for number in (last + 1, last + 2, heading.lines[0] - 1 if heading.lines else 0):
        date = dates.get(number)
        if date is None or date.clock or lines[number].text.endswith("."):
            continue
        above = lines[number - 1].text if number else ""
        if above.endswith(("?", ":")) or (number == last + 2 and not read_byline(above)):
            continue
        told = date.labelled or date.issued or number <= (heading.lines[0] if heading.lines else 0)
        headed = len(heading.title.split()) >= _TELLING
        below = lines[number + 1].text if number + 1 < len(lines) else ""
        if told or (headed and (is_prose(below) or date.exact)):
            return number
    return None


def _own_byline(
    lines: Sequence[Line], heading: Heading, date: int | None, dates: Mapping[int, DateLine]
) -> str | None:
    below = [lines[n].text for n in (heading.lines[-1] + 1,) if n < len(lines)] if heading.lines else []
    texts = [text for text in below if is_surely_byline(text)]
    if date is not None:
        texts += dates[date].rest
    return next((name for text in texts if not text.endswith(".") and (name := read_byline(text))), None)


def _without_full_stop(title: str) -> str:
    return title if title.endswith("..") else title.removesuffix(".")


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
