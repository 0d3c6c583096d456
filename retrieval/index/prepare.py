"""What of an analysed document goes into the engine, and what into the term file? Made in the worker processes."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from itertools import pairwise
from zlib import crc32

import numpy as np

from retrieval.index.protocol import AnalysedDocument, DocumentTerms
from retrieval.records import Document

_HEADER = struct.Struct("<II")  # passages, terms


class _TermIdCache(dict[str, int]):
    """CRC-32 of a term's UTF-8, counted once for each term."""

    def __missing__(self, term: str) -> int:
        if len(self) > 500_000:
            self.clear()
        value = self[term] = crc32(term.encode())
        return value


_term_ids = _TermIdCache()


def term_id(term: str) -> int:
    """The id that a term has in term arrays."""
    return crc32(term.encode())


@dataclass(frozen=True, slots=True)
class PreparedDocument:
    """A document in the form that is written: compact, and cheap to send from one process to another.

    `accented` and `plain`: one string for each passage, its terms and its neighbouring pairs "a_b" split by blanks.
    `article_accented`, `article_plain`: all terms, title first. `terms`: what `unpack_terms` reads.
    """

    document: Document
    accented: list[str]
    plain: list[str]
    article_accented: str
    article_plain: str
    terms: bytes
    passage_terms: int
    article_terms: int


def prepare(analysed: AnalysedDocument) -> PreparedDocument:
    """The document as it is written. Raises ValueError where its arrays don't fit together."""
    accented, plain, starts = analysed.accented, analysed.plain, analysed.starts
    if len(accented) != len(plain) or len(starts) != len(analysed.spans) + 1 or starts[-1] > len(accented):
        raise ValueError(f"{analysed.document.id}: spans, starts and terms don't fit together")
    bounds = starts.tolist()
    return PreparedDocument(
        document=analysed.document,
        accented=_with_pairs(accented, bounds),
        plain=_with_pairs(plain, bounds),
        article_accented=" ".join(accented),
        article_plain=" ".join(plain),
        terms=b"".join(
            (
                _HEADER.pack(len(bounds) - 1, len(accented)),
                np.ascontiguousarray(analysed.spans, dtype=np.uint32).tobytes(),
                np.ascontiguousarray(starts, dtype=np.uint32).tobytes(),
                np.fromiter(map(_term_ids.__getitem__, accented), np.uint32, len(accented)).tobytes(),
                np.fromiter(map(_term_ids.__getitem__, plain), np.uint32, len(plain)).tobytes(),
            )
        ),
        passage_terms=bounds[-1] - bounds[0],
        article_terms=len(accented),
    )


def _with_pairs(terms: tuple[str, ...], bounds: list[int]) -> list[str]:
    """For each passage its terms, then its pairs of neighbours."""
    pairs = [f"{a}_{b}" for a, b in pairwise(terms)]
    return [
        " ".join((*terms[start:end], *pairs[start : end - 1])) if end > start else ""
        for start, end in pairwise(bounds)
    ]


def unpack_terms(key: int, packed: bytes | memoryview) -> DocumentTerms:
    """The arrays in `packed`, without copying. Raises ValueError when its length isn't what its header says."""
    passages, terms = _HEADER.unpack_from(packed)
    values = np.frombuffer(packed, np.uint32, offset=_HEADER.size)
    if len(values) != 3 * passages + 1 + 2 * terms:
        raise ValueError("term arrays of another length than their header says")
    spans, starts, accented = 2 * passages, 3 * passages + 1, 3 * passages + 1 + terms
    return DocumentTerms(
        key=key,
        spans=values[:spans].reshape(passages, 2),
        starts=values[spans:starts],
        accented=values[starts:accented],
        plain=values[accented:],
    )
