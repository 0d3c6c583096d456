"""What is an article's title, and which date line belongs to it? Both stand above the text, close together."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from retrieval.corpus.lines import Line
from retrieval.corpus.metadata.boilerplate import (
    is_furniture,
    is_imprint,
    is_state_header,
    starts_after_article,
    starts_related,
)
from retrieval.corpus.metadata.datelines import DateLine, read_date_line
from retrieval.corpus.metadata.names import has_byline_label
from retrieval.corpus.structure.markers import marker_of
from retrieval.vietnamese.letters import CAPITAL

_FORMAL = frozenset(
    "quyết định|nghị quyết|thông báo|kế hoạch|quy chế|nội quy|quy định|chỉ thị|thông tư|nghị định|luật|bộ luật|pháp lệnh|tờ trình"
    "|báo cáo|công văn|hướng dẫn|kết luận|điều lệ|quy trình|chương trình|biên bản|công điện|đề án".split("|")
)
"""Kinds of official document: the word alone is a heading, what it is about follows on the next line."""
_FEW_LINES = 3
"""Above the text, with neither date nor menu among them: a title, however short, then perhaps a subheading."""
_BREADCRUMB = re.compile(r"\s[>›»/|]\s")
_TITLE_WORDS = (4, 40)
_SENTENCE_GAP = re.compile(rf"[.!?…][”\"’)]*\s+[“\"‘(]?{CAPITAL}")
_ENDS = re.compile(r"[.;:,!…]$|\s[|]\s")
_LONGEST_SENTENCE = 220
"""Characters: the longest first sentence that still serves as a title."""


@dataclass(frozen=True, slots=True)
class Heading:
    """`title`: as shown. `lines`: the numbers of the lines that make it. `date`: the date line's number, if any."""

    title: str = ""
    lines: tuple[int, ...] = ()
    date: int | None = None


def find_heading(header: Sequence[Line], dates: Mapping[int, DateLine]) -> Heading:
    """The title among the lines above the text, and the date line that goes with it.

    A headline has four words or more and stands next to the date, before its subheading; without a date, right above
    the text. Menus are shorter, mastheads say what they are. `dates`: line number -> what that line says.
    """
    calendar = {n: d for n, d in dates.items() if not d.clock}
    spots = [n for n, line in enumerate(header) if not _is_noise(line.text)]
    candidates = [n for n in spots if n not in dates]
    formal = _formal_title(header, candidates)
    if formal.lines:
        return Heading(formal.title, formal.lines, _nearest_date(formal.lines[0], spots, calendar))
    if not dates and len(spots) == len(header) <= _FEW_LINES:
        return Heading(header[0].text, (0,)) if header else Heading()
    menus = bool(dates) or len(spots) < len(header)
    best, best_score = None, 0.0
    for number in candidates:
        score = _title_score(header[number].text)
        near = _nearest_date(number, spots, calendar)
        if (
            near is not None
            and not calendar[near].doubtful
            and abs(spots.index(number) - spots.index(near)) == 1
        ):
            score += 2.0
        if menus and number == spots[-1]:
            score += 0.5
        if score > best_score:
            best, best_score = number, score
    if best is None:
        sure = [n for n in calendar if not calendar[n].doubtful]
        return Heading(date=max(sure, key=lambda n: calendar[n].weight, default=None))
    return Heading(header[best].text, (best,), _nearest_date(best, spots, calendar))


def known_heading(header: Sequence[Line], dates: Mapping[int, DateLine], title: str) -> Heading:
    """The line that says a title known beforehand. Without such a line, `lines` is empty: none may be taken for it."""
    wanted = _fold(title)
    spots = [n for n, line in enumerate(header) if not _is_noise(line.text)]
    calendar = {n: d for n, d in dates.items() if not d.clock}
    for number in spots:
        said = _fold(header[number].text)
        if (
            number not in dates
            and said
            and (said == wanted or (len(said) >= 20 and (said in wanted or wanted in said)))
        ):
            return Heading(title, (number,), _nearest_date(number, spots, calendar))
    return Heading(title, (), find_heading(header, dates).date)


def opening_heading(lines: Sequence[Line]) -> Heading:
    """The title of somebody's own text: its first line, where it is no sentence and more follows; a kind of paper, with
    what it is about, among its first lines."""
    header = lines[:_FEW_LINES]
    formal = _formal_title(header, [n for n in range(len(header)) if not is_state_header(header[n].text)])
    if formal.lines and (formal.lines[0] == 0 or header[formal.lines[0]].text.isupper()):
        return formal
    first = next((n for n, line in enumerate(header) if read_date_line(line.text) is None), 0)
    text = lines[first].text if lines else ""
    if marker_of(text) is not None:
        return Heading()
    if len(lines) < 2 or first > 1 or len(text) > _LONGEST_SENTENCE or _ENDS.search(text):
        return Heading()
    return Heading(text, (first,))


def title_of_opening(lines: Sequence[Line]) -> str:
    """The first line, where it is one sentence, short enough to be read as a title, and more follows."""
    if len(lines) < 2 or len(lines[0].text) > _LONGEST_SENTENCE or _SENTENCE_GAP.search(lines[0].text):
        return ""
    return lines[0].text


def is_sentence(title: str) -> bool:
    """A title that is a statement of its own, with a full stop: it tells facts, so the text keeps it."""
    return title.rstrip().endswith((".", ".”", '."', ".)"))


def _is_noise(text: str) -> bool:
    return (
        is_furniture(text)
        or is_imprint(text)
        or is_state_header(text)
        or starts_after_article(text)
        or starts_related(text)
    )


def _title_score(text: str) -> float:
    words = len(text.split())
    score = 2.0 if _TITLE_WORDS[0] <= words <= _TITLE_WORDS[1] else 0.25 * (words > 1)
    if _BREADCRUMB.search(text):
        score -= 1.0
    if has_byline_label(text):
        score -= 3.0
    return score


def _nearest_date(number: int, spots: Sequence[int], dates: Mapping[int, DateLine]) -> int | None:
    """The date line that fits best: its own weight, less a point for each line of text between.

    A line that may be the page's clock is one unless it stands right beside the title.
    """

    def distance(candidate: int) -> int:
        return abs(spots.index(number) - spots.index(candidate)) - 1

    near = [n for n in dates if n in spots and not (dates[n].doubtful and distance(n) > 0)]
    return max(near, key=lambda n: dates[n].weight - min(distance(n), 4), default=None)


def _formal_title(header: Sequence[Line], candidates: Sequence[int]) -> Heading:
    for number in candidates:
        if header[number].text.lower().strip(" :") not in _FORMAL or not header[number].text[0].isupper():
            continue
        lines = [number]
        for following in candidates:
            if (
                following == lines[-1] + 1
                and len(lines) < 3
                and not header[following].text.startswith(("Căn cứ", "Điều", "("))
            ):
                lines.append(following)
        return Heading(" ".join(header[n].text for n in lines), tuple(lines))
    return Heading()


def _fold(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
