"""Which documents tell the same story in the same words? The same wire story in two papers, a page saved
twice.

Two documents are near-duplicates when their texts (titles aside) name the same numbers and share four fifths
of their three-term sequences. Numbers must agree because yesterday's figures in today's otherwise equal
report are not the same story. Candidates come from MinHash bands (Broder 1997; banding as in Leskovec et al.,
Mining of Massive Datasets, ch. 3): a pair at the threshold shares a band with probability 1 - (1 - 0.8^4)^8 =
0.985.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from retrieval.collection import TermIds
from retrieval.term_arrays import DocumentTerms

MIN_SHARED = 0.8
"""Jaccard similarity of two near-duplicates' three-term sequences, at least."""

BANDS, ROWS = 8, 4

Sequences = npt.NDArray[np.uint64]


def _constants(count: int, salt: bytes) -> npt.NDArray[np.uint64]:
    digests = (hashlib.blake2b(salt + bytes([i]), digest_size=8).digest() for i in range(count))
    return np.array([int.from_bytes(digest, "little") | 1 for digest in digests], np.uint64)


_MIX = _constants(3, b"sequence")
_HASHES = _constants(BANDS * ROWS, b"minhash")[:, None]
_FOLD = _constants(ROWS, b"band")


def sequences(terms: TermIds) -> Sequences:
    """The distinct sequences of three neighbouring terms, hashed and sorted. Empty for fewer than three
    terms.
    """
    wide = terms.astype(np.uint64)
    mixed = wide[:-2] * _MIX[0] ^ wide[1:-1] * _MIX[1] ^ wide[2:] * _MIX[2]
    mixed ^= mixed >> np.uint64(29)
    mixed.sort()
    new = np.ones(len(mixed), np.bool_)
    np.not_equal(mixed[1:], mixed[:-1], out=new[1:])
    distinct: Sequences = mixed[new]
    return distinct


def bands(found: Sequences, numbers: Iterable[str]) -> list[int]:
    """BANDS numbers that fit SQLite's signed 64 bits; near-duplicates share one. Empty for an empty text."""
    if not len(found):
        return []
    named = " ".join(sorted(set(numbers))).encode()
    salt = np.frombuffer(hashlib.blake2b(named, digest_size=8).digest(), np.uint64)[0]
    smallest = ((found * _HASHES).min(axis=1) >> np.uint64(20)).reshape(BANDS, ROWS)
    folded = (smallest * _FOLD).sum(axis=1, dtype=np.uint64) ^ salt
    mixed = (folded + np.arange(BANDS, dtype=np.uint64)) * _MIX[0]
    return [int(band) for band in mixed.view(np.int64)]


def similarity(one: Sequences, other: Sequences) -> float:
    """Jaccard similarity in [0, 1]."""
    shared = len(np.intersect1d(one, other, assume_unique=True))
    return shared / max(1, len(one) + len(other) - shared)


def body(document: DocumentTerms) -> TermIds:
    """The terms without the title's: papers give one story titles of their own."""
    return document.accented[int(document.starts[0]) :]
