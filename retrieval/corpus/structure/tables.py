"""Which lines are the rows of a table, and which row names its columns?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from retrieval.corpus.lines import Line

_CELLS = re.compile(r"\s\|\s|\t+")
_PIPES = re.compile(r"^\|.*\|$")
_FIGURE = re.compile(r"\d")


def cells_of(text: str) -> list[str]:
    """The cells of what may be a row: parted by " | " or tabs."""
    return [cell.strip() for cell in _CELLS.split(text.strip("| "))]


def find_rows(lines: Sequence[Line], undecided: Sequence[bool]) -> dict[int, int]:
    """The rows of tables, by the lines' numbers, each with its level: 1 of one that names the columns, else 0."""
    rows: dict[int, int] = {}
    for run in _runs(lines, undecided):
        said = any(lines[number].level == 1 and lines[number].kind == "row" for number in run)
        rows.update((number, lines[number].level if said else 0) for number in run)
        if not said and _names_columns([cells_of(lines[number].text) for number in run[:20]]):
            rows[run[0]] = 1
    return rows


def _runs(lines: Sequence[Line], undecided: Sequence[bool]) -> Iterator[list[int]]:
    run: list[int] = []
    for number, line in enumerate(lines):
        if line.kind == "row" or (
            undecided[number] and (_PIPES.match(line.text) or len(cells_of(line.text)) > 1)
        ):
            run.append(number)
            continue
        if len(run) > 1 or (run and lines[run[0]].kind == "row"):
            yield run
        run = []
    if len(run) > 1 or (run and lines[run[0]].kind == "row"):
        yield run


def _names_columns(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row is words only, above a column of figures: "Năm 2022 | Năm 2023" above "41 | 52".

    A column counts where its first cell begins with a letter and each of its other cells is mostly a figure.
    """
    if len(rows) < 2 or any(len(cell) > 80 or cell[:1].isdigit() for cell in rows[0]):
        return False
    first, rest = rows[0], rows[1:]
    return any(
        first[column][:1].isalpha() and all(_mostly_figures(cells[column]) for cells in rest)
        for column in range(min(map(len, rows)))
    )


def _mostly_figures(cell: str) -> bool:
    return sum(c.isdigit() for c in cell) * 2 >= sum(c.isalnum() for c in cell) and bool(_FIGURE.search(cell))
