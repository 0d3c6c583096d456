"""What does indexing make, and what does an index take? Term arrays and statistics of a collection."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from retrieval.records import Document

TermIds = npt.NDArray[np.uint32]
"""CRC-32 of each term's UTF-8, in the order of the text."""


Numbers = npt.NDArray[np.uint32]
Places = npt.NDArray[np.int32]
Lengths = npt.NDArray[np.int64]

HEADING, LEAD_IN, HEADER = range(3)
"""What stands over passages: a section's heading, what opens a list, a table's header row."""


@dataclass(frozen=True, slots=True)
class Sections:
    """What stands over a document's passages: S headings, lead-ins and header rows, in the order of the text.

    `spans`: shape (S, 2), character offsets. `kinds`: (S,), HEADING, LEAD_IN or HEADER. `parents`: (S,), which of them
    each stands under, always an earlier one; -1: none. `over`: (passages,), the nearest one over each passage; -1:
    none. `starts`: (S + 1,), where each one's terms start in the document's `accented` and `plain`, after those of the
    passages. `pages`: (passages,), from 1; 0: the document has no pages. `beside`: (passages,), 1 for a paper's head,
    date line or signature, which is found where it is asked for, else 0.
    """

    spans: Numbers
    kinds: Numbers
    parents: Places
    over: Places
    starts: Numbers
    pages: Numbers
    beside: Numbers

    @classmethod
    def none(cls, passages: int, terms: int) -> Sections:
        """Those of a document without any: `terms` is how many its title and passages have."""
        nothing = np.zeros(0, np.uint32)
        return cls(
            spans=nothing.reshape(0, 2),
            kinds=nothing,
            parents=np.zeros(0, np.int32),
            over=np.full(passages, -1, np.int32),
            starts=np.array([terms], np.uint32),
            pages=np.zeros(passages, np.uint32),
            beside=np.zeros(passages, np.uint32),
        )

    def path(self, passage: int) -> list[int]:
        """The sections over a passage, the widest first."""
        found, at = [], int(self.over[passage])
        while at >= 0:
            found.append(at)
            at = int(self.parents[at])
        return found[::-1]


@dataclass(frozen=True, slots=True)
class AnalysedDocument:
    """A document with its passages and terms, ready to be indexed.

    `spans`: shape (passages, 2), character offsets. `starts`: shape (passages + 1,), where each passage's terms
    start in `accented` and `plain`; terms before `starts[0]` are the title's, those from `starts[-1]` on are of
    `sections`, each once.
    """

    document: Document
    spans: Numbers
    starts: Numbers
    sections: Sections
    accented: tuple[str, ...]
    plain: tuple[str, ...]


@dataclass(frozen=True)
class DocumentTerms:
    """An indexed document without its text: what scoring reads. Arrays as in AnalysedDocument, terms as ids.

    `values`: all arrays end to end, as `prepare` lays them: a question reads those of some 150 documents, and of most
    only a few arrays. `shape`: how many passages, sections and terms there are, how many values stand before the
    terms, and bits that say whether pages (1) and what stands beside (2) are there.
    """

    key: int
    values: Numbers
    shape: tuple[int, int, int, int, int]

    @property
    def spans(self) -> Numbers:
        return self.values[: 2 * self.shape[0]].reshape(-1, 2)

    @property
    def starts(self) -> Numbers:
        return self.values[2 * self.shape[0] : 3 * self.shape[0] + 1]

    @property
    def accented(self) -> TermIds:
        return self.values[self.shape[3] : self.shape[3] + self.shape[2]]

    @property
    def plain(self) -> TermIds:
        return self.values[self.shape[3] + self.shape[2] :]

    @cached_property
    def sections(self) -> Sections:
        passages, count, terms, _, follow = self.shape
        at = 3 * passages + 1

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
            pages=take(passages) if follow & 1 else np.zeros(passages, np.uint32),
            beside=take(passages) if follow & 2 else np.zeros(passages, np.uint32),
        )


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

    @classmethod
    def of(cls, documents: Sequence[DocumentTerms]) -> Outlines:
        """Reads one stretch of each document's `values`; everything else is done for all of them at once."""
        shapes = np.array([each.shape for each in documents], np.int64)
        passages, sections, terms, sizes, follow = shapes.T.copy()
        heads = np.concatenate([each.values[: each.shape[3]] for each in documents]).view(np.int32)
        begin = np.cumsum(sizes) - sizes

        def take(offsets: Lengths, counts: Lengths) -> Lengths:
            before = np.cumsum(counts) - counts
            places = np.repeat(begin + offsets - before, counts) + np.arange(counts.sum())
            return heads.take(places).astype(np.int64)

        some = sections > 0
        after = 3 * passages + 1 + 3 * sections
        is_beside = np.zeros(passages.sum(), np.bool_)
        if (follow & 2).any():
            beside = np.where(follow & 2, passages, 0)
            is_beside[np.repeat(follow & 2, passages) > 0] = take(sizes - passages, beside) > 0
        return cls(
            passages,
            sections,
            terms,
            starts=take(2 * passages, passages + 1),
            over=take(after + sections, np.where(some, passages, 0)),
            parents=take(after, sections),
            section_starts=take(after + sections + passages, np.where(some, sections + 1, 0)),
            is_beside=is_beside,
        )


@dataclass(frozen=True, slots=True)
class CollectionStats:
    """Counts over the whole collection. Lengths are in terms; an article's counts its title and its headings."""

    articles: int
    passages: int
    avg_article_len: float
    avg_passage_len: float


def term_id(term: str) -> int:
    """The id that a term has in term arrays."""
    return zlib.crc32(term.encode())
