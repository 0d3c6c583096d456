"""What is a document that a program hands over? The same as one that was read: whole, in the characters meant."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from numbers import Integral
from typing import Any, get_args

from retrieval.corpus.structure import build_blocks, lines_of
from retrieval.errors import CorpusError
from retrieval.records import Block, BlockKind, Document, Kind
from retrieval.vietnamese.characters import as_meant, is_writable

_WORD = re.compile(r"\w")
_WORDS = ("text", "title", "source", "author", "number")
_DAYS = ("published", "mentioned")
_KINDS: dict[str, type] = {
    **dict.fromkeys((*_WORDS, "url", "kind"), str),
    **dict.fromkeys(_DAYS, datetime.date),
    "blocks": Sequence,
    "meta": Mapping,
}
_NEEDED = ("text", "title", "kind", "blocks", "meta")


def entered(document: Document) -> Document:
    """The document with its words in the characters that are meant, and its blocks where these then are.

    Blocks that overlap or leave words out are put right: see `lines_of`. Raises CorpusError.
    """
    if not isinstance(document, Document):
        raise CorpusError(f"a document is {type(document).__name__}; hand over a Document")
    if not isinstance(document.id, str) or not document.id:
        raise CorpusError(f"a document has the id {document.id!r}; give it a text that no other document has")
    if problem := _problem(document):
        raise CorpusError(f"{as_meant(document.id)}: {problem}")
    words = {name: getattr(document, name) for name in _WORDS}
    if document.blocks and not _hold_all(document.text, document.blocks):
        document = replace(document, blocks=build_blocks(lines_of(document.text, document.blocks)))
    changed: dict[str, Any] = {
        name: as_meant(value) for name, value in words.items() if value and value != as_meant(value)
    }
    for name in _DAYS:
        if isinstance(day := getattr(document, name), datetime.datetime):
            changed[name] = day.date()
    if not changed:
        return document
    _, blocks = cleaned(document.text, document.blocks)
    return replace(document, blocks=blocks, **changed)


def _problem(document: Document) -> str | None:
    """What of it can't be kept, and what to hand over."""
    for name, kind in _KINDS.items():
        value = getattr(document, name)
        if not isinstance(value, kind) and (value is not None or name in _NEEDED):
            return f"its {name} is {type(value).__name__}; hand over a {kind.__name__}"
    for name in ("id", "url"):
        if not is_writable(getattr(document, name) or ""):
            return f"its {name} holds half a surrogate pair; hand over one that UTF-8 can hold"
    if document.kind not in get_args(Kind):
        return f"its kind is {document.kind!r}; hand over one of {', '.join(get_args(Kind))}"
    for block in document.blocks:
        if not isinstance(block, Block) or block.kind not in get_args(BlockKind):
            return f"its blocks hold {block!r}; hand over a Block of a BlockKind"
        if not (isinstance(block.start, Integral) and isinstance(block.end, Integral)) or not (
            0 <= block.start <= block.end <= len(document.text)
        ):
            return (
                f"a block from {block.start} to {block.end}, but its text has"
                f" {len(document.text)} characters; hand over offsets in this text"
            )
    return None


def _hold_all(text: str, blocks: Sequence[Block]) -> bool:
    """Whether each word is in exactly one block. What is in none would not be searched."""
    at = 0
    for block in blocks:
        if block.start < at or block.start == block.end or _WORD.search(text, at, block.start):
            return False
        at = block.end
    return not _WORD.search(text, at)


def cleaned(text: str, blocks: tuple[Block, ...]) -> tuple[str, tuple[Block, ...]]:
    """The text in the characters that are meant, and the blocks where their words then are."""
    clean = as_meant(text)
    return clean, blocks if clean == text else _moved(text, blocks)


def _moved(text: str, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks in the cleaned text: no block begins with an accent, so that a part is cleaned like the whole."""
    edges = sorted({0, *(edge for block in blocks for edge in (block.start, block.end))})
    at, moved = 0, {0: 0}
    for start, end in pairwise(edges):
        at += len(as_meant(text[start:end]))
        moved[end] = at
    return tuple(replace(block, start=moved[block.start], end=moved[block.end]) for block in blocks)
