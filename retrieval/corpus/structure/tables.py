"""Which lines are the rows of a table, and which row names its columns?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from retrieval.corpus.lines import Line

_CELLS = re.compile(r"\s\|\s|\t+")
_PIPES = re.compile(r"^\|.*\|$")
_GAP = re.compile(r"\S(?:[ \t]*\t[ \t]*| {3,})\S")
_TABS, _TAB = re.compile(r"\t+"), re.compile(r"\t")
_CELL = re.compile(r"\S+(?: {1,2}\S+)*")
_LEADER = re.compile(r"(?<=[^\s.…_:])[ \t]*(?:\.{4,}|…{2,}|_{4,}|(?:\. ){4,}\.?)[ \t]*(?=[^\s.…_])")
"""Dots that lead the eye from a thing to its price or page."""
_DOTS = ("....", "……", "__", ". . ")
"""What every leader has."""
_MOTTO = re.compile(r"độc\s+lập\s*[-–—]\s*tự\s+do", re.IGNORECASE)
_NAME_WORDS = 6
"""Words: no name of a column is longer."""
_FIGURE = re.compile(r"\d")


def cells_of(text: str) -> list[str]:
    """The cells of what may be a row: parted by " | " or tabs."""
    text = text.strip("| ")
    if "|" not in text and "\t" not in text:  # most lines are no row
        return [text.strip()]
    return [cell.strip() for cell in _CELLS.split(text)]


def part_cells(text: str) -> str:
    """The text with " | " between the cells of tables whose columns tabs or runs of spaces part.

    Such a table is three lines in a row, or two of three cells or more, that have as many cells each, or cells that
    begin below those of the first line. The head of an official paper, which stands in two columns, is none.
    """
    text = _led(text)
    if "\t" not in text and "   " not in text:
        return text
    lines = text.split("\n")
    spaced = [bool(line.strip()) and _GAP.search(line.strip()) is not None for line in lines]
    number = 0
    for is_spaced, group in groupby(spaced):
        count = len(list(group))
        if is_spaced and count > 1:
            lines[number : number + count] = _parted(lines[number : number + count])
        number += count
    return "\n".join(lines)


def _led(text: str) -> str:
    """The text with " | " for the dots of lines such as "Súp cua ........ 45.000", where there are several."""
    if not any(dots in text for dots in _DOTS):
        return text
    lines = text.split("\n")
    led = [n for n, line in enumerate(lines) if len(_LEADER.findall(line)) == 1]
    if len(led) < 2:
        return text
    for n in led:
        lines[n] = _LEADER.sub(" | ", lines[n])
    return "\n".join(lines)


def _parted(lines: list[str]) -> list[str]:
    rows = _by_tabs(lines) or _by_places(lines)
    if not rows or (len(rows) < 3 and len(rows[0]) < 3):
        return lines
    if any(_MOTTO.search(line) for line in lines):
        return lines
    return [" | ".join(cells).rstrip(" |") for cells in rows]


def _by_tabs(lines: Sequence[str]) -> list[list[str]]:
    """The cells where each line has as many; several tabs in a row are one gap, unless all lines then disagree."""
    if any("\t" not in line.strip() for line in lines):
        return []
    for gap in (_TABS, _TAB):
        rows = [[cell.strip() for cell in gap.split(line.strip())] for line in lines]
        if len({len(cells) for cells in rows}) == 1:
            return rows
    return []


def _by_places(lines: Sequence[str]) -> list[list[str]]:
    """The cells where each begins below one of the first line's, two characters off at most."""
    if any("\t" in line for line in lines):
        return []
    columns = [match.start() for match in _CELL.finditer(lines[0])]
    rows = []
    for line in lines:
        cells = [""] * len(columns)
        for match in _CELL.finditer(line):
            column = min(range(len(columns)), key=lambda n: abs(columns[n] - match.start()))
            if abs(columns[column] - match.start()) > 2 or cells[column]:
                return []
            cells[column] = match.group()
        rows.append(cells)
    return rows


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
    if _all_words(first, rest):
        return True
    return any(
        first[column][:1].isalpha() and all(_mostly_figures(cells[column]) for cells in rest)
        for column in range(min(map(len, rows)))
    )


def _all_words(first: Sequence[str], rest: Sequence[Sequence[str]]) -> bool:
    """Whether the first of rows of three cells or more names the columns, though no column is of figures.

    All its cells are filled, short and differ; none of them stands again below it.
    """
    if len(first) < 3 or len(rest) < 2 or len({cell.casefold() for cell in first}) < len(first):
        return False
    if not all(
        cell[:1].isalpha() and cell.count(" ") < _NAME_WORDS and cell[-1] not in ".;" for cell in first
    ):
        return False
    again = [any(cell in cells for cells in rest) for cell in first]
    return not any(again) and all(len(cells) <= len(first) for cells in rest)


def _mostly_figures(cell: str) -> bool:
    return sum(c.isdigit() for c in cell) * 2 >= sum(c.isalnum() for c in cell) and bool(_FIGURE.search(cell))
