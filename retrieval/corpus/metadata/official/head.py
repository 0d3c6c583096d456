"""What does the head of an official paper say: body, number, place and date?"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from retrieval.corpus.lines import Line
from retrieval.corpus.metadata.boilerplate import STATE_HEADER, is_state_header
from retrieval.corpus.metadata.dates import spelt_out
from retrieval.corpus.metadata.official.bodies import is_body_line
from retrieval.vietnamese.date_parts import BROKEN_OFF, SPELT_OUT

DEPTH = 30
"""Lines in which a head stands."""
LONGEST_DATE_LINE = 200
"""Characters. A longer line is a sentence."""
_PART = r"(?:\d{4}|[A-ZĐƯ][A-Za-zĐđƯưÂâÊêÔôƠơĂă\d.]{0,14})"
NUMBER = re.compile(
    rf"(?P<n>\d{{1,5}}[a-zA-Z]?\s*(?:[/\ufffe\u00ad-]\s*\d{{4}}\s*)?[/-]\s*{_PART}(?:\s*[-/\ufffe\u2010-\u2014]\s*{_PART}){{0,5}})(?![\w/])"
)
_LABELLED = re.compile(
    rf"(?:^|[\s|])(?:(?:luật|bộ luật|nghị quyết|pháp lệnh|lệnh|hiến pháp)\s+)?số\s*:\s*{NUMBER.pattern}",
    re.IGNORECASE,
)
_AT_START = re.compile(
    rf"^(?:(?:luật|bộ luật|nghị quyết|pháp lệnh)\s+)?số\s+{NUMBER.pattern}(?=\W*$|\s*[|])", re.IGNORECASE
)
_CONTINUED = re.compile(
    rf"^(?:thông tư(?: liên tịch)?|nghị định|quyết định|nghị quyết|chỉ thị)\s+số\s+{NUMBER.pattern}"
    rf"\s+{SPELT_OUT}",
    re.IGNORECASE,
)
"""A gazette goes on with a paper of its last issue: it names the paper below the body."""
_NUMBER_LABEL = re.compile(r"số\s*:", re.IGNORECASE)
_UNNUMBERED = re.compile(r"^(?:luật\s+)?số\s*:?\s*(?:[.…_]*\s*/|[.…_]+)", re.IGNORECASE)
_PLACE = re.compile(
    r"(?:^|[|]\s*|\s{2,}|(?<=\s))(?P<place>(?:TP\.?\s?|Tp\.?\s?)?[^\W\d_][^\d,.;:|]{1,40}?)\s*,\s*"
    + SPELT_OUT,
    re.IGNORECASE,
)
_BROKEN_DATE = re.compile(rf",\s*{BROKEN_OFF}\s*$", re.IGNORECASE)
_GAZETTE = re.compile(
    r"công\s+báo\s*/\s*số|^\W*công báo\b.*\bngày\b|^văn bản (?:quy phạm pháp luật|pháp luật khác|hợp nhất)\b",
    re.IGNORECASE,
)
_PARTY = re.compile(r"^đảng cộng sản việt nam\W*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Head:
    """`end`: the number of the first line after it. `date_line`: one that holds place and date alone."""

    end: int
    number: str | None = None
    bodies: tuple[str, ...] = ()
    place: str | None = None
    date: datetime.date | None = None
    date_line: int | None = None


def read_head(lines: Sequence[Line]) -> Head | None:
    """None where the lines open with no official head: neither the state's two lines nor a number in its place.

    `bodies` are the lines above the number that may name them, in capitals as they stand.
    """
    found = _Found()
    for n, line in enumerate(lines[:DEPTH]):
        below = lines[n + 1].text if n + 1 < len(lines) else ""
        _read_line(found, n, line.text, below)
        if n > found.last + 12:
            break
    if found.last < 0 or not (found.state or (found.number and found.last <= 12)):
        return None
    end = found.last + 1
    while end < min(len(lines), DEPTH) and (_GAZETTE.search(lines[end].text) or is_rule(lines[end].text)):
        end += 1
    bodies = tuple(text for n, text in found.above if n <= found.last and not _GAZETTE.search(text))
    return Head(end, found.number, bodies, found.place, found.date, found.date_line)


@dataclass(slots=True)
class _Found:
    """A head while its lines are read. `last`: the last line that surely belongs to it."""

    last: int = -1
    state: bool = False
    number: str | None = None
    place: str | None = None
    date: datetime.date | None = None
    date_line: int | None = None
    above: list[tuple[int, str]] = field(default_factory=list)


def _read_line(found: _Found, n: int, text: str, below: str) -> None:
    if is_state_header(text) or _PARTY.match(text):
        found.state, found.last = True, n
    if found.number is None and n <= max(found.last, 0) + 12:
        _read_number(found, n, text, below)
    if found.date is None and len(text) < LONGEST_DATE_LINE and "ngày" in text.lower():
        _read_place_and_date(found, n, text, below)
    if is_state_header(text):
        found.above.append((n, STATE_HEADER.sub("", text)))
    elif found.number is None:
        found.above.append((n, text))


def _read_place_and_date(found: _Found, n: int, text: str, below: str) -> None:
    stood, last = _PLACE.search(text), n
    if stood is None and _BROKEN_DATE.search(text):
        stood, last = _PLACE.search(f"{text} {below}"), n + 1
    if stood is not None:
        found.date, found.place = spelt_out(stood), " ".join(stood["place"].split())
        found.date_line = n if last == n and not text[: stood.start()].strip(" |") else None
        found.last = last


def _read_number(found: _Found, n: int, text: str, below: str) -> None:
    match = None
    if _NUMBER_LABEL.search(text):
        match = _LABELLED.search(f"{text}{below}" if text.rstrip().endswith(("/", "-")) else text)
    match = match or _AT_START.match(text)
    if match is not None and not _speaks(text, match.start()):
        found.number, found.last = tidy_number(match["n"]), n
    elif _UNNUMBERED.match(text):
        found.last = n
    elif not found.state and n < 6 and found.above and is_body_line(found.above[-1][1]):
        goes_on = _CONTINUED.match(text)
        if goes_on:
            found.number, found.last, found.date = tidy_number(goes_on["n"]), n, spelt_out(goes_on)


def _speaks(text: str, start: int) -> bool:
    """Whether the number stands inside a sentence, which cites another paper."""
    before = text[:start].strip(" |")
    return len(before.split()) > 8 and not is_body_line(before) and not is_state_header(before)


def tidy_number(written: str) -> str:
    """ "23 /2021 / QĐ - UBND" as "23/2021/QĐ-UBND"."""
    return re.sub(r"[\ufffe\u00ad\u2010-\u2014]", "-", re.sub(r"\s+", "", written)).rstrip(".")


def read_place(text: str) -> tuple[str, datetime.date | None] | None:
    """("Hà Nội", the day) of "Hà Nội, ngày 10 tháng 02 năm 2025"."""
    found = _PLACE.search(text)
    return (" ".join(found["place"].split()), spelt_out(found)) if found else None


def is_rule(text: str) -> bool:
    return not any(c.isalnum() for c in text)
