"""Which formats are read, and by what? Each reader turns one open file into the texts in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import BinaryIO

from retrieval.corpus.facts import Extract
from retrieval.corpus.readers.source import Source
from retrieval.errors import UnreadableFile

Reader = Callable[[BinaryIO, Source], Iterator[Extract]]
"""Raises UnreadableFile for the whole file; reports a part of it that can't be read, and goes on."""

_MODULES = {
    ".txt": "plain",
    ".text": "plain",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".jsonl": "jsonl",
    ".jsonl.gz": "jsonl",
}
SUFFIXES = tuple(_MODULES)

_ADVICE = {
    ".doc": "Word's old format; save it as .docx",
    ".rtf": "rich text is not read; save it as .docx",
    ".odt": "OpenDocument is not read; save it as .docx",
    ".json": "JSON is not read; write one article a line, as .jsonl",
    ".zip": "an archive; unpack it first",
    ".rar": "an archive; unpack it first",
    ".7z": "an archive; unpack it first",
}


def suffix_of(name: str) -> str | None:
    """The suffix that says how to read a file of that name; None, if nothing reads it."""
    lowered = name.lower()
    return next(
        (suffix for suffix in sorted(SUFFIXES, key=len, reverse=True) if lowered.endswith(suffix)), None
    )


def reader_for(name: str) -> Reader:
    """The reader for a file of that name. Raises UnreadableFile with what is read instead."""
    suffix = suffix_of(name)
    if suffix is None:
        advice = next((text for end, text in _ADVICE.items() if name.lower().endswith(end)), None)
        raise UnreadableFile(name, advice or f"not a format that is read ({', '.join(SUFFIXES)})")
    module = import_module(f"{__name__}.{_MODULES[suffix]}")
    read: Reader = module.read
    return read
