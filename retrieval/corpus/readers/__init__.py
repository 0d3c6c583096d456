"""Which formats are read, and by what? Each reader turns one open file into the texts in it.

The bytes choose the reader; the name's suffix only tells one kind of text from another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import PurePath
from typing import BinaryIO

from retrieval.corpus.facts import Extract
from retrieval.corpus.readers.signature import format_of, looks_like_html, office_xml
from retrieval.corpus.readers.source import EMPTY, PACKED, Source
from retrieval.errors import UnreadableFile

Reader = Callable[[BinaryIO, Source], Iterator[Extract]]
"""Raises UnreadableFile for the whole file; reports a part of it that can't be read, and goes on."""

_TEXTS = {
    ".txt": "plain",
    ".text": "plain",
    ".csv": "delimited",
    ".tsv": "delimited",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".jsonl.gz": "jsonl",
}
_OFFICE = {
    ".pdf": "PDF",
    ".doc": "Word",
    ".docx": "Word",
    ".docm": "Word",
    ".dotx": "Word",
    ".rtf": "RTF",
    ".odt": "OpenDocument",
    ".xls": "Excel",
    ".xlsx": "Excel",
    ".xlsm": "Excel",
    ".ods": "OpenDocument",
    ".odp": "OpenDocument",
    ".ppt": "PowerPoint",
    ".pps": "PowerPoint",
    ".pptx": "PowerPoint",
    ".pptm": "PowerPoint",
    ".ppsx": "PowerPoint",
    ".mht": "MHTML",
    ".mhtml": "MHTML",
    ".epub": "EPUB",
}
"""Suffixes, and what people call such a file."""
SUFFIXES = (*_TEXTS, *_OFFICE)
_OPENED_AS_TEXT = (".doc", ".rtf", ".xls")
"""Word and Excel open these though they are text or HTML inside, and so programs write them."""

_NEW_FORMAT = {"Word": ".docx", "Excel": ".xlsx"}

_ADVICE = {
    ".json": "không đọc JSON; hãy ghi mỗi bài một dòng, thành .jsonl",
    ".zip": PACKED,
    ".rar": PACKED,
    ".7z": PACKED,
}
_LOCK = "~$"


def suffix_of(name: str) -> str | None:
    """The suffix that says how to read a file of that name; None, if nothing reads it."""
    lowered = name.lower()
    return next(
        (suffix for suffix in sorted(SUFFIXES, key=len, reverse=True) if lowered.endswith(suffix)), None
    )


def reader_for(name: str, stream: BinaryIO) -> Reader:
    """The reader for the open file, which is left at its start. Raises UnreadableFile with what to do instead."""
    if PurePath(name).name.startswith(_LOCK):
        raise UnreadableFile(name, "là tệp khóa tạm của Word, không có văn bản; hãy bỏ ra")
    module = import_module(f"{__name__}.{format_of(stream, name) or _kind_of_text(name, stream)}")
    read: Reader = module.read
    return read


def _kind_of_text(name: str, stream: BinaryIO) -> str:
    suffix = suffix_of(name)
    if suffix in _TEXTS:
        return _TEXTS[suffix]
    if suffix is None:
        advice = next((text for end, text in _ADVICE.items() if name.lower().endswith(end)), None)
        raise UnreadableFile(name, advice or "không phải loại tệp đọc được; hãy bỏ ra")
    start = stream.read(8192)
    stream.seek(0)
    if not start.strip(b"\x00 \t\r\n"):
        raise UnreadableFile(name, EMPTY)
    if suffix in _OPENED_AS_TEXT:
        if program := office_xml(start):
            raise UnreadableFile(
                name, f"là XML của {program}; hãy mở bằng {program} rồi lưu thành {_NEW_FORMAT[program]}"
            )
        if looks_like_html(start):
            return "html"
        if b"\x00" not in start:
            return "plain"
    inside = "một trang web (HTML)" if looks_like_html(start) else "thứ khác"
    raise UnreadableFile(
        name, f"không phải tệp {_OFFICE[suffix]}, bên trong là {inside}; hãy tải hoặc chép lại tệp gốc"
    )
