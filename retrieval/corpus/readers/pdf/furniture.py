"""Which lines at the edges of pages are no text: running heads and feet, and the pages' numbers?"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from retrieval.corpus.readers.pdf.layout import Line, Row

_EDGE_LINES = 3
"""How many lines at a page's top and bottom may be running heads or feet."""
_SHARE = 1 / 3
"""Of the pages that must have a running head: those of odd and even pages differ, first pages often have none."""
_SAME_HEIGHT = 8.0
"""Points: running heads stand in the same place on every page; the last lines of a text don't."""
_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"^\W*(?:(?:trang|page|tr\.?)\W*(\d{1,4})|[-–—]?\s*(\d{1,4})\s*[-–—]?)\W*(?:(?:/|of|trên)\W*\d{1,4}\W*)?$",
    re.IGNORECASE,
)
_RULE = re.compile(r"^[\W_]+$")

Place = tuple[int, int]
"""Of a line: the page and the place in it, both from 0."""


def running_lines(pages: Sequence[Sequence[Line | Row]]) -> set[Place]:
    """Where running heads, feet and page numbers stand.

    A line is one where about the same stands at the same height of a third of the pages, and the numbers in it are the
    same or count the pages: "Sổ tay khu phố, trang 3". A line whose numbers go their own way is text, as
    "Tổng số tiền đã chi: 1.200 đồng." at the end of each page.
    """
    edges = [_edges(lines) for lines in pages]
    groups: dict[tuple[str, bool], list[tuple[Place, Line]]] = defaultdict(list)
    for page, places in enumerate(edges):
        for place, at_top in places:
            line = pages[page][place]
            if isinstance(line, Line) and not _RULE.match(line.text):
                groups[_NUMBER.sub("#", line.text), at_top].append(((page, place), line))
    fewest = max(2.0, len(pages) * _SHARE)
    found: set[Place] = set()
    for members in groups.values():
        for held in _at_one_height(members):
            if len({page for (page, _), _ in held}) >= fewest:
                found |= _counting(held)
    return found | _page_numbers(pages, edges, found)


def _edges(lines: Sequence[Line | Row]) -> list[tuple[int, bool]]:
    """The places of the outermost lines, the highest first, and whether each stands at the top."""
    order = sorted(range(len(lines)), key=lambda n: -lines[n].y1)
    top = order[:_EDGE_LINES]
    return [(n, True) for n in top] + [
        (n, False) for n in order[-_EDGE_LINES:] if n not in top or len(order) <= _EDGE_LINES
    ]


def _at_one_height(members: Sequence[tuple[Place, Line]]) -> list[list[tuple[Place, Line]]]:
    groups: list[list[tuple[Place, Line]]] = []
    for member in sorted(members, key=lambda member: member[1].y1):
        if groups and member[1].y1 - groups[-1][0][1].y1 <= _SAME_HEIGHT:
            groups[-1].append(member)
        else:
            groups.append([member])
    return groups


def _counting(members: Sequence[tuple[Place, Line]]) -> set[Place]:
    """Those whose numbers are all the same, or run with the pages."""
    numbers = [[int(n[:9]) for n in _NUMBER.findall(line.text)] for _, line in members]
    for column in zip(*numbers, strict=True):
        constant = len(set(column)) == 1
        steps = {value - place[0] for value, (place, _) in zip(column, members, strict=True)}
        if not constant and len(steps) > max(1, len(members) // 4):
            return set()
    return {place for place, _ in members}


def _page_numbers(
    pages: Sequence[Sequence[Line | Row]], edges: Sequence[Sequence[tuple[int, bool]]], running: set[Place]
) -> set[Place]:
    """Numbers alone in the outermost line: with the word for it, or counting as the pages do."""
    found: set[Place] = set()
    bare: dict[int, list[Place]] = defaultdict(list)
    for page, places in enumerate(edges):
        outer = [place for place, _ in places if (page, place) not in running]
        for place in {*outer[:1], *outer[-1:]}:
            line = pages[page][place]
            match = _PAGE_NUMBER.match(line.text) if isinstance(line, Line) else None
            if match and match[1]:
                found.add((page, place))
            elif match:
                bare[int(match[2]) - page].append((page, place))
    for step, alone in bare.items():
        if len(alone) >= 2 or step == 1:
            found.update(alone)
    return found
