"""What of an analysed document is written where? Made in the worker processes, where there is time for it."""

from __future__ import annotations

import datetime
import hashlib
import struct
import zlib
from dataclasses import dataclass
from itertools import pairwise
from typing import cast

import msgspec
import numpy as np

from retrieval.collection import AnalysedDocument, DocumentTerms, term_id
from retrieval.index.embedded.duplicates import bands, sequences
from retrieval.records import Document, Kind

_HEADER = struct.Struct("<II")  # passages, terms
_LENGTH = struct.Struct("<I")


class _TermIds(dict[str, int]):
    """CRC-32 of a term's UTF-8, counted once for each term."""

    def __missing__(self, term: str) -> int:
        if len(self) > 500_000:
            self.clear()
        value = self[term] = term_id(term)
        return value


_term_ids = _TermIds()


@dataclass(frozen=True, slots=True)
class PreparedDocument:
    """A document in the form that is written: compact, and cheap to send from one process to another.

    `accented` and `plain`: one string for each passage, its terms and its neighbouring pairs "a_b" split by
    blanks. `article_accented`, `article_plain`: all terms, title first. `text`, `terms`, `words`: what
    `unpack_document`, `unpack_terms` and `restore` read. `content`: equal for equal documents. `bands`:
    shared by near-duplicates.
    """

    id: str
    source: str | None
    day: int
    accented: list[str]
    plain: list[str]
    article_accented: str
    article_plain: str
    text: bytes
    terms: bytes
    words: bytes
    content: bytes
    bands: list[int]
    passage_terms: int
    article_terms: int


def prepare(analysed: AnalysedDocument) -> PreparedDocument:
    """The document as it is written. Raises ValueError where its arrays don't fit together."""
    document, starts = analysed.document, analysed.starts.tolist()
    accented, plain = analysed.accented, analysed.plain
    if len(accented) != len(plain) or len(starts) != len(analysed.spans) + 1 or starts[-1] != len(accented):
        raise ValueError(f"{document.id}: spans, starts and terms don't fit together")
    ids = np.fromiter(map(_term_ids.__getitem__, accented), np.uint32, len(accented))
    terms = b"".join(
        (
            _HEADER.pack(len(starts) - 1, len(accented)),
            np.ascontiguousarray(analysed.spans, dtype=np.uint32).tobytes(),
            np.ascontiguousarray(analysed.starts, dtype=np.uint32).tobytes(),
            ids.tobytes(),
            np.fromiter(map(_term_ids.__getitem__, plain), np.uint32, len(plain)).tobytes(),
        )
    )
    packed = pack_document(document)
    vocabulary = dict.fromkeys(accented + plain)
    return PreparedDocument(
        id=document.id,
        source=document.source,
        day=document.date.toordinal() if document.date else 0,
        accented=_with_pairs(accented, starts),
        plain=_with_pairs(plain, starts),
        article_accented=" ".join(accented),
        article_plain=" ".join(plain),
        text=packed,
        terms=terms,
        words=zlib.compress(" ".join(vocabulary).encode(), 1),
        content=_hash(packed),
        bands=bands(
            sequences(ids[starts[0] :]), (term for term in set(accented[starts[0] :]) if term[:1].isdigit())
        ),
        passage_terms=starts[-1] - starts[0],
        article_terms=len(accented),
    )


def restore(document: Document, terms: DocumentTerms, words: bytes | memoryview) -> PreparedDocument:
    """What `prepare` gave, from what was written: no analysis is done again."""
    vocabulary = {term_id(word): word for word in zlib.decompress(words).decode().split(" ")}
    return prepare(
        AnalysedDocument(
            document=document,
            spans=terms.spans,
            starts=terms.starts,
            accented=tuple(vocabulary[i] for i in terms.accented.tolist()),
            plain=tuple(vocabulary[i] for i in terms.plain.tolist()),
        )
    )


def _with_pairs(terms: tuple[str, ...], starts: list[int]) -> list[str]:
    """For each passage its terms, then its pairs of neighbours."""
    listed, pairs = list(terms), [f"{a}_{b}" for a, b in pairwise(terms)]
    return [
        " ".join(listed[start:end] + pairs[start : end - 1]) if end > start else ""
        for start, end in pairwise(starts)
    ]


def unpack_terms(key: int, packed: bytes | memoryview) -> DocumentTerms:
    """The arrays in `packed`, without copying."""
    passages, terms = _HEADER.unpack_from(packed)
    values = np.frombuffer(packed, np.uint32, offset=_HEADER.size)
    spans, starts, accented = 2 * passages, 3 * passages + 1, 3 * passages + 1 + terms
    return DocumentTerms(
        key=key,
        spans=values[:spans].reshape(passages, 2),
        starts=values[spans:starts],
        accented=values[starts:accented],
        plain=values[accented:],
    )


def content_hash(document: Document) -> bytes:
    """Equal for documents that are equal in every field."""
    return _hash(pack_document(document))


def _hash(packed: bytes) -> bytes:
    return hashlib.blake2b(packed, digest_size=16).digest()


def pack_document(document: Document) -> bytes:
    """Every field of the document: the length of the metadata, they as JSON, then the text."""
    metadata = msgspec.json.encode(
        [
            document.id,
            document.title,
            document.source,
            document.published,
            document.mentioned,
            document.url,
            document.author,
            document.kind,
        ]
    )
    return b"".join((_LENGTH.pack(len(metadata)), metadata, document.text.encode()))


def unpack_document(packed: bytes | memoryview, *, text: bool = True) -> Document:
    """The document that `pack_document` wrote."""
    start = _LENGTH.size
    end = start + _LENGTH.unpack_from(packed)[0]
    identity, title, source, published, mentioned, url, author, kind = msgspec.json.decode(packed[start:end])
    return Document(
        id=identity,
        text=str(packed[end:], "utf-8") if text else "",
        title=title,
        source=source,
        published=_date(published),
        mentioned=_date(mentioned),
        url=url,
        author=author,
        kind=cast(Kind, kind),
    )


def _date(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None
