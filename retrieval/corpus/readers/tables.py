"""What does each row of a table with merged cells say? Its own values, under one name for each column.

A cell over several rows stands in each of them: "Kho Lạng Giang" beside its three goods. Rows that together name the
columns become one: "Học phí" over "Kỳ một" and "Kỳ hai" gives "Học phí Kỳ một | Học phí Kỳ hai".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_MOST_COLUMNS = 400
_MOST_HEADER_ROWS = 4
_LONGEST_REPEATED = 80
"""Characters: a longer cell is a text beside the rows, no value of each of them."""
_LONGEST_NAME = 120
"""Characters: no name of a column is longer."""


@dataclass(frozen=True, slots=True)
class Cell:
    """`across`, `down`: the columns and rows it takes. `goes_on`: it belongs to the cell above it, as Word says it."""

    text: str
    across: int = 1
    down: int = 1
    goes_on: bool = False


@dataclass(slots=True)
class _Slot:
    """Where a cell begins and ends in the table; ends are the first row and column behind it."""

    text: str
    top: int
    left: int
    bottom: int
    right: int


def span(written: str | None) -> int:
    """How many rows or columns a format says that a cell takes: 1, where it says nothing of use."""
    return max(int(written), 1) if written and written.isdecimal() and len(written) < 9 else 1


def unmerged(rows: Sequence[Sequence[Cell]], *, headers: int = 0) -> tuple[list[tuple[str, ...]], int]:
    """(the rows, how many of them are headers: 0 or 1). `headers`: rows that the format says name the columns; without
    it, whether a single row does is left to others.

    Rows name columns together where merged cells bind them: one over several columns and the names below it.
    """
    if all(cell.across == cell.down == 1 and not cell.goes_on for row in rows for cell in row):
        return [tuple(cell.text for cell in row) for row in rows], int(headers > 0 and len(rows) > 0)
    grid = _spread(rows)
    count = _bound(grid[:headers] if headers > 1 else grid)
    head = [_names(grid[:count])] if count > 1 else []
    rest = range(count if head else 0, len(grid))
    return [*head, *(_values(grid[number], number) for number in rest)], int(bool(head) or headers > 0)


def _spread(rows: Sequence[Sequence[Cell]]) -> list[list[_Slot | None]]:
    """For each place of the table the cell that covers it."""
    grid: list[list[_Slot | None]] = [[] for _ in rows]
    for number, cells in enumerate(rows):
        line, column = grid[number], 0
        for cell in cells:
            while column < len(line) and line[column] is not None:
                column += 1
            right = column + (cell.across if column + cell.across <= _MOST_COLUMNS else 1)
            above = _at(grid, number - 1, column)
            if cell.goes_on and above is not None:
                slot, bottom = above, number + 1
                slot.bottom = bottom
            else:
                bottom = min(number + max(cell.down, 1), len(rows))
                slot = _Slot(cell.text, number, column, bottom, right)
            for place in range(number, bottom):
                _cover(grid[place], column, right, slot)
            column = right
    return grid


def _at(grid: list[list[_Slot | None]], row: int, column: int) -> _Slot | None:
    return grid[row][column] if row >= 0 and column < len(grid[row]) else None


def _cover(line: list[_Slot | None], left: int, right: int, slot: _Slot) -> None:
    line.extend([None] * (right - len(line)))
    for column in range(left, right):
        if line[column] is None:
            line[column] = slot


def _bound(grid: Sequence[Sequence[_Slot | None]]) -> int:
    """How many of the first rows name the columns together; 1 where no merged cell binds the first to the next."""
    count = 1
    while count < min(len(grid), _MOST_HEADER_ROWS) and _go_below(grid[count - 1], grid[count], count):
        count += 1
    return count


def _go_below(above: Sequence[_Slot | None], line: Sequence[_Slot | None], number: int) -> bool:
    """Whether the cells that begin in row `number` are names that part wider names: none stands under a narrow one,
    none is mostly a figure. Under "Họ và tên", over two columns, and "Việc", "Nguyễn Văn | An | tổ trưởng" are values.
    """
    own = [
        slot
        for column, slot in enumerate(line)
        if slot is not None and (slot.top, slot.left) == (number, column) and slot.text.strip()
    ]
    over = [above[slot.left] if slot.left < len(above) else None for slot in own]
    wide = [slot is not None and slot.right - slot.left > 1 and bool(slot.text.strip()) for slot in over]
    parts = len({id(slot) for slot in over}) < len(own)
    whole = max((slot.right for slot in above if slot is not None), default=0)
    if not parts or not all(wide) or any(slot and slot.right - slot.left >= whole for slot in over):
        return False
    return all(_may_name(slot.text.strip()) for slot in own)


def _may_name(text: str) -> bool:
    figures = sum(c.isdigit() for c in text) * 2 >= len(text)
    return len(text) <= _LONGEST_NAME and (not figures or _is_year(text))


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isdigit() and text[:2] in ("19", "20")


def _names(grid: Sequence[Sequence[_Slot | None]]) -> tuple[str, ...]:
    """One name for each column: what stands above it, from the top."""
    names: list[str] = []
    for column in range(max(map(len, grid))):
        over = [line[column] for line in grid if column < len(line)]
        texts = [slot.text.strip() for slot in over if slot is not None]
        names.append(" ".join(dict.fromkeys(text for text in texts if text)))
    return tuple(names)


def _values(line: Sequence[_Slot | None], number: int) -> tuple[str, ...]:
    """The row's values: what reaches down to it too; what reaches across stands once."""
    values: list[str] = []
    for column, slot in enumerate(line):
        first = slot is not None and slot.left == column
        own = slot is not None and (slot.top == number or len(slot.text) <= _LONGEST_REPEATED)
        values.append(slot.text if slot is not None and first and own else "")
    alone = {id(slot) for slot in line if slot is not None and slot.text}
    if len(alone) == 1 and all(slot is None or slot.top < number for slot in line if slot and slot.text):
        return ("",) * len(values)  # nothing but what was said above
    return tuple(values)
