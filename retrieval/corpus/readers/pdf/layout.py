"""In which order is a page read? Cell by cell in tables, column by column in columns, else as the file draws it."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from retrieval.corpus.readers.pdf.rulings import Grid, Rulings, grids
from retrieval.corpus.readers.pdf.words import Segment

_FEWEST_COLUMN_LINES = 4
_PROSE_LENGTH = 18
"""Characters that half of the lines of a column of running text have at least; cells of tables are shorter."""
_PROSE_FILLS = 0.7
"""Share of the column's width that such lines take."""
_WIDE = 4.0
"""Of the letters' height: what stands this far apart in a lonely line is no word and its neighbour."""
_SAME_EDGE = 3.0
"""Points by which the ends of full lines differ."""
_FARTHER = 12.0
"""Points beyond the end of a column from which a line stands in no such column."""
_NARROWEST = 24
"""Characters of the longest line of a column of running text, at least."""
_MARKER = re.compile(
    r"^(?:[-–—•*+▪●○►→➢✓❖\uf000-\uf0ff]|\(?(?:\d{1,3}|[a-zđ]|[ivx]{1,4})[.)/]?)$", re.IGNORECASE
)
_STATE_HEADER = re.compile(r"C[ỘO]NG\s+H[OÒÓA]\S*\s+X\S+\s+H\S+\s+CH\S+\s+NGH\S+", re.IGNORECASE)
"""The first words of "Cộng hòa xã hội chủ nghĩa Việt Nam", in whatever old font: what stands beside it is the body that
issues the paper, and no row of a table."""


@dataclass(frozen=True, slots=True)
class Line:
    """`left`, `right`: where the column begins and ends in which it stands. `even`: several of its lines end there."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    left: float = 0.0
    right: float = 0.0
    even: bool = False

    @property
    def height(self) -> float:
        return self.y1 - self.y0


@dataclass(frozen=True, slots=True)
class Row:
    """A table's row. `opens`: it is the first of its table."""

    cells: tuple[str, ...]
    y0: float
    y1: float
    opens: bool = False


def arrange(segments: Sequence[Segment], drawn: Rulings) -> list[Line | Row]:
    """What the page says, in the order in which people read it."""
    tables = grids(drawn)
    held: list[list[Segment]] = [[] for _ in tables]
    loose: list[Segment] = []
    first: dict[int, int] = {}
    for segment in segments:
        x, y = (segment.x0 + segment.x1) / 2, (segment.y0 + segment.y1) / 2
        number = next((n for n, grid in enumerate(tables) if grid.holds(x, y)), None)
        if number is None:
            loose.append(segment)
        else:
            first.setdefault(number, len(loose))
            held[number].append(segment)
    parts: list[list[Line | Row]] = []
    start = 0
    for number, place in sorted(first.items(), key=lambda item: item[1]):
        if loose[start:place]:
            parts += _parts(loose[start:place])
        start = place
        parts.append(list(_table_rows(tables[number], held[number])))
    if loose[start:]:
        parts += _parts(loose[start:])
    return [shown for part in _from_above([part for part in parts if part]) for shown in part]


def _table_rows(grid: Grid, segments: Sequence[Segment]) -> Iterator[Row]:
    cells: dict[tuple[int, int], list[Segment]] = {}
    for segment in segments:
        place = grid.cell((segment.x0 + segment.x1) / 2, (segment.y0 + segment.y1) / 2)
        cells.setdefault(place, []).append(segment)
    opens = True
    for number in range(len(grid.levels) - 1):
        texts = [_cell_text(cells.get((number, column), [])) for column in range(len(grid.edges) - 1)]
        if any(texts):
            yield Row(tuple(texts), grid.levels[number + 1], grid.levels[number], opens)
            opens = False


def _cell_text(segments: Sequence[Segment]) -> str:
    """The lines of a cell from the top; each from the left."""
    lines: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda s: -s.y1):
        if lines and lines[-1][0].beside(segment):
            lines[-1].append(segment)
        else:
            lines.append([segment])
    return " ".join(s.text for line in lines for s in sorted(line, key=lambda s: s.x0))


def _parts(segments: Sequence[Segment]) -> list[list[Line | Row]]:
    """Stretches that run down the page, in the order of the file."""
    rows = _rows(segments)
    parts: list[list[Line | Row]] = []
    n = 0
    while n < len(rows):
        if len(rows[n]) > 1:
            end = _end_of_run(rows, n)
            parts += _side_by_side(rows[n:end])
        else:
            end = n + 1
            while end < len(rows) and len(rows[end]) == 1 and rows[end][0].y1 <= rows[end - 1][0].y1:
                end += 1
            parts.append([_line(row[0]) for row in rows[n:end]])
        n = end
    return parts


def _rows(segments: Sequence[Segment]) -> list[list[Segment]]:
    """Segments drawn one after the other in one line."""
    rows: list[list[Segment]] = []
    for segment in segments:
        if rows and rows[-1][-1].beside(segment) and segment.x0 >= rows[-1][-1].x1 - 1:
            rows[-1].append(segment)
        else:
            rows.append([segment])
    return rows


def _end_of_run(rows: Sequence[Sequence[Segment]], start: int) -> int:
    """Where lines with things side by side end; a single one among them is the rest of a cell."""
    end = start + 1
    for n in range(start + 1, len(rows)):
        if rows[n][0].y1 > rows[n - 1][0].y1:
            break
        if len(rows[n]) > 1:
            end = n + 1
        elif n - end >= 2:
            break
    return end


def _columns(segments: Sequence[Segment]) -> list[tuple[float, float]]:
    """What the segments cover of the page's width, as stretches with gaps between them."""
    stretches: list[tuple[float, float]] = []
    for segment in sorted(segments, key=lambda s: s.x0):
        if stretches and segment.x0 <= stretches[-1][1]:
            stretches[-1] = (stretches[-1][0], max(stretches[-1][1], segment.x1))
        else:
            stretches.append((segment.x0, segment.x1))
    return stretches


def _side_by_side(rows: Sequence[Sequence[Segment]]) -> list[list[Line | Row]]:
    beside = [segment for row in rows if len(row) > 1 for segment in row]
    columns = _columns(beside)
    full = sum(len(row) > 1 for row in rows)
    in_columns: list[list[Segment]] = [[] for _ in columns]
    for row in rows:
        for segment in row:
            in_columns[_nearest(columns, segment)].append(segment)
    across = any(_STATE_HEADER.search(segment.text) for segment in beside)
    if len(columns) > 1 and (across or (full >= _FEWEST_COLUMN_LINES and all(map(_is_prose, in_columns)))):
        return [[_line(segment) for segment in column] for column in in_columns]
    if len(columns) < 2 or full < 2 or all(_MARKER.match(segment.text) for segment in in_columns[0]):
        return [[line for row in rows for line in _joined(row)]]
    return [list(_unruled_rows(rows, columns))]


def _nearest(columns: Sequence[tuple[float, float]], segment: Segment) -> int:
    middle = (segment.x0 + segment.x1) / 2
    return min(range(len(columns)), key=lambda n: max(columns[n][0] - middle, middle - columns[n][1], 0.0))


def _is_prose(column: Sequence[Segment]) -> bool:
    if len(column) < _FEWEST_COLUMN_LINES:
        return False
    width = max(s.x1 for s in column) - min(s.x0 for s in column)
    lengths = statistics.median(len(s.text) for s in column)
    widths = statistics.median(s.x1 - s.x0 for s in column)
    return lengths >= _PROSE_LENGTH and widths >= _PROSE_FILLS * width


def _joined(row: Sequence[Segment]) -> Iterator[Line]:
    """A lonely line: what stands near belongs together, what stands far apart doesn't."""
    held = [row[0]]
    for segment in row[1:]:
        if segment.x0 - held[-1].x1 > _WIDE * segment.height and not _MARKER.match(held[-1].text):
            yield _line(*held)
            held = [segment]
        else:
            held.append(segment)
    yield _line(*held)


def _unruled_rows(rows: Sequence[Sequence[Segment]], columns: Sequence[tuple[float, float]]) -> Iterator[Row]:
    """Rows of a table without lines. A line that stands close below a row with fewer cells is the rest of its cells."""
    table: list[tuple[list[str], float, float]] = []
    for row in rows:
        texts = [""] * len(columns)
        for segment in row:
            place = _nearest(columns, segment)
            texts[place] = f"{texts[place]} {segment.text}".strip()
        top, bottom = max(s.y1 for s in row), min(s.y0 for s in row)
        if len(row) == 1 and table and table[-1][1] - top < 0.4 * row[0].height:
            above = table[-1][0]
            joined = [f"{one} {other}".strip() for one, other in zip(above, texts, strict=True)]
            table[-1] = (joined, bottom, table[-1][2])
        else:
            table.append((texts, bottom, top))
    for n, (texts, bottom, top) in enumerate(table):
        yield Row(tuple(texts), bottom, top, opens=n == 0)


def _line(*segments: Segment) -> Line:
    return Line(
        " ".join(s.text for s in segments),
        min(s.x0 for s in segments),
        min(s.y0 for s in segments),
        max(s.x1 for s in segments),
        max(s.y1 for s in segments),
    )


def _from_above(parts: Sequence[list[Line | Row]]) -> list[list[Line | Row]]:
    """The parts in the file's order, but for those drawn late that stand above others, as heads of pages do."""
    placed: list[list[Line | Row]] = []
    for part in parts:
        bottom = part[-1].y0
        place = next(
            (n for n, other in enumerate(placed) if other[0].y1 <= bottom + 1 and _overlap(part, other)),
            len(placed),
        )
        placed.insert(place, part)
    return [_within(part) for part in placed]


def _overlap(one: Sequence[Line | Row], other: Sequence[Line | Row]) -> bool:
    """True where both stand in the same column; a table takes the whole width."""
    first = [line for line in one if isinstance(line, Line)]
    second = [line for line in other if isinstance(line, Line)]
    if not first or not second:
        return True
    return min(max(line.x1 for line in first), max(line.x1 for line in second)) > max(
        min(line.x0 for line in first), min(line.x0 for line in second)
    )


def _within(part: Sequence[Line | Row]) -> list[Line | Row]:
    """The part, whose lines know where they may end: where several do; a heading may reach farther.

    Short lines that only happen to be of one length end nowhere: those of a column are longer, and most reach its end.
    """
    lines = [line for line in part if isinstance(line, Line)]
    if not lines:
        return list(part)
    ends = [line.x1 for line in lines]
    edge = max(
        (end for end in ends if sum(abs(end - other) <= _SAME_EDGE for other in ends) >= 3), default=None
    )
    if edge is not None:
        full = [line for line in lines if abs(line.x1 - edge) <= _SAME_EDGE]
        farther = sum(end > edge + _FARTHER for end in ends)
        if farther > len(full) or (farther and max(len(line.text) for line in full) < _NARROWEST):
            edge = None
    left, right = min(line.x0 for line in lines), max(ends) if edge is None else edge
    return [
        replace(line, left=left, right=right, even=edge is not None) if isinstance(line, Line) else line
        for line in part
    ]
