"""Which lines are drawn on a PDF's page? Those around cells say what a table's rows and columns are."""

from __future__ import annotations

import ctypes
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from operator import attrgetter
from typing import Any

import pypdfium2.raw as pdfium

_THIN = 3.0
"""Points: a drawn box no thicker than this is a line."""
_SHORTEST = 6.0
_NEAR = 3.5
"""Points between lines that were meant to meet."""
_MOST_OBJECTS = 4000
_MOST_POINTS = 400
"""Drawings with more are pictures and charts, not tables."""
_at = attrgetter("at")


@dataclass(frozen=True, slots=True)
class Ruling:
    """A drawn line: at `at` of the one axis, from `start` to `end` of the other."""

    at: float
    start: float
    end: float

    def covers(self, place: float) -> bool:
        return self.start - _NEAR <= place <= self.end + _NEAR


@dataclass(frozen=True, slots=True)
class Rulings:
    """Both in the order of their places, `at`."""

    across: tuple[Ruling, ...] = ()
    down: tuple[Ruling, ...] = ()

    def turned(self, direction: str) -> Rulings:
        """As they lie when the page is held so that its lines of text run from left to right."""
        if direction == "up":
            return Rulings(_turned(self.down), self.across)
        if direction == "down":
            return Rulings(self.down, _turned(self.across))
        return self

    def between(self, left: float, right: float, height: float) -> bool:
        """True where a line down the page stands between the two places."""
        return any(r.start <= height <= r.end for r in _placed(self.down, left - 1, right + 1))


def _turned(lines: tuple[Ruling, ...]) -> tuple[Ruling, ...]:
    return tuple(Ruling(-r.at, r.start, r.end) for r in reversed(lines))


def _placed(lines: Sequence[Ruling], low: float, high: float) -> Sequence[Ruling]:
    """Of lines in order, those at a place between the two."""
    start = bisect_left(lines, low, key=_at)
    return lines[start : bisect_right(lines, high, start, key=_at)]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's lines: `edges` down the page from left to right, `levels` across it from the top."""

    edges: tuple[float, ...]
    levels: tuple[float, ...]
    rulings: Rulings = field(repr=False)

    def holds(self, x: float, y: float) -> bool:
        return self.edges[0] <= x <= self.edges[-1] and self.levels[-1] <= y <= self.levels[0]

    def cell(self, x: float, y: float) -> tuple[int, int]:
        """Row and column of the place; of a merged cell, its first ones."""
        column = min(max(bisect_right(self.edges, x) - 1, 0), len(self.edges) - 2)
        row = sum(level > y for level in self.levels) - 1
        row = min(max(row, 0), len(self.levels) - 2)
        while column > 0 and not self._has(self.rulings.down, self.edges[column], y):
            column -= 1
        while row > 0 and not self._has(self.rulings.across, self.levels[row], x):
            row -= 1
        return row, column

    @staticmethod
    def _has(rulings: Sequence[Ruling], at: float, place: float) -> bool:
        return any(r.covers(place) for r in _placed(rulings, at - _NEAR, at + _NEAR))


def rulings(page: Any) -> Rulings:
    """The straight lines along the page's sides; none, where so much is drawn that it is a picture."""
    across: list[Ruling] = []
    down: list[Ruling] = []
    raw = page.raw
    count = pdfium.FPDFPage_CountObjects(raw)
    if count > _MOST_OBJECTS:
        return Rulings()
    for number in range(count):
        item = pdfium.FPDFPage_GetObject(raw, number)
        if pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_PATH:
            for x0, y0, x1, y1 in _strokes(item):
                if x1 - x0 <= _THIN and y1 - y0 >= _SHORTEST:
                    down.append(Ruling((x0 + x1) / 2, y0, y1))
                elif y1 - y0 <= _THIN and x1 - x0 >= _SHORTEST:
                    across.append(Ruling((y0 + y1) / 2, x0, x1))
    return Rulings(tuple(sorted(across, key=_at)), tuple(sorted(down, key=_at)))


def _strokes(item: Any) -> Iterator[tuple[float, float, float, float]]:
    """Boxes around the lines of one drawing."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top):
        return
    x0, y0, x1, y1 = left.value, bottom.value, right.value, top.value
    if min(x1 - x0, y1 - y0) <= _THIN:
        yield x0, y0, x1, y1
        return
    if not _is_stroked(item):
        return
    count = pdfium.FPDFPath_CountSegments(item)
    if not 2 <= count <= _MOST_POINTS:
        return
    for (ax, ay), (bx, by) in pairwise(_points(item, count)):
        if min(abs(ax - bx), abs(ay - by)) <= _THIN / 2:
            yield min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def _is_stroked(item: Any) -> bool:
    """False of an area of colour, such as the one behind words that somebody marked."""
    filled, stroked = ctypes.c_int(), ctypes.c_int()
    return bool(pdfium.FPDFPath_GetDrawMode(item, filled, stroked)) and bool(stroked.value)


def _points(item: Any, count: int) -> Iterator[tuple[float, float]]:
    """The corners of a drawing, in points of the page; a line to its first corner closes each of its shapes."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(item, matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    first: tuple[float, float] | None = None
    for number in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item, number)
        if not pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        place = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        if first is None or pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO:
            first = place
        yield place
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield first


def grids(rulings: Rulings) -> list[Grid]:
    """The tables that the lines make: two columns or more, wherever lines across and down meet."""
    across, down = list(rulings.across), list(rulings.down)
    if len(across) < 2 or len(down) < 3 or len(across) * len(down) > 250_000:
        return []
    groups = _connected(across, down)
    found = []
    for rows, columns in groups:
        edges = _places([r.at for r in columns])
        levels = _places([r.at for r in rows])[::-1]
        if len(edges) >= 3 and len(levels) >= 2:
            found.append(Grid(tuple(edges), tuple(levels), Rulings(tuple(rows), tuple(columns))))
    return found


def _connected(across: list[Ruling], down: list[Ruling]) -> list[tuple[list[Ruling], list[Ruling]]]:
    """Lines that touch each other, over any number of others."""
    parent = list(range(len(across) + len(down)))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    for n, one in enumerate(across):
        first = bisect_left(down, one.start - _NEAR, key=_at)
        for m, other in enumerate(
            _placed(down, one.start - _NEAR, one.end + _NEAR), start=first + len(across)
        ):
            if other.covers(one.at):
                parent[root(m)] = root(n)
    groups: dict[int, tuple[list[Ruling], list[Ruling]]] = {}
    for n, one in enumerate(across):
        groups.setdefault(root(n), ([], []))[0].append(one)
    for m, other in enumerate(down, start=len(across)):
        groups.setdefault(root(m), ([], []))[1].append(other)
    return list(groups.values())


def _places(values: list[float]) -> list[float]:
    """The values in order, those that are meant to be one taken together."""
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > _NEAR:
            places.append(value)
    return places
