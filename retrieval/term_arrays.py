"""What of indexed documents does scoring read? Their passages, sections and terms, as numbers of 32 bits end to end.

A question reads those of some 100 documents, and of most only how their terms are divided. So they stay together,
one flat array with all documents in it, and are read for all documents at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from retrieval.collection import AnalysedDocument, Numbers, Sections, TermIds

Lengths = npt.NDArray[np.int64]
HEADER = 4
"""Numbers that open a document's: how many passages, terms and sections there are, and which of PAGES and BESIDE follow
the sections."""
PAGES, BESIDE = 1, 2


def pack_terms(analysed: AnalysedDocument, accented: TermIds, plain: TermIds) -> bytes:
    """A document's numbers, as `DocumentTerms` reads them; nothing of sections and pages where there are none."""
    sections = analysed.sections
    arrays: list[npt.NDArray[Any]] = [analysed.spans, analysed.starts]
    if len(sections.spans):
        arrays += [sections.spans, sections.kinds, sections.parents, sections.over, sections.starts]
    follow = 0
    for flag, values in ((PAGES, sections.pages), (BESIDE, sections.beside)):
        if values.any():
            follow |= flag
            arrays.append(values)
    header = np.array((len(analysed.spans), len(accented), len(sections.spans), follow), np.uint32)
    return b"".join(np.ascontiguousarray(array).tobytes() for array in (header, *arrays, accented, plain))


class DocumentTerms:
    """An indexed document without its text. Arrays as in AnalysedDocument, terms as ids; `values`: all, packed."""

    def __init__(self, key: int, values: Numbers) -> None:
        self.key, self.values = key, values
        passages, terms, _, _ = self._shape = tuple(values[:HEADER].tolist())
        spans, last = HEADER + 2 * passages, len(values) - terms
        self.spans: Numbers = values[HEADER:spans].reshape(-1, 2)
        self.starts: Numbers = values[spans : spans + passages + 1]
        self.accented: TermIds = values[last - terms : last]
        self.plain: TermIds = values[last:]

    def ids(self, start: int, end: int) -> tuple[TermIds, TermIds]:
        """Of some of its terms, accented and plain."""
        return self.accented[start:end], self.plain[start:end]

    @cached_property
    def sections(self) -> Sections:
        passages, terms, count, follow = self._shape
        at = HEADER + 3 * passages + 1

        def take(size: int) -> Numbers:
            nonlocal at
            at += size
            return self.values[at - size : at]

        return Sections(
            spans=take(2 * count).reshape(count, 2),
            kinds=take(count),
            parents=take(count).view(np.int32),
            over=take(passages).view(np.int32) if count else np.full(passages, -1, np.int32),
            starts=take(count + 1) if count else np.array([terms], np.uint32),
            pages=take(passages) if follow & PAGES else np.zeros(passages, np.uint32),
            beside=take(passages) if follow & BESIDE else np.zeros(passages, np.uint32),
        )


class TermArrays(Mapping[int, DocumentTerms]):
    """Several documents' terms, by key.

    `flat`: an array with all of them in it, and maybe others; document `keys[i]` is `flat[begins[i] : ends[i]]`.
    """

    def __init__(self, keys: Sequence[int], flat: Numbers, begins: Lengths, ends: Lengths) -> None:
        self._keys, self._flat, self._begins, self._ends = tuple(keys), flat, begins, ends
        self._places = {key: place for place, key in enumerate(self._keys)}
        self._read: dict[int, DocumentTerms] = {}

    @classmethod
    def joined(cls, documents: Mapping[int, Numbers]) -> TermArrays:
        """Of documents whose values lie apart."""
        ends = np.cumsum([len(values) for values in documents.values()], dtype=np.int64)
        flat = np.concatenate([np.zeros(0, np.uint32), *documents.values()])
        return cls(tuple(documents), flat, np.concatenate([[0], ends[:-1]]) if len(ends) else ends, ends)

    def __getitem__(self, key: int) -> DocumentTerms:
        document = self._read.get(key)
        if document is None:
            place = self._places[key]
            values = self._flat[int(self._begins[place]) : int(self._ends[place])]
            document = self._read[key] = DocumentTerms(key, values)
        return document

    def __iter__(self) -> Iterator[int]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)

    def at_most(self, terms: int) -> TermArrays:
        """Those with passages, without those that would make it more than so many terms, the first ones first; the very
        first is always among them. In the order of their keys, whatever the order was in which they were found."""
        passages, sizes = self._header(0), self._header(1)
        chosen: list[int] = np.flatnonzero(passages).tolist()
        if sizes.sum() > terms:
            chosen, total = [], 0
            for place, own in enumerate(sizes.tolist()):
                if chosen and total + own > terms:
                    continue
                total += own
                if passages[place]:
                    chosen.append(place)
        chosen.sort(key=self._keys.__getitem__)
        keys = tuple(self._keys[place] for place in chosen)
        return TermArrays(keys, self._flat, self._begins[chosen], self._ends[chosen])

    def stream(self, *, plain: bool) -> TermIds:
        """All terms, in order."""
        terms = self._header(1)
        ends = self._ends if plain else self._ends - terms
        flat = self._flat
        return np.concatenate(
            [flat[a:b] for a, b in zip((ends - terms).tolist(), ends.tolist(), strict=True)]
            or [np.zeros(0, np.uint32)]
        )

    def outlines(self) -> Outlines:
        """How the terms are divided. Raises ValueError where there can't be as many as a document says: room for four
        thousand million is no question's to take."""
        passages, terms, sections, follow = (self._header(place) for place in range(HEADER))
        if (passages + terms + sections).max(initial=0) > len(self._flat):
            raise ValueError("a document says to have more passages, terms and sections than numbers")
        flat = self._flat.view(np.int32)

        def take(offsets: Lengths, counts: Lengths) -> Lengths:
            before = np.cumsum(counts) - counts
            places = np.repeat(self._begins + offsets - before, counts) + np.arange(counts.sum())
            return flat.take(places).astype(np.int64)

        some = sections > 0
        own = HEADER + 3 * passages + 1 + 3 * sections
        is_beside = np.zeros(passages.sum(), np.bool_)
        if (follow & BESIDE).any():
            last = self._ends - self._begins - 2 * terms
            beside = np.where(follow & BESIDE, passages, 0)
            is_beside[np.repeat(beside > 0, passages)] = take(last - passages, beside) > 0
        return Outlines(
            passages=passages,
            sections=sections,
            terms=terms,
            starts=take(HEADER + 2 * passages, passages + 1),
            over=take(own + sections, np.where(some, passages, 0)),
            parents=take(own, sections),
            section_starts=take(own + sections + passages, np.where(some, sections + 1, 0)),
            is_beside=is_beside,
        )

    def _header(self, place: int) -> Lengths:
        return self._flat.take(self._begins + place).astype(np.int64)


@dataclass(frozen=True, slots=True)
class Outlines:
    """How the terms of several documents are divided, their arrays laid end to end.

    `passages`, `sections`, `terms`: shape (documents,), how many each has. `starts`, `over`: as in each document, the
    documents with no sections left out of `over`. `parents`, `section_starts`: likewise. `is_beside`: of each passage.
    """

    passages: Lengths
    sections: Lengths
    terms: Lengths
    starts: Lengths
    over: Lengths
    parents: Lengths
    section_starts: Lengths
    is_beside: npt.NDArray[np.bool_]
