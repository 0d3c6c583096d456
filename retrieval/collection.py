"""What does indexing make, and what does an index take? Term arrays and statistics of a collection."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from retrieval.records import Document

TermIds = npt.NDArray[np.uint32]
"""CRC-32 of each term's UTF-8, in the order of the text."""


@dataclass(frozen=True, slots=True)
class AnalysedDocument:
    """A document with its passages and terms, ready to be indexed.

    `spans`: shape (passages, 2), character offsets. `starts`: shape (passages + 1,), where each passage's terms
    start in `accented` and `plain`; terms before `starts[0]` are the title's.
    """

    document: Document
    spans: npt.NDArray[np.uint32]
    starts: npt.NDArray[np.uint32]
    accented: tuple[str, ...]
    plain: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentTerms:
    """An indexed document without its text: what scoring reads. Arrays as in AnalysedDocument, terms as ids."""

    key: int
    spans: npt.NDArray[np.uint32]
    starts: npt.NDArray[np.uint32]
    accented: TermIds
    plain: TermIds


@dataclass(frozen=True, slots=True)
class CollectionStats:
    """Counts over the whole collection. Lengths are in terms; an article's counts its title."""

    articles: int
    passages: int
    avg_article_len: float
    avg_passage_len: float


def term_id(term: str) -> int:
    """The id that a term has in term arrays."""
    return zlib.crc32(term.encode())
