"""What does indexing make, and what does an index take? Analysed documents and statistics of a collection."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from retrieval.records import Document
from retrieval.vietnamese.syllables import plain

TermIds = npt.NDArray[np.uint32]
"""CRC-32 of each term's UTF-8, in the order of the text."""


Numbers = npt.NDArray[np.uint32]
Places = npt.NDArray[np.int32]

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
    start in `accented`; terms before `starts[0]` are the title's, those from `starts[-1]` on are of `sections`, each
    once.
    """

    document: Document
    spans: Numbers
    starts: Numbers
    sections: Sections
    accented: tuple[str, ...]

    @property
    def plain(self) -> tuple[str, ...]:
        """The same terms without their marks."""
        return tuple(map(plain, self.accented))


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
