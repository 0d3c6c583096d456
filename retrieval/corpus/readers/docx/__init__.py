"""A .docx file: what Word shows of it, in order, with headings, lists, tables and notes.

Text in old Vietnamese fonts is turned into Unicode by its font.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from retrieval.corpus.facts import Extract
from retrieval.corpus.legacy import repair
from retrieval.corpus.readers.docx.body import Parts, pieces_of
from retrieval.corpus.readers.pieces import Piece, extract_of
from retrieval.corpus.readers.source import Source
from retrieval.errors import UnreadableFile

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_MOST_UNPACKED = 20
"""How many times corpus.max_file_megabytes the unpacked parts may take."""
_BREAK = "\x1f"
"""Stands for a line break inside a piece while all pieces are decoded together."""


def read(stream: BinaryIO, source: Source) -> Iterator[Extract]:
    data = stream.read()
    _check_archive(data, source)
    try:
        pieces = list(pieces_of(_parts(data)))
    except Exception as error:  # damaged parts make zipfile and lxml fail in any way
        raise UnreadableFile(
            source.name, "tệp Word hỏng hoặc bị cắt; hãy mở bằng Word rồi lưu lại"
        ) from error
    if not any(piece.text.strip() for piece in pieces):
        raise UnreadableFile(source.name, "không có chữ trong tệp (chỉ có ảnh?); hãy bỏ ra")
    yield extract_of(_repaired(pieces))


def _repaired(pieces: list[Piece]) -> Iterator[Piece]:
    """The pieces in Unicode; an old encoding that no font names is found out over the whole document."""
    texts = repair("\n".join(piece.text.replace("\n", _BREAK) for piece in pieces)).split("\n")
    for piece, text in zip(pieces, texts, strict=True):
        yield replace(piece, text=text.replace(_BREAK, "\n"))


def _parts(data: bytes) -> Parts:
    """The parts of the archive that hold text or say how it looks."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())

        def part(name: str) -> Any:
            return etree.fromstring(archive.read(name), parser) if name in names else None

        document = part("word/document.xml")
        if document is None:
            other = next(
                name for name in sorted(names) if name.endswith("document.xml") or "/document" in name
            )
            document = part(other)
        heads = [
            part(name) for name in sorted(names) if name.startswith("word/header") and name.endswith(".xml")
        ]
        return Parts(
            document,
            part("word/styles.xml"),
            part("word/numbering.xml"),
            [
                notes
                for name in ("word/footnotes.xml", "word/endnotes.xml")
                if (notes := part(name)) is not None
            ],
            heads,
        )


def _check_archive(data: bytes, source: Source) -> None:
    if data.startswith(_OLD_OFFICE):
        raise UnreadableFile(
            source.name, "tệp có mật khẩu hoặc là Word đời cũ; hãy lưu thành .docx không có mật khẩu"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
    except zipfile.BadZipFile as error:
        raise UnreadableFile(
            source.name, "không phải tệp Word dù tên như vậy; hãy lưu thành .docx"
        ) from error
    limit = source.settings.max_file_megabytes * _MOST_UNPACKED
    if unpacked > limit * 1_000_000:
        raise UnreadableFile(source.name, f"{unpacked / 1e6:.0f} MB khi giải nén; hãy chia nhỏ tệp")
