"""How is an article signed? Its author, where it was taken from, sometimes its date: the lines after its last text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from retrieval.corpus.facts import Facts
from retrieval.corpus.lines import Line
from retrieval.corpus.metadata.datelines import read_date_line
from retrieval.corpus.metadata.layout import is_prose, last_prose
from retrieval.corpus.metadata.names import has_byline_label, read_byline
from retrieval.corpus.metadata.publisher import known_source, source_of_credit
from retrieval.vietnamese.date_parts import IN_FIGURES

ADDRESS = re.compile(r"https?://[^\s<>\"')\]]+")
_DATED_LINK = re.compile(rf"\w\S*(?:\s+\S+){{2,}}\s*\((?=\d+/){IN_FIGURES}\)$")
"""The title of another article with its day behind it, as lists of older news have it."""
_CREDITED_PHOTO = re.compile(r"ảnh\s*:[^\n]*", re.IGNORECASE)
_MOST_LINES = 5
_ASIDE = 6
"""Words: lines below the author's name that are no longer and no sentence are the page's, not the article's."""


def read_signature(
    body: Sequence[Line], sources: Mapping[str, str], *, own: bool = False
) -> tuple[list[Line], Facts]:
    """The body without the lines that sign it, and what they say.

    `own`: the body is no saved page's but somebody's own text. There a bare date or a name may be what the text
    tells: a date signs only with its place or a label, a name only below running text and without a full stop.
    """
    facts = Facts()
    gone: set[int] = set()
    if not own:
        gone = {n for n in range(last_prose(body) + 1, len(body)) if _DATED_LINK.search(body[n].text)}
    body_text = _CREDITED_PHOTO.sub("", "\n".join(line.text for line in body))
    first = max(last_prose(body) + 1, len(body) - _MOST_LINES, 1)
    for number in range(len(body) - 1, first - 1, -1):
        said = _read_line(body[number].text, sources)
        if said == Facts() or number in gone or (own and not _signs_own(body, number)):
            continue
        sure = has_byline_label(body[number].text)
        if said.author and not sure and (facts.author or body_text.count(body[number].text) > 1):
            continue  # a name that the text speaks of, such as a province in a table, signs nothing
        gone.add(number)
        facts = said.over(facts)
        if said.author and not own:
            gone |= {n for n in range(number, len(body)) if _is_aside(body[n].text)}
    return [line for n, line in enumerate(body) if n not in gone], facts


def _signs_own(body: Sequence[Line], number: int) -> bool:
    text = body[number].text
    if has_byline_label(text) or ADDRESS.search(text):
        return True
    if (date := read_date_line(text)) is not None:
        return date.issued or date.labelled
    return (
        not text.endswith(".") and number == len(body) - 1 and number > 0 and is_prose(body[number - 1].text)
    )


def _is_aside(text: str) -> bool:
    return len(text.split()) <= _ASIDE and text[-1] not in ".!?…:;”"


def _read_line(text: str, sources: Mapping[str, str]) -> Facts:
    address = ADDRESS.search(text)
    if address and len(text.replace(address[0], "").split()) <= 3:
        return Facts(url=address[0].rstrip(".,;"), source=source_of_credit(text, sources))
    if source := source_of_credit(text, sources):
        return Facts(source=source)
    if (date := read_date_line(text)) is not None:
        return Facts() if date.clock or date.rest else Facts(published=date.date)
    name, _, agency = text.strip(" ()").rpartition("/")
    if name and (source := known_source(agency, sources)):
        return Facts(author=read_byline(name), source=source)
    return Facts(author=read_byline(text))
