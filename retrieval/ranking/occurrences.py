"""Where in some documents do a question's terms stand? Found in one pass over the documents' terms, laid end to end.

What is found is kept as it is: a question's terms stand in few of the thousands of passages that are looked through,
and a table of both would be nearly empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from retrieval.collection import TermIds, term_id
from retrieval.ranking.terms import QuestionTerms, form_of
from retrieval.ranking.wording import other_wordings
from retrieval.records import Query
from retrieval.term_arrays import Outlines, TermArrays

Counts = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Cells:
    """Stretches of the documents' terms, in their order: of each document its title, its passages, its sections.

    `length`: how many terms each has; `document`: whose it is. `of_term`: which of them each term is in. `titles`,
    `passages`, `sections`: which are what; `article`: (P,), each passage's document. `over`: (P,), the section right
    over each passage, and `parents`: (S,), over each section; -1: none.
    """

    length: Counts
    document: Counts
    of_term: Counts
    titles: Places
    passages: Places
    sections: Places
    article: Places
    over: Places
    parents: Places
    is_beside: Flags

    @classmethod
    def of(cls, outlines: Outlines) -> Cells:
        """Raises ValueError where the outlines can't be those of documents."""
        passages, sections = outlines.passages, outlines.sections
        counts = 1 + passages + sections
        titles = np.cumsum(counts) - counts
        documents = np.arange(len(counts), dtype=np.int32)
        places = np.arange(counts.sum())
        within = places - np.repeat(titles, counts)
        is_section = within > np.repeat(passages, counts)
        of_passages, of_sections = np.flatnonzero((within > 0) & ~is_section), np.flatnonzero(is_section)
        ends = np.empty(len(places), np.int64)
        ends[~is_section] = outlines.starts
        some = sections > 0
        first = np.cumsum(sections + some) - sections - some
        ends[is_section] = np.delete(outlines.section_starts, first[some])
        terms = outlines.terms
        if len(ends) and ends[-1] != terms[-1]:
            raise ValueError("the last passage or section ends where its document doesn't")
        length = np.diff(ends + np.repeat(np.cumsum(terms) - terms, counts), prepend=0)
        over = np.full(len(of_passages), -1, np.int64)
        parents = _moved(outlines.parents, sections[some], sections[some])
        if (parents >= np.arange(len(parents))).any():
            raise ValueError("a section stands over itself")
        over[np.repeat(some, passages)] = _moved(outlines.over, sections[some], passages[some])
        return cls(
            length=length.astype(np.int32),
            document=np.repeat(documents, counts),
            of_term=np.repeat(places.astype(np.int32), length),
            titles=titles,
            passages=of_passages,
            sections=of_sections,
            article=np.repeat(np.arange(len(passages)), passages),
            over=over,
            parents=parents,
            is_beside=outlines.is_beside,
        )

    def over_passages(
        self, of_section: npt.NDArray[Any], join: np.ufunc, chosen: Places | slice = slice(None)
    ) -> npt.NDArray[Any]:
        """All sections' values that stand over each of the `chosen` passages, joined.

        `of_section`: shape (..., sections), not negative.
        """
        over = self.over[chosen]
        found = np.zeros((*of_section.shape[:-1], len(over)), of_section.dtype)
        below = np.flatnonzero(over >= 0)
        if not len(below) or not of_section.any():
            return found
        nothing = np.zeros((*of_section.shape[:-1], 1), of_section.dtype)  # stands last: what -1 means
        own = np.concatenate([of_section, nothing], axis=-1)
        parents = np.append(self.parents, -1)
        total, at = own.copy(), parents
        while (at >= 0).any():
            join(total, own.take(at, axis=-1, mode="wrap"), out=total)
            at = parents[at]
        found[..., below] = total.take(over[below], axis=-1)
        return found


def _moved(own: Places, counts: Places, repeats: Places) -> Places:
    """Places among each document's own sections, `repeats` of them, as places among all documents'; -1 stays."""
    return np.where(own >= 0, own + np.repeat(np.cumsum(counts) - counts, repeats), -1)


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Each place where a term of the question, or a pair, stands: its `rows`, the terms first, then the pairs; and the
    `cells` that it stands in, of `Cells`. `height`: how many rows there are. Another wording's stand among them.

    `row_of`: of each of the documents' terms, which row it is itself; -1: of none.
    """

    rows: Places
    cells: Counts
    height: int
    row_of: Counts

    @classmethod
    def of(cls, query: Query, terms: QuestionTerms, documents: TermArrays, cells: Cells) -> Occurrences:
        row_of = np.full(len(cells.of_term), -1, np.int32)
        found = [
            each
            for lacks_marks in sorted({term.plain for term in (*terms.singles, *terms.pairs)}, reverse=True)
            for each in _in_stream(
                documents.stream(plain=lacks_marks), cells.of_term, query, terms, lacks_marks, row_of
            )
        ]
        return cls(
            np.concatenate([np.zeros(0, np.int64), *(rows for rows, _ in found)]),
            np.concatenate([np.zeros(0, np.int32), *(where for _, where in found)]),
            len(terms.singles) + len(terms.pairs),
            row_of,
        )

    def held(self, width: int) -> Flags:
        """(rows, width): whether each of so many cells holds it."""
        held = np.zeros((self.height, width), np.bool_)
        held[self.rows, self.cells] = True
        return held

    def counted(self, column_of: npt.NDArray[np.integer[Any]], width: int) -> Counts:
        """(rows, width): how often it stands in each column. `column_of`: each cell's, -1: in none."""
        columns = column_of.take(self.cells)
        inside = np.flatnonzero(columns >= 0)
        places = self.rows.take(inside) * width + columns.take(inside)
        return np.bincount(places, minlength=self.height * width).reshape(self.height, width).astype(np.int32)


def _in_stream(
    stream: TermIds, cell_of: Counts, query: Query, terms: QuestionTerms, lacks_marks: bool, row_of: Counts
) -> Iterator[tuple[Places, Counts]]:
    """(rows, cells) of the terms and pairs that are counted in this stream of terms, accented or `lacks_marks`.

    `cell_of`: the cell that each of its terms is in. `row_of`: the terms themselves are written there.
    """
    singles = {term_id(term.text): row for row, term in enumerate(terms.singles) if term.plain == lacks_marks}
    parts = {
        row: (form_of(left, lacks_marks), form_of(right, lacks_marks))
        for row, (pair, (left, right)) in enumerate(
            zip(terms.pairs, terms.pair_parts, strict=True), start=len(terms.singles)
        )
        if pair.plain == lacks_marks
    }
    pairs = {row: (term_id(left), term_id(right)) for row, (left, right) in parts.items()}
    wanted = sorted({*singles, *(side for pair in pairs.values() for side in pair)})
    at = {identity: place for place, identity in enumerate(wanted)}
    places, which = _find(stream, np.array(wanted, np.uint32))
    cells = cell_of.take(places)
    rows = np.array([singles.get(identity, -1) for identity in wanted], np.int64).take(which)
    alone = np.flatnonzero(rows >= 0) if len(singles) < len(wanted) else slice(None)
    row_of[places[alone]] = rows[alone]
    yield rows[alone], cells[alone]
    if pairs:
        pair_of = np.full((len(wanted), len(wanted)), -1, np.int64)
        for row, (left, right) in pairs.items():
            pair_of[at[left], at[right]] = row
        beside = np.flatnonzero((places[1:] == places[:-1] + 1) & (cells[1:] == cells[:-1]))
        rows = pair_of[which[beside], which[beside + 1]]
        known = rows >= 0
        yield rows[known], cells[beside[known]]
    if query.wording:
        words: list[tuple[int, tuple[str, ...]]] = [
            (row, (term.text,)) for row, term in enumerate(terms.singles) if term.plain == lacks_marks
        ]
        for row, found in other_wordings(
            query, stream, cell_of, (*words, *parts.items()), lacks_marks=lacks_marks
        ):
            yield np.full(len(found), row), found


def _find(stream: TermIds, wanted: TermIds) -> tuple[Places, Places]:
    """Where in the stream a wanted term stands, in order, and which of `wanted` (sorted) each is.

    One pass finds whatever may be one of them by 16 bits of its id; the rest looks at those few.
    """
    low = wanted.astype(np.uint16)
    if len(wanted) > 255 or len(set(low.tolist())) < len(wanted):
        places = np.flatnonzero(np.isin(stream, wanted))
        return places, np.searchsorted(wanted, stream[places])
    marks = np.zeros(1 << 16, np.uint8)
    marks[low] = np.arange(1, len(wanted) + 1)
    found = marks.take(stream.astype(np.uint16))
    places = np.flatnonzero(found != 0)
    which = found.take(places).astype(np.int64) - 1
    exact = wanted.take(which) == stream.take(places)
    return places[exact], which[exact]
