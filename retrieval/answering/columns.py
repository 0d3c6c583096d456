"""Which column of a table does a question ask about? The one whose header it says: "Giá vé", not "Số chuyến"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.records import Passage, Query
from retrieval.vietnamese.syllables import plain, plain_words

BAR = " | "


@dataclass(frozen=True, slots=True)
class Cell:
    """A row's cell at `[start, end)` of its text, what it holds and what stands over it."""

    start: int
    end: int
    head: str
    text: str = ""

    @property
    def words(self) -> set[str]:
        """What it holds, without marks."""
        return set(plain_words(self.text))

    @property
    def head_words(self) -> set[str]:
        return set(plain_words(self.head))


def header_over(passage: Passage) -> str:
    """The header row right over a row; empty over what stands in no table, or right below a heading."""
    over = passage.section[-1] if passage.section else ""
    return over if BAR in over else ""


def cells(text: str, header: str) -> tuple[Cell, ...]:
    """The cells of a row below its header; none where there is no header of as many cells."""
    parts, heads = text.split(BAR), header.split(BAR)
    if len(parts) < 2 or len(parts) != len(heads) or "\n" in text.strip():
        return ()
    starts = [0]
    for part in parts:
        starts.append(starts[-1] + len(part) + len(BAR))
    return tuple(
        Cell(start, start + len(part), head, part)
        for start, part, head in zip(starts, parts, heads, strict=False)
    )


def asked_cell(query: Query, row: Sequence[Cell]) -> Cell | None:
    """The cell, not the first, whose header alone says most of what the question says; None where none does.

    A cell that the question says itself is none: "Đội" over "Chợ Cá" for "Đội Chợ Cá được bao nhiêu điểm?".
    """
    said = {plain(term.text) for term in query.terms if term.role != "asking"}
    held = [cell.head_words & said for cell in row]
    shares = [
        sum(1 / sum(word in other for other in held) for word in words)
        if place and not _is_said(query, row[place])
        else 0.0
        for place, words in enumerate(held)
    ]
    best = max(shares, default=0.0)
    return row[shares.index(best)] if best and shares.count(best) == 1 else None


def row_is_asked(query: Query, row: Sequence[Cell], cell: Cell) -> bool:
    """Whether the question says another of the row's cells, which tells that row from others."""
    return any(_is_said(query, other) for other in row if other is not cell)


def _is_said(query: Query, cell: Cell) -> bool:
    """Whether the question says all words of a cell."""
    return bool(cell.words) and cell.words <= {plain(term.text) for term in query.terms}
