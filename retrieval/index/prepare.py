"""What of an analysed document is written where? Made in the worker processes, where there is time for it."""

from __future__ import annotations

import datetime
import hashlib
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import compress, pairwise
from typing import TypeVar, cast, get_args

import msgspec
import numpy as np

from retrieval.collection import AnalysedDocument, Sections, term_id
from retrieval.errors import CorpusError
from retrieval.index.duplicates import bands, sequences
from retrieval.records import Block, BlockKind, Document, Kind
from retrieval.term_arrays import DocumentTerms, pack_terms
from retrieval.vietnamese.syllables import plain

NOTHING = "_"
"""Stands where a passage holds no term, or none stands over it: no question asks for it. One engine takes averages over
all entries, another over those that hold anything; so all do."""

_LENGTH = struct.Struct("<I")


_REMEMBERED = 200_000
"""Terms: some 20 MB of them for each thing that is remembered."""

T = TypeVar("T")


class _Memory(dict[str, T]):
    """What is made of a term, made once for each. A look-up in C: a document has five hundred terms."""

    def __init__(self, make: Callable[[str], T]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, term: str) -> T:
        if len(self) > _REMEMBERED:
            self.clear()
        value = self[term] = self._make(term)
        return value


_plain_form = _Memory(plain).__getitem__
_twice = _Memory(lambda term: f"{term} {term}").__getitem__
_NUMBERS = struct.Struct("=III")
_numbers = _Memory(
    lambda term: _NUMBERS.pack(term_id(term), term_id(_plain_form(term)), term[:1].isdigit())
).__getitem__
"""Of a term, 32 bits each: its id, its id without marks, whether it is a figure."""


_plain_of_pair = _Memory(lambda text: "_".join(map(_plain_form, text.split("_")))).__getitem__


def plain_terms(text: str) -> str:
    """Terms and pairs "a_b" split by blanks, each without its marks."""
    return " ".join(map(_plain_of_pair, text.split(" ")))


@dataclass(frozen=True, slots=True)
class PreparedDocument:
    """A document in the form that is written: compact, and cheap to send from one process to another.

    `accented`: one string for each passage, its terms and its neighbouring pairs "a_b" split by blanks.
    `section`: for each passage the terms of what stands over it. NOTHING: none. `article`, `article_plain`: all terms,
    title first, with marks and without. `marked`: each term that has marks, once. `text`, `terms`, `words`: what
    `unpack_document`, `unpack_terms` and `restore` read. `content`: equal for equal documents. `bands`: shared by
    near-duplicates.
    """

    id: str
    source: str | None
    day: int
    accented: list[str]
    section: list[str]
    article: str
    article_plain: str
    marked: str
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
    accented, sections = analysed.accented, analysed.sections
    section_starts = sections.starts.tolist()
    if (
        len(starts) != len(analysed.spans) + 1
        or starts[-1] != section_starts[0]
        or section_starts[-1] != len(accented)
        or len(sections.over) != len(analysed.spans)
    ):
        raise ValueError(f"{document.id}: spans, starts and terms don't fit together")
    numbers = np.frombuffer(b"".join(map(_numbers, accented)), np.uint32).reshape(-1, 3)
    ids, plain_ids, are_figures = numbers.T.copy()
    packed = pack_document(document)
    distinct = dict.fromkeys(accented)
    first = starts[0]
    figures = [accented[place] for place in (np.flatnonzero(are_figures[first:]) + first).tolist()]
    return PreparedDocument(
        id=document.id,
        source=document.source,
        day=document.date.toordinal() if document.date else 0,
        accented=_with_pairs(accented, starts),
        section=_of_sections(accented, sections),
        article=" ".join(accented),
        article_plain=" ".join(map(_plain_form, accented)),
        marked=" ".join(dict.fromkeys(compress(accented, (ids != plain_ids).tolist()))),
        text=packed,
        terms=pack_terms(analysed, ids, plain_ids),
        words=zlib.compress(" ".join(distinct).encode(), 1),
        content=_hash(packed),
        bands=bands(sequences(ids[first:]), figures),
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
            sections=terms.sections,
            accented=tuple(map(vocabulary.__getitem__, terms.accented.tolist())),
        )
    )


def _with_pairs(terms: tuple[str, ...], starts: list[int]) -> list[str]:
    """For each passage its terms, then its pairs of neighbours: "a b c a_b b_c".

    The pairs are one join of "a", "b b", "c": a string for each of them would cost more than all the rest here.
    """
    twice = list(map(_twice, terms))
    texts: list[str] = []
    for start, end in pairwise(starts):
        text = " ".join(terms[start:end])
        if end - start > 1:
            text = f"{text} {'_'.join((terms[start], *twice[start + 1 : end - 1], terms[end - 1]))}"
        texts.append(text or NOTHING)
    return texts


def _of_sections(terms: tuple[str, ...], sections: Sections) -> list[str]:
    """For each passage the terms of all that stands over it, the widest first."""
    paths: list[str] = []
    for (start, end), parent in zip(
        pairwise(sections.starts.tolist()), sections.parents.tolist(), strict=True
    ):
        above = f"{paths[parent]} " if parent >= 0 else ""
        paths.append(above + " ".join(terms[start:end]))
    return [(section >= 0 and paths[section]) or NOTHING for section in sections.over.tolist()]


def unpack_terms(key: int, packed: bytes | memoryview) -> DocumentTerms:
    """The arrays in `packed`, without copying."""
    return DocumentTerms(key, np.frombuffer(packed, np.uint32))


def content_hash(document: Document) -> bytes:
    """Equal for documents that are equal in every field."""
    return _hash(pack_document(document))


def _hash(packed: bytes) -> bytes:
    return hashlib.blake2b(packed, digest_size=16).digest()


_KINDS: tuple[BlockKind, ...] = get_args(BlockKind)
_BLOCK = struct.Struct("<BBHIII")  # kind, level, unused, page, start, end


def pack_document(document: Document) -> bytes:
    """Every field of the document: the length of the metadata, they as JSON, the text, the blocks.

    Raises ValueError where `meta` holds values that JSON hasn't.
    """
    blocks = b"".join(
        _BLOCK.pack(
            _KINDS.index(block.kind), min(block.level, 255), 0, block.page or 0, block.start, block.end
        )
        for block in document.blocks
    )
    packed = zlib.compress(blocks, 1) if blocks else b""
    try:
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
                document.number,
                dict(document.meta),
                len(packed),
            ]
        )
    except (TypeError, ValueError) as error:
        raise CorpusError(f"{document.id}: its `meta` holds what JSON can't write: {error}") from error
    return b"".join((_LENGTH.pack(len(metadata)), metadata, document.text.encode(), packed))


def unpack_document(packed: bytes | memoryview, *, text: bool = True) -> Document:
    """The document that `pack_document` wrote, now or before documents had numbers; `text`: with its text and blocks,
    else without both."""
    document, size = unpack_text(packed, text=text)
    blocks = _unpack_blocks(packed[len(packed) - size :]) if text and size else ()
    return replace(document, blocks=blocks) if blocks else document


def unpack_text(packed: bytes | memoryview, *, text: bool = True) -> tuple[Document, int]:
    """The document without its blocks, and how many bytes these take at the end of `packed`."""
    start = _LENGTH.size
    end = start + _LENGTH.unpack_from(packed)[0]
    identity, title, source, published, mentioned, url, author, kind, *later = msgspec.json.decode(
        packed[start:end]
    )
    number, meta, size = later or (None, {}, 0)
    document = Document(
        id=identity,
        text=str(packed[end : len(packed) - size], "utf-8") if text else "",
        title=title,
        source=source,
        published=_date(published),
        mentioned=_date(mentioned),
        url=url,
        author=author,
        kind=cast(Kind, kind),
        number=number,
        meta=meta,
    )
    return document, size


def pack_head(packed: bytes) -> bytes:
    """The same document without its text."""
    return pack_document(unpack_document(packed, text=False))


def _unpack_blocks(packed: bytes | memoryview) -> tuple[Block, ...]:
    return tuple(
        Block(_KINDS[kind], start, end, level, page or None)
        for kind, level, _, page, start, end in _BLOCK.iter_unpack(zlib.decompress(packed))
    )


def _date(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None
