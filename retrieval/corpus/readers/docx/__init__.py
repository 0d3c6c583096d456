"""A .docx file: what Word shows of it, in order, with headings, lists, tables and notes.

Text in old Vietnamese fonts is turned into Unicode by its font.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from retrieval.corpus.facts import Extract
from retrieval.corpus.legacy import repair_runs
from retrieval.corpus.readers.archive import Archive
from retrieval.corpus.readers.docx.body import Parts, pieces_of
from retrieval.corpus.readers.docx.xml import runs_of
from retrieval.corpus.readers.pieces import Piece, extract_of
from retrieval.corpus.readers.source import WORDLESS, Source
from retrieval.errors import UnreadableFile


def read(stream: BinaryIO, source: Source) -> Iterator[Extract]:
    archive = Archive(stream, source)
    try:
        pieces = list(pieces_of(_parts(archive)))
    except UnreadableFile:
        raise
    except Exception as error:  # damaged parts make lxml fail in any way
        raise UnreadableFile(
            source.name, "tệp Word hỏng hoặc bị cắt; hãy mở bằng Word rồi lưu lại"
        ) from error
    if not any(piece.text.strip() for piece in pieces):
        raise UnreadableFile(source.name, WORDLESS)
    yield extract_of(_repaired(pieces))


def _repaired(pieces: list[Piece]) -> Iterator[Piece]:
    """The pieces in Unicode; what an old font's name promises, and what no name tells, is found out over all."""
    texts = repair_runs([runs_of(piece.text) for piece in pieces])
    for piece, text in zip(pieces, texts, strict=True):
        yield replace(piece, text=text)


def _parts(archive: Archive) -> Parts:
    """The parts of the archive that hold text or say how it looks. One that is damaged is an error: half of a document
    would look like the whole.
    """
    names = sorted(archive.names())

    def part(name: str) -> Any:
        return archive.xml(name, whole=True)

    document = part("word/document.xml")
    if document is None:
        document = part(next(name for name in names if name.endswith("document.xml") or "/document" in name))
    notes = [part(name) for name in ("word/footnotes.xml", "word/endnotes.xml")]
    heads = [part(name) for name in names if name.startswith("word/header") and name.endswith(".xml")]
    return Parts(
        document,
        part("word/styles.xml"),
        part("word/numbering.xml"),
        [each for each in notes if each is not None],
        heads,
    )
