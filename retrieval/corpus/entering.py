"""What is a document that a program hands over? The same as one that was read: whole, and in one Unicode form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from unicodedata import is_normalized, normalize

from retrieval.corpus.structure import build_blocks, lines_of
from retrieval.errors import CorpusError
from retrieval.records import Block, Document

_WORD = re.compile(r"\w")


def entered(document: Document) -> Document:
    """The document with its words in NFC, and its blocks where their words then are.

    Blocks that overlap or leave words out are put right: see `lines_of`. Raises CorpusError.
    """
    if not isinstance(document.id, str) or not document.id:
        raise CorpusError(f"a document has the id {document.id!r}; give it a text that no other document has")
    words = {
        "text": document.text,
        "title": document.title,
        "source": document.source,
        "author": document.author,
        "number": document.number,
    }
    for name, value in words.items():
        if not isinstance(value, str) and (value is not None or name in ("text", "title")):
            raise CorpusError(f"{document.id}: its {name} is {type(value).__name__}; hand over a str")
    for block in document.blocks:
        if not 0 <= block.start <= block.end <= len(document.text):
            raise CorpusError(
                f"{document.id}: a block from {block.start} to {block.end}, but its text has"
                f" {len(document.text)} characters; hand over offsets in this text"
            )
    if document.blocks and not _hold_all(document.text, document.blocks):
        document = replace(document, blocks=build_blocks(lines_of(document.text, document.blocks)))
    changed = {name: _clean(value) for name, value in words.items() if value and value != _clean(value)}
    if not changed:
        return document
    _, blocks = cleaned(document.text, document.blocks)
    return replace(document, blocks=blocks, **changed)  # type: ignore[arg-type]


def _hold_all(text: str, blocks: Sequence[Block]) -> bool:
    """Whether each word is in exactly one block. What is in none would not be searched."""
    at = 0
    for block in blocks:
        if block.start < at or block.start == block.end or _WORD.search(text, at, block.start):
            return False
        at = block.end
    return not _WORD.search(text, at)


def cleaned(text: str, blocks: tuple[Block, ...]) -> tuple[str, tuple[Block, ...]]:
    """The text in NFC, and the blocks where their words then are."""
    clean = _clean(text)
    return clean, blocks if clean == text else _moved(text, blocks)


def _clean(text: str) -> str:
    """In NFC; half a surrogate pair, which no file could hold, becomes the sign for what can't be read."""
    if not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text if is_normalized("NFC", text) else normalize("NFC", text)


def _moved(text: str, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks in the cleaned text: no block begins with an accent, so that a part is cleaned like the whole."""
    edges = sorted({0, *(edge for block in blocks for edge in (block.start, block.end))})
    at, moved = 0, {0: 0}
    for start, end in pairwise(edges):
        at += len(_clean(text[start:end]))
        moved[end] = at
    return tuple(replace(block, start=moved[block.start], end=moved[block.end]) for block in blocks)
