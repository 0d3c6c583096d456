"""Which stretches of a document may be an answer, by its blocks, and which headings stand over each?

A passage never crosses a heading. A list with what opens it is one passage while it fits, a row of a table always; a
line of a form ("Lệ phí: 120.000 đồng") is one beside other such lines; a question stands with its answer. Headings,
and what opens a list that doesn't fit or a table, are no passages: they stand over those below.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal, NamedTuple

from retrieval.collection import HEADER, HEADING, LEAD_IN
from retrieval.passages.prose import (
    MIN_SYLLABLES,
    SHORT_SYLLABLES,
    cut,
    is_finished,
    is_short,
    prose_passages,
)
from retrieval.records import Block
from retrieval.settings import PassageSettings
from retrieval.vietnamese.labels import label_of
from retrieval.vietnamese.sentences import Span, paragraph_sentences, split_paragraphs

LIST_SIZE = 1.5
"""A list with what opens it may be so many times as long as other passages: five lines of a hundred characters."""
DEEPEST = 12
"""Headings over one passage, at most: deeper ones stand beside each other."""

_Room = Literal["prose", "list", "table", "heading", "beside", "left out"]
_ROOMS: dict[str, _Room] = {
    "paragraph": "prose",
    "caption": "prose",
    "footnote": "prose",
    "item": "list",
    "row": "table",
    "heading": "heading",
    "letterhead": "beside",
    "dateline": "beside",
    "signature": "beside",
    "title": "left out",
    "furniture": "left out",
}


class SectionSpan(NamedTuple):
    """What stands over passages. `kind`: HEADING, LEAD_IN or HEADER; `parent`: the section that it stands in. A
    tuple, as a passage is: they are made by the dozen.
    """

    kind: int
    start: int
    end: int
    parent: int = -1


class PassageSpan(NamedTuple):
    """Offsets of a passage. `section`: the nearest of the sections over it, -1: none; `beside`: see `Sections`."""

    start: int
    end: int
    section: int = -1
    page: int | None = None
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Passages:
    """A document's passages and sections, each in the order of the text."""

    spans: tuple[PassageSpan, ...]
    sections: tuple[SectionSpan, ...]


def split_blocks(text: str, blocks: Sequence[Block], *, settings: PassageSettings | None = None) -> Passages:
    """The passages of NFC `text` whose blocks these are.

    Every character belongs to a passage or a section, but for white space, page furniture and a title. Blocks that
    overlap are shortened; what no block holds is taken for paragraphs.
    """
    return _Cutter(text, list(_whole(text, blocks)), settings or PassageSettings()).cut()


def _whole(text: str, blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks in order and apart, with paragraphs where there were none."""
    at = 0
    for block in sorted(blocks, key=lambda block: block.start):
        start, end = max(block.start, at), min(block.end, len(text))
        within = text[start:end]
        if not (stripped := within.strip()):
            continue
        start += len(within) - len(within.lstrip())
        end = start + len(stripped)
        yield from _between(text, at, start)
        yield block if (block.start, block.end) == (start, end) else replace(block, start=start, end=end)
        at = end
    yield from _between(text, at, len(text))


def _between(text: str, start: int, end: int) -> Iterator[Block]:
    if end > start and text[start:end].strip():
        for first, last in split_paragraphs(text[start:end]):
            yield Block("paragraph", start + first, start + last)


class _Cutter:
    def __init__(self, text: str, blocks: Sequence[Block], limits: PassageSettings) -> None:
        self._text, self._blocks, self._limits = text, blocks, limits
        self._starts = [block.start for block in blocks]
        self._paged = any(block.page for block in blocks)
        self._passages: list[PassageSpan] = []
        self._sections: list[SectionSpan] = []
        self._open: list[tuple[int, int]] = []  # (level, section) of the headings that are open here
        self._alone: Block | None = None  # a heading with nothing below it so far

    def cut(self) -> Passages:
        runs = [(room, list(run)) for room, run in groupby(self._blocks, self._room)]
        lead: Span | None = None
        for number, (room, run) in enumerate(runs):
            following = runs[number + 1][0] if number + 1 < len(runs) else "left out"
            if room == "heading":
                lead = self._headings(run, following)
            elif room == "prose":
                paragraphs = [(block.start, block.end) for block in run]
                if lead and not self._is_field(paragraphs[0]):
                    paragraphs.insert(0, lead)
                lead = self._lead_in(paragraphs) if following in ("list", "table") else None
                self._prose(paragraphs)
            elif room == "list":
                self._list(lead, run, self._here)
                lead = None
            elif room == "table":
                self._table(lead, run)
                lead = None
            elif room == "beside":
                self._beside(run)
        self._end_heading()
        if not self._passages:
            self._sections.clear()
            left = [block for block in self._blocks if block.kind != "furniture"] or self._blocks
            for block in left:
                self._add((block.start, block.end), section=-1)
        return Passages(tuple(self._passages), tuple(self._sections))

    def _room(self, block: Block) -> _Room:
        if block.kind == "title" and is_finished(self._text, block.end):
            says = self._text[block.end - 1] in ".!…" and not self._is_short((block.start, block.end))
            return "prose" if says else "left out"
        return _ROOMS[block.kind]

    @property
    def _here(self) -> int:
        return self._open[-1][1] if self._open else -1

    def _is_short(self, span: Span, syllables: int = MIN_SYLLABLES) -> bool:
        return is_short(self._text, *span, syllables)

    def _headings(self, run: Sequence[Block], following: _Room) -> Span | None:
        """Opens sections; gives the last heading where it asks and its answer follows: they are one passage."""
        for block in run:
            self._end_heading()
            while self._open and self._open[-1][0] >= block.level:
                self._open.pop()
            section = self._stand_over(HEADING, (block.start, block.end), self._here)
            if len(self._open) >= DEEPEST:
                self._open.pop()
            self._open.append((block.level, section))
            self._alone = block
        last = run[-1]
        asks = self._text[last.end - 1] == "?" and following in ("prose", "list")
        return (last.start, last.end) if asks else None

    def _end_heading(self) -> None:
        """A heading that is a sentence, with nothing below, is what its section says."""
        if self._alone is not None:
            block, self._alone = self._alone, None
            if is_finished(self._text, block.end) and not self._is_short((block.start, block.end)):
                self._add((block.start, block.end), self._here)

    def _stand_over(self, kind: int, span: Span, parent: int) -> int:
        self._sections.append(SectionSpan(kind, *span, parent))
        return len(self._sections) - 1

    def _add(self, span: Span, section: int, *, beside: bool = False) -> None:
        """A passage, cut where it is far too long."""
        self._alone = None
        for start, end in cut(self._text, span, self._limits.max_characters):
            self._passages.append(PassageSpan(start, end, section, self._page_at(start), beside))

    def _page_at(self, start: int) -> int | None:
        if not self._paged:
            return None
        return self._blocks[max(0, bisect_right(self._starts, start) - 1)].page

    def _prose(self, paragraphs: Sequence[Span]) -> None:
        fields = [self._is_field(span) for span in paragraphs]
        formed = [
            field and (fields[i - 1 : i] == [True] or fields[i + 1 : i + 2] == [True])
            for i, field in enumerate(fields)
        ]
        for is_form, run in groupby(zip(formed, paragraphs, strict=True), lambda pair: pair[0]):
            spans = [span for _, span in run]
            for span in spans if is_form else prose_passages(self._text, spans, self._limits):
                self._add(span, self._here)

    def _is_field(self, span: Span) -> bool:
        """Whether the paragraph is a line of a form: "Lệ phí: 120.000 đồng"."""
        label = label_of(self._text, *span)
        return (
            label is not None
            and label.sign != "|"
            and not {".", ","} & set(self._text[label.start : label.end])
            and self._is_short(span, 2 * SHORT_SYLLABLES)
            and self._text[span[1] - 1] not in ":;"
        )

    def _lead_in(self, paragraphs: list[Span]) -> Span | None:
        """What opens the list or table below: the last sentence, taken from `paragraphs`, if it is no whole one."""
        if not paragraphs:
            return None
        *_, last = paragraph_sentences(self._text, paragraphs[-1])
        if self._text[last[1] - 1] != ":" and (
            is_finished(self._text, last[1]) and self._text[last[1] - 1] != "?"
        ):
            return None
        if self._text[last[1] - 1] != ":" and not self._is_short(last, 2 * SHORT_SYLLABLES):
            return None
        start = paragraphs.pop()[0]
        before = self._text[start : last[0]].rstrip()
        if before:
            paragraphs.append((start, start + len(before)))
        return last

    def _list(self, lead: Span | None, items: Sequence[Block], section: int) -> None:
        """The items of a list, with what opens it; deeper items stand under the one that opens them."""
        start, end = lead[0] if lead else items[0].start, items[-1].end
        limit = self._limits.max_characters
        if not lead and all(self._is_field((item.start, item.end)) for item in items):
            for item in items:
                self._add((item.start, item.end), section)
            return
        if end - start <= LIST_SIZE * limit and (lead or not any(map(self._is_sentence, items))):
            self._add((start, end), section)
            return
        if lead:
            section = self._stand_over(LEAD_IN, lead, section)
        group, whole = lead, False  # items that are no sentences gather, at first with what opens the list
        for first, *deeper in _units(items):
            span = (first.start, deeper[-1].end if deeper else first.end)
            says = bool(deeper) or self._is_sentence(first)
            if group and span[1] - group[0] <= limit and (group == lead or not (says or whole)):
                group, whole = (group[0], span[1]), says
                continue
            self._add_group(group, lead, section)
            if span[1] - span[0] <= (LIST_SIZE * limit if deeper else limit):
                group, whole = span, says
                continue
            group = None
            if deeper:
                self._list((first.start, first.end), deeper, section)
            else:
                for part in prose_passages(self._text, [span], self._limits):
                    self._add(part, section)
        self._add_group(group, lead, section)

    def _add_group(self, group: Span | None, lead: Span | None, section: int) -> None:
        """A passage of a list's items; not of what opens it alone."""
        if group and group != lead:
            self._add(group, section)

    def _is_sentence(self, block: Block) -> bool:
        return is_finished(self._text, block.end) and not self._is_short((block.start, block.end))

    def _table(self, lead: Span | None, rows: Sequence[Block]) -> None:
        section = self._stand_over(LEAD_IN, lead, self._here) if lead else self._here
        header, above = section, False
        headless = all(row.level == 1 for row in rows)
        for row in rows:
            if row.level == 1 and not headless:
                header = self._stand_over(HEADER, (row.start, row.end), header if above else section)
                above = True
            else:
                self._add((row.start, row.end), header)
                above = False

    def _beside(self, run: Sequence[Block]) -> None:
        for _, same in groupby(run, lambda block: block.kind):
            start, end = -1, -1
            for block in same:
                if start >= 0 and block.end - start > self._limits.max_characters:
                    self._add((start, end), -1, beside=True)
                    start = -1
                start, end = (block.start if start < 0 else start), block.end
            self._add((start, end), -1, beside=True)


def _units(items: Sequence[Block]) -> list[list[Block]]:
    """Each of the outermost items with the deeper ones after it."""
    units: list[list[Block]] = []
    outermost = min(item.level for item in items)
    for item in items:
        if item.level <= outermost or not units:
            units.append([item])
        else:
            units[-1].append(item)
    return units
